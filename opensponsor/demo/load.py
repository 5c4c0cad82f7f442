"""Loading the demo: the register, the accounts, the feeds and some casework, through the services that users use."""

import datetime as dt
import random

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.demo import casework, feeds, waiting
from opensponsor.demo.accounts import ACCOUNTS, HARBOUR_CARE, PASSWORD, DemoAccount
from opensponsor.demo.generator.sizes import SIZES, Size
from opensponsor.demo.people import COMPANIES, HOSTS, DemoPerson, families
from opensponsor.hosts import services as hosts
from opensponsor.hosts.states import SponsorType
from opensponsor.identity import queries as identity
from opensponsor.identity.models import Membership, Organisation, User
from opensponsor.identity.services.organisations import load_organisations
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing import services as licensing
from opensponsor.licensing.models import Licence
from opensponsor.people import services as people
from opensponsor.people.models import Household
from opensponsor.people.states import CorrespondenceLanguage, Route
from opensponsor.reference.services import load_authorities, load_demo_postcodes

# Who works for a council in the demo: households that came with the feed and are worked on, households and hosts that
# were entered by hand.
_WORKLOAD = (
    ("caseworker@cardiff.example", 56, 4, 3),
    ("gweithiwr@gwynedd.example", 20, 2, 1),
    ("caseworker@dover.example", 24, 2, 1),
    ("champion@leeds.example", 20, 2, 1),
)


def load(size: Size = SIZES["S"]) -> None:
    """Make the demo if it is not there yet.

    Each step is done whole or not at all, and not again when it is done: a start that was killed goes on where it was.
    """
    today = clock.today()
    load_authorities()
    load_organisations(today=today)
    load_demo_postcodes()
    _accounts(today)
    feeds.load(_actor("admin@wales.example", today), size, today)
    with transaction.atomic():
        with as_system("load-demo"):
            if Licence.objects.filter(owner__code=HARBOUR_CARE).exists():
                return
        _casework(today)
        _licences(today)
        waiting.load(_actor("champion@cardiff.example", today), today)


def _accounts(today: dt.date) -> None:
    with as_system("load-demo"):
        if User.objects.filter(email=ACCOUNTS[0].email).exists():
            return
        _licensed_sponsors()
        for account in ACCOUNTS:
            _account(account, today)


def _licensed_sponsors() -> None:
    for number, company in enumerate(COMPANIES):
        Organisation.objects.get_or_create(
            code=_code(number),
            defaults={"name_en": company, "kind": OrganisationKind.LICENSED_SPONSOR, "realm": Realm.LICENSED},
        )


def _code(number: int) -> str:
    """What the register calls the company."""
    return f"licensed-sponsor-{number + 1}" if number else HARBOUR_CARE


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
    names = iter(HOSTS)
    for email, fed_count, household_count, host_count in _WORKLOAD:
        with acting(_actor(email, today)) as actor:
            casework.work(actor, fed_count, today)
            for number in range(household_count):
                casework.activity(actor, _household(actor, next(households), number, today), number, today)
            for number in range(host_count):
                _host(actor, next(names), number, today)


def _host(actor: Actor, name: str, number: int, today: dt.date) -> None:
    given, family = name.split()
    hosts.add_sponsor(
        actor=actor,
        today=today,
        given_names=given,
        family_name=family,
        type=SponsorType.SPONSOR if number % 3 else SponsorType.HOST,
        email=f"{given}.{family}@host.example".lower(),
        phone=f"07700 900{number:03d}",
    )


def _household(actor: Actor, members: list[DemoPerson], number: int, today: dt.date) -> Household:
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
    return household


def _details(person: DemoPerson, today: dt.date) -> people.PersonDetails:
    contact = f"{person.given_names}.{person.family_name}@guest.example".lower() if person.age >= 18 else ""
    return {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "birth_date": today.replace(day=min(today.day, 28), year=today.year - person.age) - dt.timedelta(days=40),
        "email": contact,
    }


def _licences(today: dt.date) -> None:
    codes = [_code(number) for number in range(len(COMPANIES))]
    sponsors = list(Organisation.objects.filter(code__in=codes).order_by("pk"))
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
