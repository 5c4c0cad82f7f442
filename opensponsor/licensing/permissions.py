"""May this actor work on licences, and on which part of them?"""

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.permissions import Permission, check
from opensponsor.identity.states import OrganisationKind

# What a sponsor keeps up to date itself; everything else on its licence is the Home Office's to say.
OWN_FIELDS = frozenset({"contact_email", "contact_phone"})


def is_licensing_body(actor: Actor) -> bool:
    """Whether the actor decides about licences rather than holding one."""
    return actor.organisation_kind == OrganisationKind.CENTRAL_GOVERNMENT and actor.may(Permission.LICENCE_WRITE)


def check_may_add(actor: Actor) -> None:
    """Only the Home Office adds licences. Raises NotVisible."""
    if not is_licensing_body(actor):
        raise NotVisible


def changeable_fields(actor: Actor, fields: frozenset[str]) -> frozenset[str]:
    """Which of these fields of a licence the actor may change: the Home Office all, the sponsor its contact details."""
    if not actor.may(Permission.LICENCE_WRITE):
        return frozenset()
    return fields if is_licensing_body(actor) else fields & OWN_FIELDS


def check_may_change(actor: Actor, fields: frozenset[str]) -> None:
    """Raises NotVisible unless the actor may change every one of these fields."""
    check(actor, Permission.LICENCE_WRITE)
    if changeable_fields(actor, fields) != fields:
        raise NotVisible
