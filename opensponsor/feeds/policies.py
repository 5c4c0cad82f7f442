"""What may happen to a load, with sentences."""

from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.feeds.models import Load
from opensponsor.feeds.states import MAY_FOLLOW, LoadStatus


def check_may_become(load: Load, status: LoadStatus) -> None:
    """Raise Refused unless the load may be in that status next."""
    if status not in MAY_FOLLOW[LoadStatus(load.status)]:
        raise Refused(_("This file is at another step by now. Look at it again."))


def check_may_approve(actor: Actor, load: Load) -> None:
    """Raise Refused unless the load waits for an approval, and by somebody else than who brought it."""
    if load.status != LoadStatus.HELD:
        raise Refused(_("This file does not wait for an approval."))
    if actor.user_id is None or actor.user_id == load.brought_by_id:
        raise Refused(_("Somebody else must approve what you brought."))


def check_may_start(load: Load) -> None:
    """Raise Refused unless the load was read and waits to be started; a held one is approved instead."""
    if load.status != LoadStatus.READ:
        raise Refused(_("This file is at another step by now. Look at it again."))
