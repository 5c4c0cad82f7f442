"""What the platform asks of those who host households: three things for each, derived on each look (CMS-012)."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from opensponsor.cases.models import Case, Note
from opensponsor.cases.states import CaseStatus
from opensponsor.checks.rules.summary import Why
from opensponsor.checks.states import ChecksStatus, CheckStatus, CheckType
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import shown
from opensponsor.core.prompts import Prompt
from opensponsor.hosts.models import Sponsorship
from opensponsor.identity.permissions import Permission
from opensponsor.people import queries

# Our choices: a week to begin, and so few households at a time that the page stays a list of things to do.
BEGIN_WITHIN_DAYS = 7
MOST_HOUSEHOLDS = 3

_DONE = frozenset({CheckStatus.PASSED.value, CheckStatus.NOT_REQUIRED.value})
_HOME = frozenset({CheckType.EXISTS.value, CheckType.SUITABLE.value, Why.NO_ADDRESS.value})
_SPONSOR = frozenset({CheckType.SPONSOR.value, Why.ENHANCED_MISSING.value})


@dataclass(frozen=True, slots=True)
class _Ask:
    """One of the three things, and whether the household waits for it."""

    code: str
    title: str | Promise
    why: str | Promise
    clears: str | Promise
    is_due: Callable[[Any, frozenset[str]], bool]


ASKS = (
    _Ask(
        "checks.contact",
        gettext_lazy("Contact the sponsor and the guests: %(name)s"),
        gettext_lazy("A sponsor is linked, and no note says that anybody spoke to them"),
        gettext_lazy("a note is on the household, or a check is passed"),
        lambda case, open_ones: not case.is_noted and case.checks_summary.status == ChecksStatus.REQUIRED,
    ),
    _Ask(
        "checks.accommodation",
        gettext_lazy("Make sure that the accommodation is suitable: %(name)s"),
        gettext_lazy("The home is not known to exist and to be suitable"),
        gettext_lazy("both checks of the home are passed or no longer required"),
        lambda case, open_ones: bool(open_ones & _HOME),
    ),
    _Ask(
        "checks.safeguarding",
        gettext_lazy("Do the safeguarding checks: %(name)s"),
        gettext_lazy("The DBS check of a sponsor is not complete"),
        gettext_lazy("the check of every sponsor is passed or no longer required"),
        lambda case, open_ones: bool(open_ones & _SPONSOR),
    ),
)


def prompts(actor: Actor, today: dt.date, *, among: Q) -> list[Prompt]:
    """For sponsored households whose checks are not begun, then for those under way, the oldest first.

    Those that the actor works on or that are nobody's, `among` those that the condition on cases leaves: whether
    anybody comes at all is not known here. Each of the three goes when it is done, whatever the others say.
    """
    if not (actor.may(Permission.HOUSEHOLD_WRITE) and actor.may(Permission.SPONSOR_WRITE)):
        return []
    # "REQUIRED" sorts behind "PARTIAL", and those come first with whom nothing has begun.
    waiting = _waiting(actor, today).filter(among).order_by("-checks_summary__status", "opened_on", "pk")
    return [prompt for case in waiting[:MOST_HOUSEHOLDS] for prompt in _of_household(actor, case)]


def _waiting(actor: Actor, today: dt.date) -> QuerySet[Case]:
    hosted = Sponsorship.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), case=OuterRef("pk"))
    cases = queries.household_cases(actor).filter(
        Q(assignee=None) | Q(assignee_id=actor.user_id),
        Exists(hosted),
        owner_id__in=actor.writes,
        status=CaseStatus.OPEN,
        checks_summary__status__in=(ChecksStatus.REQUIRED, ChecksStatus.PARTIAL),
    )
    noted = Exists(Note.objects.filter(case=OuterRef("pk"), removed_at=None, author__isnull=False))
    return cases.annotate(is_noted=noted).select_related("checks_summary")


def _of_household(actor: Actor, case: Case) -> list[Prompt]:
    open_ones = _open_ones(case.checks_summary.reasons)
    name = shown(actor, case, "title") or case.reference
    return [
        Prompt(
            code=ask.code,
            title=str(ask.title) % {"name": name},
            why=ask.why,
            clears=ask.clears,
            due_on=case.opened_on + dt.timedelta(days=BEGIN_WITHIN_DAYS),
            case_id=case.pk,
        )
        for ask in ASKS
        if ask.is_due(case, open_ones)
    ]


def _open_ones(reasons: Iterable[Sequence[str]]) -> frozenset[str]:
    """The types of check that are not done, and the codes of what is missing, from stored reasons."""
    parts = [reason[0].partition(":") for reason in reasons]
    return frozenset(code for code, _colon, status in parts if status not in _DONE)
