"""May this actor work on households?"""

from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission
from opensponsor.identity.states import OrganisationKind


def may_add(actor: Actor) -> bool:
    """Whether the actor adds households."""
    return actor.may(Permission.HOUSEHOLD_WRITE)


def is_contact_centre(actor: Actor) -> bool:
    """Whether the actor works for the contact centre, which enters super sponsor households for councils (ORG-010)."""
    return actor.organisation_kind == OrganisationKind.CONTACT_CENTRE
