"""Asking an address as somebody about something, in a transaction that is taken back, and comparing with the oracle."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.architecture.ours import addresses
from tests.permissions import oracle
from tests.permissions.canaries import Aviary
from tests.permissions.filling import form_for
from tests.permissions.headers import faults_of
from tests.permissions.oracle import NOTHING, PAGES, Answer, Thing, Who
from tests.permissions.places import ANONYMOUS, HALFWAY, World
from tests.permissions.sessions import browser_of

METHODS = ("get", "post")
# Browsers keep titles and addresses, and show them to whoever stands behind.
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
ADDRESSES = addresses()


@dataclass(frozen=True, slots=True)
class Probe:
    """One question of the matrix."""

    page: str
    method: str
    who: Who
    thing: Thing

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.page} by {self.who} about {self.thing}"


@dataclass
class Outcome:
    """What came of many probes."""

    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        """Everything that should not have happened."""
        return self.leaks + self.writes + self.wrong + self.headers

    @property
    def count(self) -> int:
        """How many probes there were."""
        return sum(self.asked.values())


# What a request may leave behind although nothing was to change: lines about who looked.
_STATE = """
SELECT (SELECT coalesce(max(id), 0) FROM audit_event WHERE kind <> 'ACCESS'),
  (SELECT count(*) FROM identity_draft), (SELECT count(*) FROM saved_views_savedview),
  (SELECT count(*) FROM saved_views_export), (SELECT count(*) FROM procrastinate_jobs),
  (SELECT sum(hashtext(data::text)) FROM mfa_authenticator), (SELECT count(*) FROM django_session)
"""


class Prober:
    """Asks as everybody."""

    def __init__(self, world: World, aviary: Aviary) -> None:
        self.world = world
        self.aviary = aviary
        self.outcome = Outcome()
        self.judges_statuses_of: Callable[[Probe], bool] = lambda probe: True
        self._fields: dict[tuple[str, Thing], dict[str, str]] = {}
        self._browsers = {who: self._browser(who) for who in (ANONYMOUS, HALFWAY, *world.users)}
        self._state = _state()

    def probes(self) -> Iterator[Probe]:
        """Every question: each address, method, person and thing."""
        for page in ADDRESSES:
            yield from self.probes_of(page)

    def probes_of(self, page: str) -> Iterator[Probe]:
        """Every question about one address."""
        for method in METHODS:
            for who in (ANONYMOUS, HALFWAY, *self.world.users):
                for thing in self.things_of(page, who):
                    yield Probe(page, method, who, thing)

    def things_of(self, page: str, who: Who) -> list[Thing]:
        """What the address can name; for somebody who is not in, one of them will do."""
        what = PAGES[page].get("record")
        things = self.world.things[what] if what else [NOTHING]
        return things if who.role else things[:1]

    def ask(self, probe: Probe) -> None:
        """Ask, and note whatever differs from the oracle."""
        expected = oracle.answer(probe.page, probe.method, probe.who, probe.thing)
        data = self.fields(probe.page, probe.thing) if probe.method == "post" else {}
        response, changed = self._request(probe, data)
        self.outcome.asked[expected.name] += 1
        self._judge(probe, expected, response, changed)

    def fields(self, page: str, thing: Thing) -> dict[str, str]:
        """What somebody who may send the form would send."""
        key = (page, thing)
        if key not in self._fields:
            picked = {"pick": f"{thing.parts['case_id']}:1", "assignee": "0"} if PAGES[page].get("picks") else {}
            self._fields[key] = self._filled_in(page, thing) | picked | PAGES[page].get("fields", {})
        return self._fields[key]

    def _filled_in(self, page: str, thing: Thing) -> dict[str, str]:
        """The form of the page as somebody sees it who may open it; where it leads to a second one, that."""
        may = (who for who in self.world.users if oracle.answer(page, "get", who, thing) is Answer.OPEN)
        who = next(may, None) if "get" in PAGES[page] else None
        if who is None:
            return {"version": "1"}
        fields = self._form(Probe(page, "get", who, thing), {})
        second = self._form(Probe(page, "post", who, thing), fields) if fields else {}
        return second if second.keys() - fields.keys() else fields

    def _form(self, probe: Probe, data: dict[str, str]) -> dict[str, str]:
        response, _ = self._request(probe, data)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            return {}
        return form_for(response.content.decode(), path_of(probe))

    def _request(self, probe: Probe, data: dict[str, str]) -> tuple[HttpResponse, bool]:
        browser = self._browsers[probe.who]
        cookies = copy(browser.cookies)
        with transaction.atomic():
            response: Any = getattr(browser, probe.method)(path_of(probe), data)
            changed = _state() != self._state
            transaction.set_rollback(True)
        # Sessions are kept outside the transaction: somebody signed out is signed in anew for the next question.
        is_signed_out = session_of(browser.cookies) != session_of(cookies)
        browser.cookies = cookies
        if is_signed_out:
            self._browsers[probe.who] = self._browser(probe.who)
            self._state = _state()
        return response, changed

    def _browser(self, who: Who) -> Client:
        user = next(iter(self.world.users.values())) if who == HALFWAY else self.world.users.get(who)
        return browser_of(user, is_halfway=who == HALFWAY)

    def _judge(self, probe: Probe, expected: Answer, response: HttpResponse, changed: bool) -> None:
        out = self.outcome
        # A page that is only read may refuse a form by its method.
        is_only_read = probe.method == "post" and response.status_code == 405 and "post" not in PAGES[probe.page]
        is_judged = self.judges_statuses_of(probe) and not is_only_read
        if response.status_code not in expected.value and is_judged:
            leads = f" to {response['Location']}" if "Location" in response else ""
            out.wrong.append(f"{probe}: {response.status_code}{leads}, not {expected.name}")
        if changed and expected is Answer.OPEN and probe.method == "post":
            out.accepted.add(probe.page)
        elif changed:
            out.writes.append(f"{probe}: something changed")
        out.headers += [f"{probe}: {fault}" for fault in faults_of(response, is_signed_in=bool(probe.who.role))]
        self._look_for_canaries(probe, response)

    def _look_for_canaries(self, probe: Probe, response: HttpResponse) -> None:
        address = response.get("Location", "")
        text = response.content.decode(errors="replace")
        for canary in self.aviary.find(f"{address} {text}"):
            if not oracle.may_see(probe.who, canary.place, canary.kind, canary.data_class):
                self.outcome.leaks.append(f"{probe}: shows {canary}")
        for where, part in (("an address", address), ("the title of a page", "".join(TITLE.findall(text)))):
            self.outcome.leaks += [f"{probe}: {canary} stands in {where}" for canary in self.aviary.find(part)]


def session_of(cookies: SimpleCookie) -> str:
    """The key of the session that a browser holds."""
    held = cookies.get(settings.SESSION_COOKIE_NAME)
    return held.value if held else ""


def path_of(probe: Probe) -> str:
    """The address that is asked."""
    route, _ = ADDRESSES[probe.page]
    parts = {**probe.thing.parts, **PAGES[probe.page].get("parts", {})}
    return reverse(probe.page, kwargs={name: value for name, value in parts.items() if name in route})


def _state() -> tuple[int, ...]:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL ROLE app_ingest")
        cursor.execute(_STATE)
        return cursor.fetchone()
