"""Recording a check: one form for each, from the record of the household or of the sponsor."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opensponsor.cases.queries import get_case
from opensponsor.cases.states import CaseKind
from opensponsor.checks import queries
from opensponsor.checks.permissions import NEEDED, check_may_record
from opensponsor.checks.queries import CheckRecord, HouseholdChecks, SponsorChecks
from opensponsor.checks.services.checks import record_check
from opensponsor.checks.states import CheckType
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import shown
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.permissions import Permission
from opensponsor.people.queries import get_household
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import cannot_edit
from opensponsor.web.checks.forms import FIELDS, CheckForm
from opensponsor.web.conflicts import Editing, Stored, edit, shown_values
from opensponsor.web.records.addresses import record_url

_NO_ROW = UUID(int=0)


@requires(Permission.SPONSOR_WRITE)
def check_sponsor(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The DBS check of a sponsor and whether they are suitable."""
    return _record(request, case_id, CheckType.SPONSOR)


@requires(Permission.SPONSOR_WRITE)
def check_exists(request: ActorRequest, case_id: UUID, address_id: UUID) -> HttpResponse:
    """Whether the home exists, for every household that is hosted there."""
    return _record(request, case_id, CheckType.EXISTS, address_id)


@requires(Permission.HOUSEHOLD_WRITE)
def check_suitable(request: ActorRequest, case_id: UUID, address_id: UUID) -> HttpResponse:
    """Whether the home is suitable for this household."""
    return _record(request, case_id, CheckType.SUITABLE, address_id)


@requires(Permission.HOUSEHOLD_WRITE)
def check_arrived(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Whether the guests have arrived."""
    return _record(request, case_id, CheckType.ARRIVED)


def _record(request: ActorRequest, case_id: UUID, type_: CheckType, address_id: UUID | None = None) -> HttpResponse:
    actor = request.actor
    check_may_record(actor, type_)
    if refusal := cannot_edit(request, case_id, NEEDED[type_]):
        return refusal
    checks = _checks_of(actor, case_id, type_)
    first = _find(checks, type_, address_id)

    def load() -> Stored:
        now = _find(_checks_of(actor, case_id, type_), type_, address_id)
        return Stored("checks_check", now.id or _NO_ROW, now.version, shown_values(now, _names(type_)))

    def save(*, version: int, **given: object) -> object:
        # A check that nobody recorded yet travels through the form as version 0.
        return record_check(
            actor=actor,
            case_id=case_id,
            type_=type_,
            address_id=address_id,
            version=version or None,
            today=clock.today(),
            **given,  # type: ignore[arg-type]
        )

    editing = Editing(
        title=_("Record a check: %(check)s") % {"check": type_.label},
        lead=_lead(actor, case_id, str(checks.names.get(first.subject_id) or "")),
        load=load,
        make=partial(CheckForm, type_=type_),
        save=save,
        done_url=_back(request, case_id, type_),
    )
    return edit(request, editing)


def _checks_of(actor: Actor, case_id: UUID, type_: CheckType) -> HouseholdChecks | SponsorChecks:
    if type_ in queries.OF_HOUSEHOLDS:
        return queries.household_checks(actor, get_household(actor, case_id), today=clock.today())
    return queries.sponsor_checks(actor, case_id)


def _find(checks: HouseholdChecks | SponsorChecks, type_: CheckType, address_id: UUID | None) -> CheckRecord:
    """The check among those of the record. Raises NotVisible."""
    fitting = (one for one in checks.checks if one.type == type_ and address_id in (None, one.subject_id))
    found = next(fitting, None)
    if found is None:
        raise NotVisible
    return found


def _names(type_: CheckType) -> tuple[str, ...]:
    form = CheckForm(type_=type_)
    return tuple(name for name in FIELDS if name in form.fields)


def _lead(actor: Actor, case_id: UUID, subject: str) -> str:
    """Whose check it is: the record by name and reference, before them the address."""
    case = get_case(actor, case_id)
    title = shown(actor, case, "title")
    record = f"{title}, {case.reference}" if title else case.reference
    return record if subject in ("", title) else f"{subject}; {record}"


def _back(request: ActorRequest, case_id: UUID, type_: CheckType) -> str:
    """To the checks of the household that the form was opened from, or else of the record that the check hangs on."""
    try:
        return record_url(CaseKind.HOUSEHOLD, UUID(request.GET["household"]), "checks")
    except (KeyError, ValueError):
        kind = CaseKind.HOUSEHOLD if type_ in queries.OF_HOUSEHOLDS else CaseKind.SPONSOR
        return record_url(kind, case_id, "checks")
