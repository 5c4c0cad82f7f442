"""May this actor work on sponsors and hosts?"""

from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission


def may_add(actor: Actor) -> bool:
    """Whether the actor adds sponsors and hosts."""
    return actor.may(Permission.SPONSOR_WRITE)
