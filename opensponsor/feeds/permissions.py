"""Who brings files and decides on them."""

from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission, check


def check_may_load(actor: Actor) -> None:
    """Raise NotVisible unless the actor loads feeds: a national administrator, or a job of the platform itself."""
    if not actor.system_name:
        check(actor, Permission.FEED_LOAD)
