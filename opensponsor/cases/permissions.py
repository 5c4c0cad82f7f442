"""May this actor work on this case?"""

from django.utils.translation import gettext as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity.permissions import Permission
from opensponsor.identity.states import OrganisationKind

READ_PERMISSION: dict[str, Permission] = {
    CaseKind.HOUSEHOLD: Permission.HOUSEHOLD_READ,
    CaseKind.SPONSOR: Permission.SPONSOR_READ,
    CaseKind.LICENCE: Permission.LICENCE_READ,
}


def check_may_work_on(actor: Actor, case: Case, permission: Permission) -> None:
    """The permission, the right to read this kind of case at all, and a case that the actor's organisation works on.

    Raises NotVisible, or Refused for the contact centre.
    """
    if not (actor.may(permission) and actor.may(READ_PERMISSION[case.kind])):
        raise NotVisible
    if not works_on_route(actor, case.contact_centre_works):
        raise Refused(_("The contact centre does not enter data for households with an individual sponsor."))


def can_work_on(actor: Actor, case: Case, permission: Permission) -> bool:
    """Whether the actor may do this to the case, as far as its state allows it: what a page shows a button for."""
    may = actor.may(permission) and actor.may(READ_PERMISSION[case.kind])
    is_theirs = owns_or_works_for(actor, case.kind, case.owner_id)
    return may and is_theirs and works_on_route(actor, case.contact_centre_works)


def works_on_route(actor: Actor, contact_centre_works: bool) -> bool:
    """The contact centre reads every household but works only with those of the super sponsor route (ORG-010)."""
    return actor.organisation_kind != OrganisationKind.CONTACT_CENTRE or contact_centre_works


def writes_for_owner(actor: Actor, kind: str) -> bool:
    """Whether the actor works on cases of this kind that others own, as the Home Office on the licences of sponsors."""
    return kind == CaseKind.LICENCE and actor.organisation_kind == OrganisationKind.CENTRAL_GOVERNMENT


def owns_or_works_for(actor: Actor, kind: str, owner_id: int) -> bool:
    """Whether cases of this kind and owner are the actor's to change, as far as its permissions go."""
    return owner_id in actor.writes or writes_for_owner(actor, kind)


def person(actor: Actor) -> int:
    """The id of the user who acts. Raises NotVisible for a job: what needs a person is not done by one."""
    if actor.user_id is None:
        raise NotVisible
    return actor.user_id


def readable_kinds(actor: Actor) -> list[str]:
    """The kinds of case that the actor may read."""
    return [kind for kind, permission in READ_PERMISSION.items() if actor.may(permission)]
