"""The demo as the world of the walk, with what a demo lacks: what waits for somebody, and what is over."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from opensponsor.cases.models import Case
from opensponsor.cases.services import cases, requests, tasks
from opensponsor.cases.states import CaseKind, RequestKind
from opensponsor.core import clock
from opensponsor.core.rowsecurity import acting
from opensponsor.demo.accounts import ACCOUNTS, CARDIFF, DemoAccount
from opensponsor.demo.generator.sizes import of_households
from opensponsor.demo.load import load
from opensponsor.identity.models import Organisation, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.queries import access_requests as asked
from opensponsor.identity.roles import Role
from opensponsor.identity.services import access_requests, account_creation
from opensponsor.licensing.models import Licence
from opensponsor.people.models import Person
from tests.e2e import people
from tests.e2e.people import Member

# What comes with the feed; each council works on some of it.
HOUSEHOLDS = 80
SHORT = 4
FAMILIES = ("Kovalenko", "Bondarchuk", "Tkachenko", "Melnychenko", "Savchuk")
ONE_ROLE = {account.roles[0]: account for account in reversed(ACCOUNTS) if len(account.roles) == 1}


@dataclass(frozen=True)
class World:
    """The members of the demo, and the family names of everybody, which no title holds."""

    members: dict[str, Member]
    names: tuple[str, ...]

    def member(self, account: DemoAccount) -> Member:
        return self.members[account.email]

    def holding(self, role: Role) -> Member:
        """Somebody who holds this role and no other."""
        return self.member(ONE_ROLE[role])


def a_world() -> World:
    """Load the demo and add to it."""
    load(of_households(HOUSEHOLDS))
    members = {account.email: _member(account) for account in ACCOUNTS}
    with people.factories.writing():
        families = set(Person.objects.values_list("family_name", flat=True))
    # Shorter names are parts of other words.
    families = {name for name in families if len(name) > SHORT}
    world = World(members, tuple(sorted(chain(families, (account.full_name for account in ACCOUNTS)))))
    _records(world)
    _accounts(world)
    return world


def _member(account: DemoAccount) -> Member:
    user = User.objects.get(email=account.email)
    return Member(user, Organisation.objects.get(code=account.organisation), account.totp_secret)


def _records(world: World) -> None:
    """Tasks of every urgency on a case; another that was closed and whose reopening is asked for."""
    champion = world.members["champion@cardiff.example"]
    worker = world.members["caseworker@cardiff.example"]
    today = clock.today()
    with acting(worker.actor) as actor:
        first, second = Case.objects.visible_to(actor).filter(kind=CaseKind.HOUSEHOLD).order_by("sort_title")[:2]
        for title, days in (("Phone them", -9), ("Look at the home", -1), ("Send the letter", 0), ("Visit", 5)):
            due_on = today + dt.timedelta(days=days)
            task = tasks.add_task(actor=actor, case_id=first.pk, title=title, due_on=due_on, today=today)
        tasks.complete_task(actor=actor, task_id=task.pk, version=task.version)
        cases.close_case(actor=actor, case_id=second.pk, version=second.version, today=today)
    with acting(champion.actor) as actor:
        reason = "They came back to the area."
        requests.raise_request(actor=actor, case_id=second.pk, kind=RequestKind.REOPEN_CASE, reason=reason)
    with acting(world.holding(Role.SPONSOR_LEVEL_1).actor) as actor:
        case_id = Licence.objects.visible_to(actor).values_list("case_id", flat=True)[0]
        tasks.add_task(actor=actor, case_id=case_id, title="Name a key contact", due_on=today, today=today)


def _accounts(world: World) -> None:
    """Somebody who asks, somebody vouched for, and somebody invited."""
    council = Organisation.objects.get(code=CARDIFF)
    champion, today = world.members["champion@cardiff.example"], clock.today()
    for name in ("Ana", "Bea", "Cai"):
        access_requests.ask(
            organisation_id=council.pk,
            full_name=f"{name} Newcomer",
            email=people.an_address(),
            operational_need="Works with new households.",
        )
    confirmed = Confirmation(work_account_checked=True, training_confirmed_on=today, knows_where_to_get_help=True)
    with acting(champion.actor) as actor:
        second, third = asked.waiting_for(actor, today=today)[1:3]
        for request in (second, third):
            access_requests.vouch(
                actor=actor, request_id=request.pk, version=request.version, confirmed=confirmed, today=today
            )
    with acting(world.holding(Role.PLATFORM_ADMINISTRATOR).actor) as actor:
        account_creation.create_account(
            actor=actor, request_id=third.pk, version=third.version + 1, role=Role.CASEWORKER, today=today
        )
