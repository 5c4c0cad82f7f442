"""Two councils with a champion and a caseworker each, and the operator with two administrators."""

from dataclasses import dataclass

from opensponsor.core.actor import Actor
from opensponsor.identity.models import Organisation, User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories


@dataclass(frozen=True)
class Place:
    """An organisation with its people."""

    organisation: Organisation
    champion: User
    caseworker: User

    @property
    def pk(self) -> int:
        return self.organisation.pk


@dataclass(frozen=True)
class Team:
    """`ours` and `theirs` are councils; `operator` has the administrators `first` and `second`."""

    ours: Place
    theirs: Place
    operator: Organisation
    first: User
    second: User

    def champion(self) -> Actor:
        """The champion of our council."""
        return factories.actor(self.ours.organisation, of=self.ours.champion)

    def administrator(self) -> Actor:
        """The first administrator."""
        return factories.actor(self.operator, of=self.first)

    def other_administrator(self) -> Actor:
        """The second administrator."""
        return factories.actor(self.operator, of=self.second)


def _place(name: str) -> Place:
    organisation = factories.organisation(name_en=name)
    return Place(
        organisation,
        factories.member(organisation, Role.DATA_CHAMPION, full_name=f"Champion of {name}"),
        factories.member(organisation, Role.CASEWORKER, full_name=f"Caseworker of {name}"),
    )


def make_team() -> Team:
    """Two councils and the operator, with their people."""
    operator = factories.organisation(OrganisationKind.PLATFORM, realm=Realm.PLATFORM, reads_realms=list(Realm))
    return Team(
        _place("Our Council"),
        _place("Their Council"),
        operator,
        factories.member(operator, full_name="First Administrator"),
        factories.member(operator, full_name="Second Administrator"),
    )
