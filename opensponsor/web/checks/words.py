"""The explanation of a household's checks in sentences. Names only where the reader may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.checks.models import Check
from opensponsor.checks.queries import HouseholdChecks
from opensponsor.checks.rules.dbs import DEPTHS
from opensponsor.checks.rules.summary import Reason, Why
from opensponsor.checks.states import ChecksStatus
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.people.models import Person
from opensponsor.people.queries import MemberRecord
from opensponsor.web.components import cells

# In one breath; what is open follows line by line.
LEADS: dict[str, Any] = {
    ChecksStatus.REQUIRED: gettext_lazy("No check is passed yet."),
    ChecksStatus.PARTIAL: gettext_lazy("Some checks are passed. What is still open:"),
    ChecksStatus.PRE_ARRIVAL: gettext_lazy("Everything before the arrival is checked. What is still open:"),
    ChecksStatus.COMPLETED: gettext_lazy("Every check is passed or no longer required."),
    ChecksStatus.FAILED: gettext_lazy("At least one check failed. What failed and what is open:"),
    ChecksStatus.EMPTY: gettext_lazy("Nobody is in the household, so that there is nothing to check."),
    ChecksStatus.CLOSED: gettext_lazy("The record is closed, so that nothing is left to check."),
}

# Whole sentences, so that each language can build its own. What is done needs none: its line below says so.
STANDINGS: dict[str, Any] = {
    "SPONSOR:NOT_STARTED": gettext_lazy("The DBS check of the sponsor %(name)s has not started."),
    "SPONSOR:IN_PROGRESS": gettext_lazy("The DBS check of the sponsor %(name)s is in progress."),
    "SPONSOR:NOT_AVAILABLE": gettext_lazy("The DBS check of the sponsor %(name)s is not available."),
    "SPONSOR:FAILED": gettext_lazy("The check of the sponsor %(name)s failed."),
    "EXISTS:NOT_STARTED": gettext_lazy("The check that the home exists has not started: %(name)s."),
    "EXISTS:IN_PROGRESS": gettext_lazy("The check that the home exists is in progress: %(name)s."),
    "EXISTS:NOT_AVAILABLE": gettext_lazy("The check that the home exists is not available: %(name)s."),
    "EXISTS:FAILED": gettext_lazy("The check that the home exists failed: %(name)s."),
    "SUITABLE:NOT_STARTED": gettext_lazy("The check that the home is suitable has not started: %(name)s."),
    "SUITABLE:IN_PROGRESS": gettext_lazy("The check that the home is suitable is in progress: %(name)s."),
    "SUITABLE:NOT_AVAILABLE": gettext_lazy("The check that the home is suitable is not available: %(name)s."),
    "SUITABLE:FAILED": gettext_lazy("The check that the home is suitable failed: %(name)s."),
    "ARRIVED:NOT_STARTED": gettext_lazy("Nobody has checked yet that the guests have arrived."),
    "ARRIVED:IN_PROGRESS": gettext_lazy("The check that the guests have arrived is in progress."),
    "ARRIVED:NOT_AVAILABLE": gettext_lazy("The check that the guests have arrived is not available."),
    "ARRIVED:FAILED": gettext_lazy("The guests have not arrived."),
    Why.NO_SPONSOR: gettext_lazy("No sponsor or host is linked to the household."),
    Why.NO_ADDRESS: gettext_lazy("No address of a sponsor or host is linked to the household."),
}
ABOUT_DEPTH: dict[str, Any] = {
    Why.CHILD: gettext_lazy("The DBS check of each sponsor must be Enhanced, because a guest is under 18: %(name)s."),
    Why.ENHANCED_MISSING: gettext_lazy("The DBS check of the sponsor %(name)s is Basic: an Enhanced one is needed."),
    Why.BEFORE_ENHANCED: gettext_lazy(
        "The Basic DBS check of the sponsor %(name)s is enough: it was recorded before %(day)s."
    ),
    Why.AGE_UNKNOWN: gettext_lazy(
        "The date of birth of %(name)s is not recorded. If they are under 18, the DBS check of each sponsor must be "
        "Enhanced."
    ),
}
_NEEDS_MORE = gettext_lazy("The DBS check of the sponsor %(name)s is not complete.")


# What needs no more doing, and is no item of what is open.
_BACKGROUND = frozenset({Why.CHILD, Why.BEFORE_ENHANCED, Why.AGE_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the checks stand as they do: a sentence that leads, one for each thing that is open, and what decides how
    deep a check of a sponsor goes, whether it went so deep or not.
    """

    lead: str
    open: list[str]
    background: list[str]


def explanation(actor: Actor, checks: HouseholdChecks, members: Iterable[MemberRecord]) -> Explanation:
    """The explanation, as far as the reader may see what it speaks of."""
    names = {**checks.names, **{one.person_id: f"{one.given_names} {one.family_name}".strip() for one in members}}
    # What failed comes first; of two homes with the same address the same is said once.
    reasons = sorted(checks.summary.reasons, key=lambda reason: not reason.code.endswith(":FAILED"))
    said: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for reason in reasons:
        if sentence := _sentence(actor, reason, names):
            said[reason.code in _BACKGROUND][sentence] = None
    return Explanation(str(LEADS[checks.summary.status]), list(said[False]), list(said[True]))


def _sentence(actor: Actor, reason: Reason, names: Mapping[UUID, Any]) -> str:
    told = {"name": names.get(reason.id) or _("(name not shown)"), "day": cells.day(DEPTHS[-1].recorded_from)}
    if reason.code in ABOUT_DEPTH:
        return _of_depth(actor, reason, told)
    return str(STANDINGS[reason.code]) % told if reason.code in STANDINGS else ""


def _of_depth(actor: Actor, reason: Reason, told: Mapping[str, Any]) -> str:
    """Ages are for those who see dates of birth, the depth of a check for those who see what it found."""
    if reason.code in (Why.CHILD, Why.AGE_UNKNOWN):
        return str(ABOUT_DEPTH[reason.code]) % told if may_see(actor, Person, "birth_date") else ""
    if may_see(actor, Check, "dbs_level"):
        return str(ABOUT_DEPTH[reason.code]) % told
    return str(_NEEDS_MORE) % told if reason.code == Why.ENHANCED_MISSING else ""
