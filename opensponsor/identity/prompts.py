"""What the platform asks of those who look after accounts, derived on each look."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.prompts import Prompt
from opensponsor.identity.models import AccessRequest
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries.access_requests import waiting_for
from opensponsor.identity.states import AccessRequestStatus

# Our choice: how long somebody waits for an account before it counts as late.
ANSWER_DAYS = 5
_MOST = 20


def prompts(actor: Actor, today: dt.date) -> list[Prompt]:
    """Requests for accounts that wait for this actor: to be vouched for, or to be created (ORG-016)."""
    return [_prompt(actor, request) for request in waiting_for(actor, today=today)[:_MOST]]


def _prompt(actor: Actor, request: AccessRequest) -> Prompt:
    is_vouched = request.status == AccessRequestStatus.VOUCHED
    words = {"name": request.full_name, "organisation": request.organisation.name}
    return Prompt(
        code="access_request.vouched" if is_vouched else "access_request.submitted",
        title=_("Answer the request of %(name)s for an account") % words,
        why=_("A data champion of %(organisation)s vouched for them") % words
        if is_vouched
        else _("They asked for access to %(organisation)s") % words,
        clears=_("the request is answered"),
        due_on=timezone.localdate(request.created_at) + dt.timedelta(days=ANSWER_DAYS),
        page="administration:requests" if actor.may(Permission.ACCOUNT_MANAGE) else "team:requests",
    )
