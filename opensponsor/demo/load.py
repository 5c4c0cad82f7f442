"""Loading the demo: the register, the accounts and a few cases, through the same services that users go through."""

import datetime as dt
import random

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from opensponsor.cases.services import cases, notes, tasks
from opensponsor.cases.states import NoteKind, TaskKind
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.demo import waiting
from opensponsor.demo.accounts import ACCOUNTS, CARDIFF, DOVER, GWYNEDD, HARBOUR_CARE, LEEDS, PASSWORD, DemoAccount
from opensponsor.demo.people import COMPANIES, HOSTS, DemoPerson, families
from opensponsor.hosts import services as hosts
from opensponsor.hosts.states import SponsorType
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Membership, Organisation, User
from opensponsor.identity.services.organisations import load_organisations
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing import services as licensing
from opensponsor.people import services as people
from opensponsor.people.models import Household
from opensponsor.people.states import CorrespondenceLanguage, Route
from opensponsor.reference.services import load_authorities, load_demo_postcodes

# Who enters the cases of a council in the demo, and how many households and hosts.
_WORKLOAD = (
    ("caseworker@cardiff.example", CARDIFF, 60, 14),
    ("gweithiwr@gwynedd.example", GWYNEDD, 12, 5),
    ("caseworker@dover.example", DOVER, 14, 5),
    ("champion@leeds.example", LEEDS, 10, 4),
)


def load() -> None:
    """Make the demo if it is not there yet. All of it or nothing: a start that was killed half-way begins again."""
    today = clock.today()
    load_authorities()
    load_organisations(today=today)
    if User.objects.filter(email=ACCOUNTS[0].email).exists():
        return
    load_demo_postcodes()
    with transaction.atomic():
        with as_system("load-demo"):
            _licensed_sponsors()
            for account in ACCOUNTS:
                _account(account, today)
        _casework(today)
        _licences(today)
        waiting.load(_actor("champion@cardiff.example", today), today)


def _licensed_sponsors() -> None:
    for number, company in enumerate(COMPANIES):
        Organisation.objects.get_or_create(
            code=HARBOUR_CARE if number == 0 else f"licensed-sponsor-{number + 1}",
            defaults={"name_en": company, "kind": OrganisationKind.LICENSED_SPONSOR, "realm": Realm.LICENSED},
        )


def _account(account: DemoAccount, today: dt.date) -> None:
    user = User.objects.create_user(
        account.email, account.full_name, PASSWORD, language=account.language, active_from=today
    )
    organisation = Organisation.objects.get(code=account.organisation)
    for role in account.roles:
        Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=today)
    TOTP.activate(user, account.totp_secret)


def _actor(email: str, today: dt.date) -> Actor:
    actor = identity.actor_for(User.objects.get(email=email), today=today)
    if actor is None:
        raise LookupError(f"{email} is a member of nothing")
    return actor


def _casework(today: dt.date) -> None:
    households = families(sum(work[2] for work in _WORKLOAD))
    names = iter(HOSTS * 3)
    for email, _council, household_count, host_count in _WORKLOAD:
        with acting(_actor(email, today)) as actor:
            for number in range(household_count):
                _household(actor, next(households), number, today)
            for number in range(host_count):
                given, family = next(names).split()
                hosts.add_sponsor(
                    actor=actor,
                    today=today,
                    given_names=given,
                    family_name=family,
                    type=SponsorType.SPONSOR if number % 3 else SponsorType.HOST,
                    email=f"{given}.{family}@host.example".lower(),
                    phone=f"07700 900{number:03d}",
                )


def _household(actor: Actor, members: list[DemoPerson], number: int, today: dt.date) -> None:
    chance = random.Random(number)  # noqa: S311 - the same cases at every start
    arrives_on = today + dt.timedelta(days=chance.randint(-200, 20))
    household = people.add_household(
        actor=actor,
        today=today,
        route=Route.SUPER_SPONSOR if number % 2 else Route.INDIVIDUAL_SPONSOR,
        lead=_details(members[0], today),
        correspondence_language=chance.choice(list(CorrespondenceLanguage)),
        expected_on=arrives_on,
        arrived_on=arrives_on if arrives_on <= today - dt.timedelta(days=3) else None,
    )
    for member in members[1:]:
        people.add_person(actor=actor, household_id=household.pk, today=today, **_details(member, today))
    _activity(actor, household, number, today)


def _activity(actor: Actor, household: Household, number: int, today: dt.date) -> None:
    case_id = household.case_id
    if number % 2 == 0:
        notes.add_note(
            actor=actor,
            case_id=case_id,
            kind=NoteKind.PHONE_CALL if number % 4 else NoteKind.CASE_NOTE,
            title="First contact made",
            body="Spoke to the lead applicant through an interpreter. They know whom to ask and have our number.",
        )
    if number % 3 == 0:
        tasks.add_task(
            actor=actor,
            case_id=case_id,
            title="Arrange the welcome visit",
            due_on=today + dt.timedelta(days=number % 25 - 12),
            today=today,
        )
    if number % 7 == 3:
        tasks.add_task(
            actor=actor,
            case_id=case_id,
            kind=TaskKind.MEETING,
            title="Meet the school about places",
            due_on=today + dt.timedelta(days=number % 6),
            starts_at=dt.time(10, 30),
            place="Council offices",
            today=today,
        )
    if number % 4 == 1:
        cases.assign_case(actor=actor, case_id=case_id, version=1, assignee_id=actor.user_id, today=today)


def _details(person: DemoPerson, today: dt.date) -> people.PersonDetails:
    contact = f"{person.given_names}.{person.family_name}@guest.example".lower() if person.age >= 18 else ""
    return {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "birth_date": today.replace(day=min(today.day, 28), year=today.year - person.age) - dt.timedelta(days=40),
        "email": contact,
    }


def _licences(today: dt.date) -> None:
    sponsors = list(Organisation.objects.filter(kind=OrganisationKind.LICENSED_SPONSOR).order_by("pk"))
    with acting(_actor("caseworker@home-office.example", today)) as actor:
        for number, sponsor in enumerate(sponsors):
            licensing.add_licence(
                actor=actor,
                organisation_id=sponsor.pk,
                number=f"AB{number + 1:03d}CD{number + 45:03d}",
                today=today,
                sponsor_name=sponsor.name_en,
                rating="B" if number == 2 else "A",
                granted_on=today - dt.timedelta(days=400 * (number + 1)),
                contact_email=f"licence@{sponsor.code}.example",
            )
