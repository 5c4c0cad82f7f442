"""Reading access requests: the champion's queue and the administrator's."""

from uuid import UUID

from django.db.models import QuerySet

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.models import AccessRequest
from opensponsor.identity.permissions import Permission
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.states import AccessRequestStatus

PAGE = 50
OPEN = (AccessRequestStatus.SUBMITTED, AccessRequestStatus.VOUCHED)


def visible(actor: Actor) -> QuerySet[AccessRequest]:
    """The requests that the actor may see, newest first: ids of records grow with time."""
    found: QuerySet[AccessRequest] = AccessRequest.objects.visible_to(actor).select_related("organisation")
    return found.order_by("-pk")


def get(actor: Actor, request_id: UUID) -> AccessRequest:
    """One request. Raises NotVisible."""
    found = visible(actor).select_related("vouched_by", "decided_by", "user").filter(pk=request_id).first()
    if found is None:
        raise NotVisible
    return found


def waiting_for(actor: Actor) -> QuerySet[AccessRequest]:
    """What waits for this actor, longest first.

    A champion vouches for the own organisation, an administrator creates.
    """
    mine: QuerySet[AccessRequest] = AccessRequest.objects.none()
    if actor.may(Permission.ACCOUNT_MANAGE):
        mine = visible(actor).filter(status=AccessRequestStatus.VOUCHED)
    elif actor.may(Permission.ACCESS_VOUCH):
        mine = visible(actor).filter(status=AccessRequestStatus.SUBMITTED, organisation_id=actor.organisation_id)
    return mine.order_by("pk")


def count_waiting(actor: Actor) -> int:
    """The number beside the item of the menu."""
    return waiting_for(actor).count()


def page_of(found: QuerySet[AccessRequest], *, after: UUID | None = None) -> tuple[list[AccessRequest], UUID | None]:
    """A page of requests, newest first, and the id to start the next page after, if there is one."""
    rows = list((found.filter(pk__lt=after) if after else found).order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def has_open_request(actor: Actor, email: str) -> bool:
    """Whether a request for the address waits in the actor's own organisation."""
    mine = visible(actor).filter(organisation_id=actor.organisation_id, status__in=OPEN)
    return mine.filter(email=normalised(email)).exists()
