"""What kind of data a field holds, why it is held and for how long.

Every field of every model names its class beside the model (`field_classes`); `identity.field_policy` says which role
may see which class.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(StrEnum):
    """The classes of data, least sensitive first."""

    REFERENCE = "REFERENCE"
    OPERATIONAL = "OPERATIONAL"
    ACCOUNT = "ACCOUNT"
    PERSONAL = "PERSONAL"
    CONTACT = "CONTACT"
    CASEWORK_TEXT = "CASEWORK_TEXT"
    FINANCE = "FINANCE"
    IDENTITY_DOCUMENT = "IDENTITY_DOCUMENT"
    HEALTH = "HEALTH"
    DBS = "DBS"
    SAFEGUARDING = "SAFEGUARDING"
    SECRET = "SECRET"  # noqa: S105 - the name of a class


@dataclass(frozen=True, slots=True)
class Handling:
    """Why a class of data is held and for how long after the case closes (None: as long as the platform runs)."""

    purpose: str | Promise
    retention_years: int | None


# The years are defaults that a data controller confirms in its own retention schedule.
HANDLING: dict[DataClass, Handling] = {
    DataClass.REFERENCE: Handling(_("Published facts and code lists."), None),
    DataClass.OPERATIONAL: Handling(_("Running and steering the casework."), 7),
    DataClass.ACCOUNT: Handling(_("Knowing who uses the platform and holding them to account."), 7),
    DataClass.PERSONAL: Handling(_("Knowing who the people of a case are."), 7),
    DataClass.CONTACT: Handling(_("Reaching the people of a case."), 7),
    DataClass.CASEWORK_TEXT: Handling(_("Recording what was done and why."), 7),
    DataClass.FINANCE: Handling(_("Paying and claiming, and proving it to an auditor."), 7),
    DataClass.IDENTITY_DOCUMENT: Handling(_("Telling people apart and proving their permission."), 7),
    DataClass.HEALTH: Handling(_("Registering people with health services."), 7),
    DataClass.DBS: Handling(_("Deciding whether a host may be used."), 1),
    DataClass.SAFEGUARDING: Handling(_("Protecting children and adults at risk."), 25),
    DataClass.SECRET: Handling(_("Signing in. Never shown, never exported."), None),
}
