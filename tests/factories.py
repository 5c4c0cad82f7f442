"""Rows for tests, written as the role of the feeds; afterwards whoever acted before acts again.

Each factory gives a sound row with as few arguments as possible. Names are invented.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import transaction

from opensponsor.cases.models import Case, Note, Task
from opensponsor.cases.states import CaseKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor, system_actor
from opensponsor.core.names import search_form
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.feeds.models import Load, SourceRow
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.hosts.models import HostAddress, OfferedProperty, Sponsor, Sponsorship
from opensponsor.hosts.states import SponsorType
from opensponsor.identity import queries
from opensponsor.identity.models import Membership, Organisation, Reach, User
from opensponsor.identity.roles import Role, roles_for
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing.models import Licence
from opensponsor.people.models import Household, HouseholdMember, Person
from opensponsor.people.states import Route
from opensponsor.visas.models import Application
from opensponsor.visas.states import VisaStatus
from tests.conftest import _context_restored

_number = count(1)
# Long ago, so that a day in a test is never before it.
LONG_AGO = dt.date(2022, 3, 18)


@contextmanager
def writing(using: str = "default") -> Iterator[None]:
    """A block that writes the rows of every organisation."""
    with _context_restored(using), as_system("factory", using=using):
        yield


@contextmanager
def restored(using: str = "default") -> Iterator[None]:
    """A block that may act as it likes, as a page for nobody does; afterwards whoever acted before acts again."""
    with _context_restored(using):
        yield


@contextmanager
def undone(using: str = "default") -> Iterator[None]:
    """A block whose changes are taken back, for many examples in one test."""
    with _context_restored(using), transaction.atomic(using=using):
        yield
        transaction.set_rollback(True, using=using)


@contextmanager
def as_actor(who: Actor, using: str = "default") -> Iterator[Actor]:
    """A block in which the actor acts, as the web would run it."""
    with _context_restored(using), acting(who, using=using):
        yield who


def organisation(
    kind: OrganisationKind = OrganisationKind.AUTHORITY,
    *,
    realm: Realm = Realm.WALES,
    reaches: tuple[Organisation, ...] = (),
    may_write: bool = True,
    **fields: Any,
) -> Organisation:
    """An organisation, which reaches the records of others when told so."""
    number = next(_number)
    values = {"code": f"body-{number}", "name_en": f"Body {number:03d}"} | fields
    with writing():
        made = Organisation.objects.create(kind=kind, realm=realm, **values)
        for reached in reaches:
            Reach.objects.create(organisation=made, reached=reached, may_write=may_write)
    return made


def user(full_name: str = "Mari Evans", **fields: Any) -> User:
    """Somebody with an account and no password."""
    values = {"email": f"person{next(_number)}@example.test", "statement_accepted_at": clock.now()} | fields
    with writing():
        return User.objects.create_user(full_name=full_name, **values)


def membership(of: User, at: Organisation, role: Role | None = None, **fields: Any) -> Membership:
    """A role held since long ago; without one the first that this kind of organisation has."""
    values = {"starts_on": LONG_AGO} | fields
    with writing():
        return Membership.objects.create(
            user=of, organisation=at, role=role or roles_for(OrganisationKind(at.kind))[0], **values
        )


def member(at: Organisation, *roles: Role, **fields: Any) -> User:
    """A user who holds the roles at the organisation."""
    made = user(**fields)
    for role in roles or (None,):
        membership(made, at, role)
    return made


def actor(at: Organisation | None = None, *roles: Role, of: User | None = None) -> Actor:
    """The actor that the web would build today for a new user, or for `of`, at the organisation."""
    place = at or organisation()
    person = of or member(place, *roles)
    found = queries.actor_for(person, today=clock.today(), organisation_id=place.pk)
    assert found is not None, "not a member of the organisation today"
    return found


def case(owner: Organisation, kind: CaseKind, title: str, **fields: Any) -> Case:
    """A case of the organisation, called after a person ("Given Family") or a body."""
    number = next(_number)
    given, _, family = title.rpartition(" ")
    values = {
        "reference": f"{kind[:3]}{number:06d}",
        "title": title,
        "sort_title": search_form(family, given),
        "opened_on": clock.today(),
    } | fields
    with writing():
        return Case.objects.create(kind=kind, owner=owner, **values)


def household(
    owner: Organisation, lead: str = "Olena Koval", *, route: Route = Route.INDIVIDUAL_SPONSOR, **fields: Any
) -> Household:
    """A household with its lead applicant. Fields of the case are named `case_...`, those of the lead `lead_...`."""
    of_case = {name[5:]: value for name, value in fields.items() if name.startswith("case_")}
    of_lead = {name[5:]: value for name, value in fields.items() if name.startswith("lead_")}
    own = {name: value for name, value in fields.items() if not name.startswith(("case_", "lead_"))}
    works = route == Route.SUPER_SPONSOR
    with writing():
        made = case(owner, CaseKind.HOUSEHOLD, lead, **{"contact_centre_works": works} | of_case)
        result = Household.objects.create(case=made, owner=owner, route=route, **own)
        person(result, lead, is_lead=True, **of_lead)
    return result


def person(of: Household, name: str = "Ivan Koval", *, is_lead: bool = False, **fields: Any) -> Person:
    """A person in the household since long ago."""
    given, _, family = name.rpartition(" ")
    shared = {"case_id": of.case_id, "owner_id": of.owner_id}
    with writing():
        made = Person.objects.create(
            given_names=given, family_name=family, search_name=search_form(family, given), **shared, **fields
        )
        HouseholdMember.objects.create(household=of, person=made, is_lead=is_lead, starts_on=LONG_AGO, **shared)
    return made


def sponsor(owner: Organisation, name: str = "Gwen Parry", **fields: Any) -> Sponsor:
    """A host of the organisation. Fields of the case are named `case_...`."""
    of_case = {key[5:]: value for key, value in fields.items() if key.startswith("case_")}
    own = {key: value for key, value in fields.items() if not key.startswith("case_")}
    given, _, family = name.rpartition(" ")
    values = {"type": SponsorType.HOST, "given_names": given, "family_name": family} | own
    with writing():
        return Sponsor.objects.create(case=case(owner, CaseKind.SPONSOR, name, **of_case), owner=owner, **values)


def address(of: Sponsor, text: str = "1 Castle Street, Conwy", **fields: Any) -> HostAddress:
    """A place that the sponsor offers, with its offered property. Fields of the property are named `offer_...`."""
    of_offer = {key[6:]: value for key, value in fields.items() if key.startswith("offer_")}
    own = {key: value for key, value in fields.items() if not key.startswith("offer_")}
    shared = {"case_id": of.case_id, "owner_id": of.owner_id}
    with writing():
        made = HostAddress.objects.create(sponsor=of, address=text, **{"postcode": "LL328LD"} | own, **shared)
        OfferedProperty.objects.create(address=made, **of_offer, **shared)
    return made


def sponsorship(of: Household, by: Sponsor, at: HostAddress | None = None, **fields: Any) -> Sponsorship:
    """The sponsor sponsors the household since long ago."""
    values = {"starts_on": LONG_AGO} | fields
    shared = {"case_id": of.case_id, "owner_id": of.owner_id}
    with writing():
        return Sponsorship.objects.create(household=of, sponsor=by, address=at, **values, **shared)


def application(owner: Organisation, of: Household | None = None, **fields: Any) -> Application:
    """An application to the organisation, issued unless said otherwise.

    With a household it is on its case, and of its lead applicant where no `person` is given.
    """
    number = next(_number)
    uan = f"3434{number:012d}"
    values = {
        "uan": uan,
        "submission": of.source_key if of and of.source_key else uan,
        "route": of.route if of else Route.INDIVIDUAL_SPONSOR,
        "visa_status": VisaStatus.ISSUED,
        "case_id": of.case_id if of else None,
        "fed_owner": owner,
        "event_at": clock.now(),
    } | fields
    with writing():
        if of and "person" not in values:
            values["person"] = of.members.get(is_lead=True, ends_on=None).person
        return Application.objects.create(owner=owner, **values)


def load(owner: Organisation, feed: Feed = Feed.APPLICATIONS, **fields: Any) -> Load:
    """A file that the organisation brought and that was loaded."""
    number = next(_number)
    values = {
        "status": LoadStatus.LOADED,
        "file_name": f"applications-{number}.csv",
        "size": 1_000,
        "sha256": f"{number:064x}",
        "finished_at": clock.now(),
    } | fields
    with writing():
        return Load.objects.create(owner=owner, feed=feed, **values)


def source_row(of: Application, by: Load, raw: dict[str, str], *, line: int = 2) -> SourceRow:
    """The raw row that the application was last made from."""
    with writing():
        return SourceRow.objects.create(
            owner_id=of.owner_id, feed=Feed.APPLICATIONS, key=of.uan, load=by, line=line, raw=raw
        )


def licence(owner: Organisation | None = None, name: str = "Cwm Farms Ltd", **fields: Any) -> Licence:
    """A licence; without an owner, of a new licensed sponsor. Fields of the case are named `case_...`."""
    holder = owner or organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED)
    of_case = {key[5:]: value for key, value in fields.items() if key.startswith("case_")}
    own = {key: value for key, value in fields.items() if not key.startswith("case_")}
    values = {"sponsor_name": name, "granted_on": LONG_AGO} | own
    with writing():
        made = case(holder, CaseKind.LICENCE, name, **{"sort_title": search_form(name)} | of_case)
        return Licence.objects.create(case=made, owner=holder, **values)


def note(on: Case, author: User, **fields: Any) -> Note:
    """A note that the author wrote on the case."""
    values = {"title": "Phone call", "body": "Everybody is well.", "author_name": author.full_name} | fields
    with writing():
        return Note.objects.create(case=on, owner_id=on.owner_id, author=author, **{"author_team": "Body", **values})


def task(on: Case, assignee: User | None, **fields: Any) -> Task:
    """Something that the assignee has to do on the case, today unless said otherwise."""
    values = {"title": "Ring the household", "due_on": clock.today(), "created_by": assignee} | fields
    with writing():
        return Task.objects.create(case=on, owner_id=on.owner_id, assignee=assignee, **values)


def job(name: str = "test") -> Actor:
    """The actor of a job, which sees every row."""
    return system_actor(name)
