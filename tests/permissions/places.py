"""The world of the matrix: organisations that stand to each other in every way there is, people of every role, records.

The codes of places are those of `oracle.toml`.
"""

import datetime as dt
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from opensponsor.cases.models import ApprovalRequest, Case, Share
from opensponsor.cases.services.cases import transfer_case
from opensponsor.cases.states import RequestKind
from opensponsor.checks.models import Check
from opensponsor.core import clock
from opensponsor.feeds.models import Reject
from opensponsor.hosts.models import Sponsor
from opensponsor.identity.models import AccessRequest, Organisation, Reach, User
from opensponsor.identity.roles import Role, roles_for
from opensponsor.identity.states import ControllerRole, OrganisationKind, Realm
from opensponsor.people.models import Household
from opensponsor.people.states import Route
from opensponsor.saved_views.models import Export, ExportFile, SavedView
from tests import factories
from tests.passkeys import registration
from tests.permissions import oracle
from tests.permissions.oracle import Thing, Who

K, R = OrganisationKind, Role
COUNCILS = {
    "COUNCIL": Realm.WALES,
    "NEIGHBOUR": Realm.WALES,
    "PARTNER": Realm.WALES,
    "ENGLISH": Realm.ENGLAND,
    "DISTRICT": Realm.ENGLAND,
    "COUNTY": Realm.ENGLAND,
}
BODIES = {
    "BOARD": (K.HEALTH_BOARD, Realm.WALES, ()),
    "CONTACT": (K.CONTACT_CENTRE, Realm.WALES, ()),
    "GOVERNMENT": (K.DEVOLVED_GOVERNMENT, Realm.WALES, (Realm.WALES,)),
    "ADVISORY": (K.ADVISORY_SERVICE, Realm.WALES, (Realm.WALES,)),
    "HOME_OFFICE": (K.CENTRAL_GOVERNMENT, Realm.LICENSED, (Realm.LICENSED,)),
    "SPONSOR": (K.LICENSED_SPONSOR, Realm.LICENSED, ()),
    "OTHER_SPONSOR": (K.LICENSED_SPONSOR, Realm.LICENSED, ()),
    "DESK": (K.SERVICE_DESK, Realm.WALES, ()),
    "PLATFORM": (K.PLATFORM, Realm.PLATFORM, tuple(Realm)),
}
REACHES = {
    "COUNTY": (("DISTRICT",), True),
    "BOARD": (("COUNCIL",), False),
    "CONTACT": (("COUNCIL", "NEIGHBOUR", "PARTNER"), True),
}
PEOPLE: dict[str, tuple[Role, ...]] = {
    "COUNCIL": (R.CASEWORKER, R.DATA_CHAMPION, R.AUDITOR, R.SAFEGUARDING_LEAD, R.FINANCE_OFFICER),
    "NEIGHBOUR": (R.CASEWORKER,),
    "PARTNER": (R.CASEWORKER, R.DATA_CHAMPION),
    "COUNTY": (R.CASEWORKER, R.AUDITOR),
    "DISTRICT": (R.CASEWORKER,),
    "BOARD": (R.HEALTH_OFFICER, R.AUDITOR, R.DATA_CHAMPION),
    "CONTACT": (R.CONTACT_CENTRE_OFFICER, R.DATA_CHAMPION),
    "GOVERNMENT": (R.NATIONAL_ADMINISTRATOR, R.ANALYST, R.AUDITOR, R.DATA_CHAMPION),
    "ADVISORY": (R.ADVISORY_OFFICER,),
    "HOME_OFFICE": (R.HOME_OFFICE_CASEWORKER,),
    "SPONSOR": (R.SPONSOR_LEVEL_1, R.SPONSOR_LEVEL_2),
    "DESK": (R.SERVICE_DESK_OFFICER,),
    "PLATFORM": (R.PLATFORM_ADMINISTRATOR,),
}
ANONYMOUS = Who("ANONYMOUS", "")
HALFWAY = Who("HALFWAY", "")
INDIVIDUAL = frozenset({"INDIVIDUAL"})


@dataclass
class World:
    """Organisations by place, people with their users, and things by what they are."""

    places: dict[str, Organisation] = field(default_factory=dict)
    users: dict[Who, User] = field(default_factory=dict)
    things: dict[str, list[Thing]] = field(default_factory=dict)

    def add(self, thing: Thing) -> None:
        self.things.setdefault(thing.what, []).append(thing)

    def someone(self, place: str, role: Role) -> User:
        """The user who holds the role at the place."""
        return next(user for who, user in self.users.items() if (who.place, who.role) == (place, role))


def make_world() -> World:
    """Everything, committed or not as the test is."""
    world = World()
    with factories.writing():
        _organisations(world)
        _people(world)
        for place in ("COUNCIL", "NEIGHBOUR", "ENGLISH", "COUNTY", "DISTRICT"):
            _casework(world, place)
        _shared(world)
        for place in ("SPONSOR", "OTHER_SPONSOR"):
            _licence(world, place)
        for place, realm in (("UNPLACED", Realm.WALES), ("UNPLACED_ENGLISH", Realm.ENGLAND)):
            _unplaced(world, place, realm)
    _moved(world)
    with factories.writing():
        _of_persons(world)
        for place in world.places:
            _staff(world, place)
        for place in ("GOVERNMENT", "HOME_OFFICE"):
            _loads(world, place)
    return world


def _organisations(world: World) -> None:
    for place, realm in COUNCILS.items():
        world.places[place] = factories.organisation(realm=realm, code=place.lower(), name_en=place.title())
    for place, (kind, realm, reads) in BODIES.items():
        world.places[place] = factories.organisation(kind, realm=realm, name_en=place.title(), reads_realms=list(reads))
    Organisation.objects.filter(pk=world.places["CONTACT"].pk).update(
        controller_role=ControllerRole.PROCESSOR, acts_for=world.places["GOVERNMENT"]
    )
    for place, (reached, may_write) in REACHES.items():
        for other in reached:
            Reach.objects.create(organisation=world.places[place], reached=world.places[other], may_write=may_write)


def _people(world: World) -> None:
    for place, roles in PEOPLE.items():
        for role in roles:
            user = factories.member(world.places[place], role)
            world.users[Who(place, role.value, user.pk)] = user


def _author(world: World, place: str) -> User:
    owner = {"SHARED": "COUNCIL", "MOVED": "COUNCIL", "ENGLISH": "COUNTY", "OTHER_SPONSOR": "HOME_OFFICE"}
    owner |= {"UNPLACED": "GOVERNMENT", "UNPLACED_ENGLISH": "GOVERNMENT"}
    at = owner.get(place, place)
    return next(user for who, user in world.users.items() if who.place == at)


def _casework(world: World, place: str) -> None:
    owner = world.places[place]
    individual = factories.household(owner, route=Route.INDIVIDUAL_SPONSOR)
    _on_case(world, individual.case, place, INDIVIDUAL)
    _person(world, individual.case, place, INDIVIDUAL)
    super_sponsor = factories.household(owner, route=Route.SUPER_SPONSOR)
    _on_case(world, super_sponsor.case, place)
    _person(world, super_sponsor.case, place)
    # The national team gave it to the council, and there is no household yet.
    given = factories.application(owner, given_to=owner)
    world.add(Thing("given_application", place, {"application_id": given.pk}, individual.case.kind, INDIVIDUAL))
    sponsor = factories.sponsor(owner)
    _on_case(world, sponsor.case, place, INDIVIDUAL)
    _hosted(world, sponsor, place, {individual: INDIVIDUAL, super_sponsor: frozenset()})
    _closed(world, place)


def _on_case(world: World, case: Case, place: str, traits: frozenset[str] = frozenset()) -> None:
    """The case, and a note and tasks on it."""
    author = _author(world, place)
    note = factories.note(case, author)
    task = factories.task(case, author)
    done = factories.task(case, author, completed_at=clock.now(), completed_by=author)
    common = {"kind": case.kind, "traits": traits}
    world.add(Thing("case", place, {"case_id": case.pk}, **common))
    world.add(Thing("note", place, {"note_id": note.pk}, user_id=author.pk, **common))
    world.add(Thing("task", place, {"task_id": task.pk}, **common))
    world.add(Thing("done_task", place, {"task_id": done.pk}, **common))


def _person(world: World, case: Case, place: str, traits: frozenset[str] = frozenset()) -> None:
    household = case.household
    person = household.members.get(is_lead=True).person
    application = factories.application(case.owner, household)
    world.add(Thing("application", place, {"application_id": application.pk}, case.kind, traits))
    world.add(Thing("person", place, {"case_id": case.pk, "person_id": person.pk}, case.kind, traits))


def _hosted(world: World, sponsor: Sponsor, place: str, households: dict[Household, frozenset[str]]) -> None:
    """An address of the sponsor, and the households that live there."""
    address = factories.address(sponsor)
    parts = {"case_id": sponsor.case_id, "address_id": address.pk}
    world.add(Thing("host_address", place, parts, sponsor.case.kind, INDIVIDUAL))
    old = factories.address(sponsor, "1 Old Street, Conwy")
    parts = {"case_id": sponsor.case_id, "address_id": old.pk}
    world.add(Thing("old_address", place, parts, sponsor.case.kind, INDIVIDUAL))
    begun = {"case": sponsor.case, "owner_id": sponsor.owner_id, "status": "IN_PROGRESS", "comment": "Asked twice"}
    Check.objects.create(type="SPONSOR", sponsor=sponsor, dbs_level="BASIC", **begun)
    Check.objects.create(type="EXISTS", address=address, **begun)
    for household, traits in households.items():
        factories.sponsorship(household, sponsor, address)
        parts = {"case_id": household.case_id, "address_id": address.pk}
        world.add(Thing("hosted", place, parts, household.case.kind, traits))


def _closed(world: World, place: str) -> None:
    """A closed household, and another that somebody asked to open again."""
    today = dt.date(2026, 1, 5)
    closed = {"case_status": "CLOSED", "case_closed_on": today}
    for is_asked in (False, True):
        case = factories.household(world.places[place], **closed).case
        world.add(Thing("closed", place, {"case_id": case.pk}, case.kind, INDIVIDUAL))
        if is_asked:
            request = ApprovalRequest.objects.create(
                case=case,
                owner_id=case.owner_id,
                kind=RequestKind.REOPEN_CASE,
                reason="Closed too early",
                raised_by=_author(world, place),
            )
            world.add(Thing("request", place, {"request_id": request.pk}, case.kind, INDIVIDUAL))


def _shared(world: World) -> None:
    """A household of the council that its partner may read."""
    case = factories.household(world.places["COUNCIL"], route=Route.INDIVIDUAL_SPONSOR).case
    share = Share.objects.create(
        case=case,
        owner_id=case.owner_id,
        organisation=world.places["PARTNER"],
        starts_on=factories.LONG_AGO,
        reason="They move there soon",
        shared_by=_author(world, "COUNCIL"),
    )
    _on_case(world, case, "SHARED", INDIVIDUAL)
    _person(world, case, "SHARED", INDIVIDUAL)
    world.add(Thing("share", "SHARED", {"share_id": share.pk}, case.kind, INDIVIDUAL))


def _licence(world: World, place: str) -> None:
    _on_case(world, factories.licence(world.places[place]).case, place)


def _unplaced(world: World, place: str, realm: Realm) -> None:
    """A household that a feed brought and that belongs to no council yet."""
    nobody = factories.organisation(K.UNASSIGNED, realm=realm, name_en=place.title())
    case = factories.household(nobody, route=Route.INDIVIDUAL_SPONSOR).case
    _on_case(world, case, place, INDIVIDUAL)
    world.add(Thing("unassigned", place, {"case_id": case.pk}, case.kind, INDIVIDUAL))


def _moved(world: World) -> None:
    """A household that the council handed to its neighbour, by the service that does it."""
    with factories.writing():
        case = factories.household(world.places["COUNCIL"], route=Route.INDIVIDUAL_SPONSOR).case
        _on_case(world, case, "MOVED", INDIVIDUAL)
        _person(world, case, "MOVED", INDIVIDUAL)
    caseworker = factories.actor(world.places["COUNCIL"], of=world.someone("COUNCIL", R.CASEWORKER))
    with factories.as_actor(caseworker):
        transfer_case(
            actor=caseworker, case_id=case.pk, version=case.version, new_owner_id=world.places["NEIGHBOUR"].pk
        )


def _loads(world: World, place: str) -> None:
    """A file that was loaded, with a row that was not taken, one that was read, and one that is held."""
    for what, status in (("load", "LOADED"), ("read_load", "READ"), ("held_load", "HELD")):
        load = factories.load(world.places[place], status=status, counts={"rows": 2, "rejected": 1})
        Reject.objects.create(load=load, owner=load.owner, line=2, field="title", reason="TOO_LONG", value="Rejected")
        world.add(Thing(what, place, {"load_id": load.pk}, "LOAD"))


def _of_persons(world: World) -> None:
    """What belongs to one person, whatever their organisation."""
    for what in (
        "household_view",
        "applicant_view",
        "application_view",
        "sponsor_view",
        "licence_view",
        "export",
        "session",
        "passkey",
    ):
        for place in ("COUNCIL", "NEIGHBOUR", "GOVERNMENT", "SPONSOR"):
            for who, user in world.users.items():
                if who.place == place:
                    world.add(_of_person(what, user, world.places[place]))


def _of_person(what: str, user: User, place: Organisation) -> Thing:
    if what.endswith("_view"):
        list_key = what.replace("_view", "s")
        view = SavedView.objects.create(user=user, list_key=list_key, name=f"View of {user.pk}")
        return Thing(what, "A PERSON", {"view_id": view.pk}, user_id=user.pk)
    if what == "export":
        fields = {
            "list_key": "households",
            "format": "CSV",
            "columns": [],
            "language": "en",
            "reason": "Claim",
            "expires_at": clock.now() + dt.timedelta(days=1),
        }
        export = Export.objects.create(user=user, organisation=place, status="READY", row_count=1, **fields)
        ExportFile.objects.create(export=export, content=b"reference")
        return Thing(what, "A PERSON", {"export_id": export.pk}, user_id=user.pk)
    if what == "session":
        session = UserSession.objects.create(user=user, session_key=f"elsewhere{user.pk}", ip="127.0.0.1")
        return Thing(what, "A PERSON", {"session_id": session.pk}, user_id=user.pk)
    # Two of them: the last second factor cannot be removed.
    passkey, _ = (
        Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": registration()})
        for name in ("Key", "Spare key")
    )
    return Thing(what, "A PERSON", {"pk": passkey.pk}, user_id=user.pk)


def _staff(world: World, place: str) -> None:
    """The organisation, people who work there, were invited or suspended, and others who ask to join."""
    at = world.places[place]
    parts = {"organisation_id": at.pk}
    world.add(Thing("organisation", place, parts, oracle.PEOPLE))
    states = {
        "member": {},
        "invited": {"is_active": False},
        "suspended": {"is_active": False, "suspended_on": factories.LONG_AGO},
    }
    for what, fields in states.items():
        user = factories.user(**fields)
        role = roles_for(OrganisationKind(at.kind))[-1]
        membership = factories.membership(user, at, role)
        of_user = {**parts, "user_id": user.pk}
        world.add(Thing(what, place, of_user, oracle.PEOPLE))
        if what == "member":
            factories.membership(user, at, Role.AUDITOR)
            world.add(Thing("membership", place, {**of_user, "membership_id": membership.pk}, oracle.PEOPLE))
    _request(world, place, "access_request")
    champion = {"work_account_checked": True, "knows_where_to_get_help": True, "training_confirmed_on": clock.today()}
    _request(world, place, "vouched_request", status="VOUCHED", vouched_by=factories.user(), **champion)


def _request(world: World, place: str, what: str, **fields: object) -> None:
    request = AccessRequest.objects.create(
        organisation=world.places[place],
        full_name="Sian",
        email=f"{what}@{place.lower().replace('_', '-')}.example",
        operational_need="Casework",
        **fields,
    )
    world.add(Thing(what, place, {"request_id": request.pk}, oracle.PEOPLE))
