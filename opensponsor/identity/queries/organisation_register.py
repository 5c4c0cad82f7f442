"""Reading the register of organisations; it holds nothing personal."""

from django.db.models import Q, QuerySet

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.identity.states import OrganisationKind

# More fit on no page of choices: whoever asks is told to type more.
MOST_FOUND = 20
_LONGEST_ID = 10


def visible(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that a body with a view of the register looks after.

    Those of its realms, else of its own nation.
    """
    if actor.reads.realms:
        return Organisation.objects.filter(realm__in=actor.reads.realms).order_by("name_en", "pk")
    own = Organisation.objects.filter(pk=actor.organisation_id).values("realm")
    return Organisation.objects.filter(realm__in=own).order_by("name_en", "pk")


def get(actor: Actor, organisation_id: int) -> Organisation:
    """One organisation that the actor looks after. Raises NotVisible."""
    found = visible(actor).select_related("acts_for").filter(pk=organisation_id).first()
    if found is None:
        raise NotVisible
    return found


def named_like(text: str, among: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those whose English or Welsh name holds the text; all of them for an empty one."""
    words = text.strip()
    return among.filter(Q(name_en__icontains=words) | Q(name_cy__icontains=words)) if words else among


def joinable() -> QuerySet[Organisation]:
    """The organisations in use that people can ask to join: those that have data champions."""
    kinds = DEFINITIONS[Role.DATA_CHAMPION].kinds
    return Organisation.objects.filter(is_active=True, kind__in=kinds).order_by("name_en", "pk")


def controllers() -> QuerySet[Organisation]:
    """The organisations in use that decide about their data themselves, for whom a processor may act (ORG-006)."""
    return Organisation.objects.filter(is_active=True, controller_role="CONTROLLER").order_by("name_en", "pk")


def processors() -> QuerySet[Organisation]:
    """The organisations in use that act on another's instruction, with the controller they act for (ORG-006)."""
    return (
        Organisation.objects.filter(is_active=True, acts_for__isnull=False)
        .select_related("acts_for")
        .order_by("name_en")
    )


def takes_people(organisation: Organisation) -> bool:
    """Whether people can be added to it: it is in use and has data champions, or is the operator of the platform."""
    kinds = DEFINITIONS[Role.DATA_CHAMPION].kinds | {OrganisationKind.PLATFORM}
    return organisation.is_active and OrganisationKind(organisation.kind) in kinds


def page_of(found: QuerySet[Organisation], *, after: str, size: int) -> tuple[list[Organisation], int | None]:
    """A page by name, and the id to start the next page after, if there is one."""
    anchor = Organisation.objects.filter(pk=after).first() if after.isdecimal() and len(after) < _LONGEST_ID else None
    if anchor is not None:
        found = found.filter(Q(name_en__gt=anchor.name_en) | Q(name_en=anchor.name_en, pk__gt=anchor.pk))
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None
