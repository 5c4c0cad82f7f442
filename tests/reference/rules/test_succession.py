"""Codes through time."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensponsor.reference import packaged
from opensponsor.reference.rules.succession import Takeover, codes_on

TAKEOVERS = [Takeover(row.predecessor, row.successor, row.on) for row in packaged.successions()]
PERIODS = {row.code: row.period for row in packaged.authorities()}


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        pytest.param("E07000026", "2024-01-01", ["E06000063"], id="Allerdale became Cumberland"),
        pytest.param("E07000026", "2023-03-31", ["E07000026"], id="Allerdale on its last day"),
        pytest.param("E07000026", "2023-04-01", ["E06000063"], id="Cumberland on its first day"),
        pytest.param("E07000030", "2024-01-01", ["E06000064"], id="Eden became Westmorland and Furness"),
        pytest.param("E10000006", "2024-01-01", ["E06000063", "E06000064"], id="Cumbria was split"),
        pytest.param("E10000021", "2022-03-18", ["E06000061", "E06000062"], id="Northamptonshire was split"),
        pytest.param("E10000009", "2020-01-01", ["E06000058", "E06000059"], id="Dorset lost Christchurch"),
        pytest.param("E07000048", "2020-01-01", ["E06000058"], id="Christchurch went to Bournemouth and Poole"),
        pytest.param("E07000190", "2018-01-01", ["E07000190"], id="Taunton Deane"),
        pytest.param("E07000190", "2020-01-01", ["E07000246"], id="then Somerset West and Taunton"),
        pytest.param("E07000190", "2024-01-01", ["E06000066"], id="then Somerset, by a chain of two"),
        pytest.param("E08000016", "2026-01-01", ["E08000038"], id="Barnsley recoded"),
        pytest.param("E08000039", "2024-01-01", ["E08000019"], id="Sheffield's new code, asked for an earlier day"),
        pytest.param("S12000046", "2022-03-18", ["S12000049"], id="Glasgow recoded"),
        pytest.param("S12000047", "2017-01-01", ["S12000015"], id="Fife before its new code"),
        pytest.param("E06000048", "2022-03-18", ["E06000057"], id="Northumberland recoded"),
        pytest.param("95A", "2022-03-18", ["N09000005"], id="Derry became Derry City and Strabane"),
        pytest.param("95S", "2022-03-18", ["N09000003", "N09000007"], id="Lisburn was divided"),
        pytest.param(
            "E06000064", "2022-03-18", ["E07000027", "E07000030", "E07000031", "E10000006"], id="before a merger"
        ),
        pytest.param("W06000015", "2022-03-18", ["W06000015"], id="Cardiff never changed"),
        pytest.param("X99999999", "2022-03-18", ["X99999999"], id="a code that nobody knows"),
    ],
)
def test_which_code_stands_for_it_on_the_day(code, day, expected):
    assert list(codes_on(code, dt.date.fromisoformat(day), TAKEOVERS)) == expected


@given(st.sampled_from(sorted(PERIODS)), st.dates(dt.date(2011, 4, 1), dt.date(2030, 12, 31)))
def test_the_answer_is_always_in_force_on_that_day(code, day):
    answer = codes_on(code, day, TAKEOVERS)
    assert answer
    assert all(day in PERIODS[found] for found in answer)
    if day in PERIODS[code]:
        assert answer == (code,)
