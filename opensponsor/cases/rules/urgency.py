"""How pressing something to do is."""

import datetime as dt

from opensponsor.cases.states import Urgency

# Our choice: a week late is what a team leader wants to see first, a week ahead is what a caseworker plans.
CRITICAL_AFTER_DAYS = 7
WEEK_DAYS = 7

ORDER = tuple(Urgency)


def urgency_of(due_on: dt.date, today: dt.date) -> Urgency:
    """The urgency of something due on a day: over 7 days late is critical, the 7 days after today are this week."""
    late = (today - due_on).days
    if late > CRITICAL_AFTER_DAYS:
        return Urgency.CRITICALLY_OVERDUE
    if late > 0:
        return Urgency.OVERDUE
    if late == 0:
        return Urgency.TODAY
    return Urgency.THIS_WEEK if -late <= WEEK_DAYS else Urgency.LATER
