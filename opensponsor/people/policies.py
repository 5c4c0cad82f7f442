"""May this happen to a household, or to a sponsor or host, now?"""

from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.models import Person
from opensponsor.people.states import Route

OWNERS = frozenset({OrganisationKind.AUTHORITY, OrganisationKind.UNASSIGNED})


def check_may_own(organisation: Organisation) -> None:
    """Households and hosts belong to councils, or to nobody yet; never to those who look over them. Raises Refused."""
    if organisation.kind not in OWNERS:
        raise Refused(_("Choose the council that the record belongs to."))


def check_route(actor: Actor, route: str) -> None:
    """The contact centre enters nobody who has an individual sponsor (ORG-010). Raises Refused."""
    if actor.organisation_kind == OrganisationKind.CONTACT_CENTRE and route != Route.SUPER_SPONSOR:
        raise Refused(_("The contact centre does not enter data for households with an individual sponsor."))


def check_is_active(person: Person) -> None:
    """The record of somebody who has died stays as it is (ORG-035). Raises Refused."""
    if person.inactive_since is not None:
        raise Refused(_("This record is inactive. It can be read and stays as it is."))


def check_has_name(given_names: str, family_name: str) -> None:
    """Everybody has a name; many have only one. Raises Refused."""
    if not (given_names.strip() or family_name.strip()):
        raise Refused(_("Enter a name."))
