import datetime as dt

import pytest

from opensponsor.cases.rules.urgency import urgency_of
from opensponsor.cases.states import Urgency

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-365, Urgency.CRITICALLY_OVERDUE),
        (-8, Urgency.CRITICALLY_OVERDUE),
        (-7, Urgency.OVERDUE),
        (-1, Urgency.OVERDUE),
        (0, Urgency.TODAY),
        (1, Urgency.THIS_WEEK),
        (7, Urgency.THIS_WEEK),
        (8, Urgency.LATER),
        (365, Urgency.LATER),
    ],
)
def test_urgency_follows_from_the_days_until_it_is_due(days: int, expected: Urgency) -> None:
    assert urgency_of(TODAY + dt.timedelta(days=days), TODAY) is expected
