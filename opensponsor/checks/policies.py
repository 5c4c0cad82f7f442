"""May this outcome be recorded, whoever asks? What a form asks for each field, and the service for all of them."""

import datetime as dt

from django.utils.translation import gettext as _

from opensponsor.checks.states import REASONS, CheckStatus, CheckType, FailureReason
from opensponsor.core.refusals import Refused

OUTCOMES = frozenset({CheckStatus.PASSED.value, CheckStatus.FAILED.value})


def check_date(status: str, checked_on: dt.date | None, today: dt.date) -> None:
    """An outcome has a date, and no check has one that is yet to come. Raises Refused."""
    if status in OUTCOMES and checked_on is None:
        raise Refused(_("Enter the date of the outcome."))
    if checked_on is not None and checked_on > today:
        raise Refused(_("The date must be today or earlier."))


def check_reason(type_: CheckType, status: str, reason: str) -> None:
    """A failure says why, with a reason of its type; guests who did not arrive have none to give. Raises Refused."""
    if status != CheckStatus.FAILED:
        return
    if REASONS[type_] and not reason:
        raise Refused(_("Choose why the check failed."))
    if reason and reason not in REASONS[type_]:
        raise Refused(_("Choose a reason that belongs to this check."))


def check_level(type_: CheckType, status: str, level: str) -> None:
    """A passed check of a sponsor says how deep it went. Raises Refused."""
    if type_ == CheckType.SPONSOR and status == CheckStatus.PASSED and not level:
        raise Refused(_("Choose the level of the DBS check."))


def check_comment(status: str, reason: str, comment: str) -> None:
    """Another reason than those of the list is told in words. Raises Refused."""
    if status == CheckStatus.FAILED and reason == FailureReason.OTHER and not comment.strip():
        raise Refused(_("Say what the reason is."))
