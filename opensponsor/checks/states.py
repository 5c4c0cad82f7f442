"""Code lists of checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckType(models.TextChoices):
    """What is checked before and after guests move in. Each type has its own subject."""

    EXISTS = "EXISTS", _("Accommodation exists")
    SUITABLE = "SUITABLE", _("Accommodation suitable")
    SPONSOR = "SPONSOR", _("DBS and sponsor suitable")
    ARRIVED = "ARRIVED", _("Guests arrived")


class CheckStatus(models.TextChoices):
    """How far a check is."""

    NOT_STARTED = "NOT_STARTED", _("Not started")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    PASSED = "PASSED", _("Passed")
    FAILED = "FAILED", _("Failed")
    NOT_REQUIRED = "NOT_REQUIRED", _("No longer required")
    NOT_AVAILABLE = "NOT_AVAILABLE", _("Not available")


class FailureReason(models.TextChoices):
    """Why a check failed; which reasons fit which type is in `REASONS`."""

    NO_SUCH_ADDRESS = "NO_SUCH_ADDRESS", _("The address does not exist")
    NOT_RESIDENTIAL = "NOT_RESIDENTIAL", _("The address is not residential")
    OVERCROWDED = "OVERCROWDED", _("Overcrowded")
    NOT_ENOUGH_SPACE = "NOT_ENOUGH_SPACE", _("Not enough space")
    POOR_CONDITION = "POOR_CONDITION", _("Poor condition")
    UNSUITABLE_FACILITIES = "UNSUITABLE_FACILITIES", _("Unsuitable facilities")
    NO_LANDLORD_CONSENT = "NO_LANDLORD_CONSENT", _("No consent from the landlord")
    SPONSOR_NOT_LINKED = "SPONSOR_NOT_LINKED", _("The sponsor is not linked to the address")
    SPONSOR_LIVES_ELSEWHERE = "SPONSOR_LIVES_ELSEWHERE", _("The sponsor does not live there")
    DBS_FAILED = "DBS_FAILED", _("DBS check failed")
    NO_CONSENT = "NO_CONSENT", _("No consent to be a sponsor")
    NO_RESPONSE = "NO_RESPONSE", _("No response")
    OTHER = "OTHER", _("Other")


REASONS: dict[CheckType, tuple[FailureReason, ...]] = {
    CheckType.EXISTS: (FailureReason.NO_SUCH_ADDRESS, FailureReason.NOT_RESIDENTIAL),
    CheckType.SUITABLE: (
        FailureReason.OVERCROWDED,
        FailureReason.NOT_ENOUGH_SPACE,
        FailureReason.POOR_CONDITION,
        FailureReason.UNSUITABLE_FACILITIES,
        FailureReason.NO_LANDLORD_CONSENT,
        FailureReason.SPONSOR_NOT_LINKED,
        FailureReason.SPONSOR_LIVES_ELSEWHERE,
    ),
    CheckType.SPONSOR: (
        FailureReason.DBS_FAILED,
        FailureReason.NO_CONSENT,
        FailureReason.NO_RESPONSE,
        FailureReason.OTHER,
    ),
    CheckType.ARRIVED: (),
}


class DbsLevel(models.TextChoices):
    """The depth of a DBS check."""

    BASIC = "BASIC", _("Basic")
    ENHANCED = "ENHANCED", _("Enhanced")


class ChecksStatus(models.TextChoices):
    """What the checks of a household say together; derived, never chosen."""

    REQUIRED = "REQUIRED", _("Checks required")
    PARTIAL = "PARTIAL", _("Checks partially completed")
    PRE_ARRIVAL = "PRE_ARRIVAL", _("Pre-arrival checks complete")
    COMPLETED = "COMPLETED", _("Checks completed")
    FAILED = "FAILED", _("Some checks failed")
    EMPTY = "EMPTY", _("Closed: empty")
    CLOSED = "CLOSED", _("Closed")
