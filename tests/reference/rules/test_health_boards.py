"""Health boards and the authorities they serve."""

import datetime as dt

import pytest

from opensponsor.reference import packaged
from opensponsor.reference.rules.health_boards import HEALTH_BOARDS, boards_on

WELSH = {row.code for row in packaged.authorities() if row.nation == "WALES"}
BEFORE, AFTER = dt.date(2019, 3, 31), dt.date(2019, 4, 1)


@pytest.mark.parametrize("day", [dt.date(2012, 1, 1), BEFORE, AFTER, dt.date(2026, 11, 21)])
def test_seven_boards_serve_each_welsh_authority_once(day):
    boards = boards_on(day)
    assert len(boards) == 7
    served = [code for board in boards for code in board.authorities]
    assert len(served) == 22
    assert set(served) == WELSH


@pytest.mark.parametrize(
    ("authority", "day", "board"),
    [
        ("W06000015", AFTER, "Cardiff and Vale"),
        ("W06000001", AFTER, "Betsi Cadwaladr"),
        ("W06000023", AFTER, "Powys"),
        ("W06000009", AFTER, "Hywel Dda"),
        ("W06000022", AFTER, "Aneurin Bevan"),
        ("W06000013", BEFORE, "Abertawe Bro Morgannwg"),
        ("W06000013", AFTER, "Cwm Taf Morgannwg"),
        ("W06000024", BEFORE, "Cwm Taf"),
        ("W06000011", AFTER, "Swansea Bay"),
    ],
)
def test_the_board_of_an_authority_on_a_day(authority, day, board):
    assert [one.name_en for one in boards_on(day) if authority in one.authorities] == [board]


def test_codes_of_boards_are_unique():
    assert len({board.code for board in HEALTH_BOARDS}) == len(HEALTH_BOARDS)
