"""Who is warned and who is suspended, day by day."""

import datetime as dt

import pytest

from opensponsor.identity.rules.inactivity import Limits, Reason, Step, last_sign, review

SINCE = dt.date(2026, 1, 1)
LIMITS = Limits(60, 90)


def on_day(number):
    return SINCE + dt.timedelta(days=number)


@pytest.mark.rule("ORG-023")
@pytest.mark.parametrize(
    ("idle_days", "warned_on_day", "step"),
    [
        (0, None, Step.NONE),
        (59, None, Step.NONE),
        (60, None, Step.WARN),
        (61, 60, Step.NONE),
        (89, 60, Step.NONE),
        (90, 60, Step.SUSPEND),
        (400, 60, Step.SUSPEND),
        # Nobody was warned because the job did not run: suspended all the same.
        (90, None, Step.SUSPEND),
        (89, None, Step.WARN),
        # Warned in an earlier idle time, or on the last day they were here: that warning is spent.
        (60, -200, Step.WARN),
        (60, 0, Step.WARN),
        # A clock that was set back.
        (-3, None, Step.NONE),
    ],
)
def test_each_step_comes_on_its_day(idle_days, warned_on_day, step):
    warned_on = None if warned_on_day is None else on_day(warned_on_day)
    verdict = review(since=SINCE, warned_on=warned_on, today=on_day(idle_days), limits=LIMITS)
    assert (verdict.step, verdict.rule, verdict.reason) == (step, "ORG-023", Reason.NOT_SEEN)
    assert verdict.suspends_on == on_day(90)


@pytest.mark.parametrize(("warn", "suspend"), [(90, 60), (60, 60), (0, 60), (-1, 1)])
def test_a_warning_after_the_suspension_is_no_setting(warn, suspend):
    with pytest.raises(ValueError, match="before the suspension"):
        Limits(warn, suspend)


def test_the_latest_sign_counts():
    assert last_sign(None, on_day(3), on_day(1)) == on_day(3)
    with pytest.raises(ValueError):
        last_sign(None)
