"""Reading access requests: the champion's queue and the administrator's."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.models import AccessRequest, Membership
from opensponsor.identity.permissions import Permission, may_handle_requests_of
from opensponsor.identity.rules.addresses import normalised
from opensponsor.identity.states import AccessRequestStatus

PAGE = 50
OPEN = (AccessRequestStatus.SUBMITTED, AccessRequestStatus.VOUCHED)


def visible(actor: Actor) -> QuerySet[AccessRequest]:
    """The requests that the actor may see, newest first: ids of records grow with time."""
    found: QuerySet[AccessRequest] = AccessRequest.objects.visible_to(actor).select_related("organisation")
    return found.order_by("-pk")


def get(actor: Actor, request_id: UUID) -> AccessRequest:
    """One request: a champion's is of the own organisation, an administrator's of any. Raises NotVisible."""
    found = visible(actor).select_related("vouched_by", "decided_by", "user").filter(pk=request_id).first()
    if found is None or not may_handle_requests_of(actor, found.organisation_id):
        raise NotVisible
    return found


def waiting_for(actor: Actor, *, today: dt.date) -> QuerySet[AccessRequest]:
    """What waits for this actor, longest first.

    A champion vouches for the own organisation; an administrator creates, and vouches where there is no champion.
    """
    mine: QuerySet[AccessRequest] = AccessRequest.objects.none()
    if actor.may(Permission.ACCOUNT_MANAGE):
        with_champion = Membership.objects.visible_to(actor).champions_on(today).values("organisation_id")
        mine = visible(actor).filter(
            Q(status=AccessRequestStatus.VOUCHED)
            | Q(status=AccessRequestStatus.SUBMITTED) & ~Q(organisation_id__in=with_champion)
        )
    elif actor.may(Permission.ACCESS_VOUCH):
        mine = visible(actor).filter(status=AccessRequestStatus.SUBMITTED, organisation_id=actor.organisation_id)
    return mine.order_by("pk")


def count_waiting(actor: Actor) -> int:
    """The number beside the item of the menu."""
    return waiting_for(actor, today=clock.today()).count()


def unanswered(organisation_id: int) -> AccessRequest | None:
    """The newest request that nobody has looked at yet, for the job that tells of it."""
    waiting = AccessRequest.objects.filter(organisation_id=organisation_id, status=AccessRequestStatus.SUBMITTED)
    return waiting.order_by("-pk").first()


def page_of(found: QuerySet[AccessRequest], *, after: UUID | None = None) -> tuple[list[AccessRequest], UUID | None]:
    """A page of requests, newest first, and the id to start the next page after, if there is one."""
    rows = list((found.filter(pk__lt=after) if after else found).order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def has_open_request(actor: Actor, email: str) -> bool:
    """Whether a request for the address waits in the actor's own organisation."""
    mine = visible(actor).filter(organisation_id=actor.organisation_id, status__in=OPEN)
    return mine.filter(email=normalised(email)).exists()
