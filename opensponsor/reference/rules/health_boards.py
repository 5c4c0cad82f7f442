"""The Local Health Boards of Wales and the authorities they serve, through time.

Source: the Local Health Boards (Establishment and Dissolution) (Wales) Order 2009; the change of area of 1 April 2019,
by which Bridgend moved from Abertawe Bro Morgannwg (since then Swansea Bay) to Cwm Taf (since then Cwm Taf Morgannwg);
codes from the register of geographic codes of the Office for National Statistics.
"""

import datetime as dt
from dataclasses import dataclass

from opensponsor.core.periods import Period

_BRIDGEND_MOVED = dt.date(2019, 4, 1)


@dataclass(frozen=True, slots=True)
class HealthBoard:
    """A Local Health Board, its codes of authorities served, and the days for which this holds."""

    code: str
    name_en: str
    name_cy: str
    authorities: frozenset[str]
    period: Period


def _board(
    code: str, name_en: str, name_cy: str, numbers: str, start: dt.date | None = None, end: dt.date | None = None
) -> HealthBoard:
    authorities = frozenset(f"W060000{number}" for number in numbers.split())
    return HealthBoard(code, name_en, name_cy, authorities, Period(start, end))


HEALTH_BOARDS: tuple[HealthBoard, ...] = (
    _board("W11000023", "Betsi Cadwaladr", "Betsi Cadwaladr", "01 02 03 04 05 06"),
    _board("W11000024", "Powys", "Powys", "23"),
    _board("W11000025", "Hywel Dda", "Hywel Dda", "08 09 10"),
    _board("W11000026", "Abertawe Bro Morgannwg", "Abertawe Bro Morgannwg", "11 12 13", end=_BRIDGEND_MOVED),
    _board("W11000027", "Cwm Taf", "Cwm Taf", "16 24", end=_BRIDGEND_MOVED),
    _board("W11000028", "Aneurin Bevan", "Aneurin Bevan", "18 19 20 21 22"),
    _board("W11000029", "Cardiff and Vale", "Caerdydd a'r Fro", "14 15"),
    _board("W11000030", "Cwm Taf Morgannwg", "Cwm Taf Morgannwg", "13 16 24", start=_BRIDGEND_MOVED),
    _board("W11000031", "Swansea Bay", "Bae Abertawe", "11 12", start=_BRIDGEND_MOVED),
)


def boards_on(day: dt.date) -> tuple[HealthBoard, ...]:
    """The boards of that day."""
    return tuple(board for board in HEALTH_BOARDS if day in board.period)
