"""May this actor read visa applications?"""

from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission, check


def may_read(actor: Actor) -> bool:
    """Whether the actor reads applications: whoever reads the households that come of them (CMS-009)."""
    return actor.may(Permission.HOUSEHOLD_READ)


def may_read_sponsors(actor: Actor) -> bool:
    """Whether the actor is told who sponsors an application; a health board is not."""
    return actor.may(Permission.SPONSOR_READ)


def check_may_place(actor: Actor) -> None:
    """Raise NotVisible unless the actor brings feeds, and so places what a feed could not."""
    check(actor, Permission.FEED_LOAD)
