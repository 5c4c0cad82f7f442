"""Two councils, the national team and a household of the first: what most tests of cases start from."""

from dataclasses import dataclass

from opensponsor.cases import queries
from opensponsor.cases.models import Case, Share
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Organisation, User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories


@dataclass(frozen=True)
class World:
    """`ours` owns `case`; `theirs` is another council; `national` reads both."""

    ours: Organisation
    theirs: Organisation
    national: Organisation
    case: Case
    caseworker: User
    champion: User
    colleague: User
    stranger: User
    administrator: User

    def actor(self, user: User) -> Actor:
        """The actor that the web would build for this user now, shared cases included."""
        actor = identity.actor_for(user, today=clock.today())
        assert actor is not None
        return queries.with_shared_cases(actor, today=clock.today())

    def share(self) -> Share:
        """Let the other council read the case."""
        with factories.writing():
            return Share.objects.create(
                case=self.case,
                owner=self.ours,
                organisation=self.theirs,
                starts_on=clock.today(),
                reason="They move there",
                shared_by=self.caseworker,
            )


def make_world() -> World:
    """Everything above, with a super sponsor household."""
    ours = factories.organisation(name_en="Conwy CC")
    theirs = factories.organisation(name_en="Gwynedd CC")
    national = factories.organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, name_en="Welsh Government", reads_realms=[Realm.WALES]
    )
    return World(
        ours=ours,
        theirs=theirs,
        national=national,
        case=factories.household(ours, "Olena Kovalenko", route="SS").case,
        caseworker=factories.member(ours, Role.CASEWORKER, full_name="Sara Lewis"),
        champion=factories.member(ours, Role.CASEWORKER, Role.DATA_CHAMPION, full_name="Huw Price"),
        colleague=factories.member(ours, Role.CASEWORKER, full_name="Tomos Rees"),
        stranger=factories.member(theirs, Role.CASEWORKER, Role.DATA_CHAMPION, full_name="Nia Puw"),
        administrator=factories.member(national, Role.NATIONAL_ADMINISTRATOR, full_name="Carys Hall"),
    )
