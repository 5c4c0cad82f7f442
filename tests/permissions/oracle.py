"""Reading `oracle.toml`: what the answer to a request has to be."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("oracle.toml").read_text(encoding="utf-8"))
PAGES: dict[str, dict[str, Any]] = TABLE["page"]
PEOPLE = "PEOPLE"
COLLEAGUE = "COLLEAGUE"
METHODS = {"get", "post"}
# Records that belong to nobody, such as the pages of a flow.
EVERYWHERE = ""


class Answer(Enum):
    """What a request has to meet. The statuses that count as it."""

    OPEN = frozenset({200, 204, 302, 409})
    CLOSED = frozenset({404, 405})
    # Seen, but not done: the page says why, and nothing changes.
    TOLD_NO = frozenset({200, 302, 403, 404, 409, 410, 429})
    # Nothing to look at: an address for forms only leads back to a page or says so.
    FOR_FORMS = frozenset({302, 404, 405})
    SIGN_IN = frozenset({302})


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who asks: a role at a place. No role is somebody who is not signed in, or only half."""

    place: str
    role: str
    user_id: int = 0

    def __str__(self) -> str:
        return f"{self.role}@{self.place}" if self.role else self.place


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that an address can name: its place, its kind and the parts of the address.

    `traits` are what the rules distinguish: INDIVIDUAL for a household with a sponsor of its own. `user_id` is the
    author of a note or the person whose row it is.
    """

    what: str
    place: str
    parts: Mapping[str, Any] = field(hash=False)
    kind: str = ""
    traits: frozenset[str] = frozenset()
    user_id: int = 0

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {' '.join(self.traits)} of {self.place or 'nobody'}"


NOTHING = Thing("", EVERYWHERE, {})


def is_about_scope(page: str, method: str, who: Who, thing: Thing) -> bool:
    """Whether it is the place of the record alone that closes the page: here the two layers do their work."""
    if thing is NOTHING or answer(page, method, who, thing) is not Answer.CLOSED:
        return False
    manages = PAGES[page].get("scope") == "manages_people_of"
    if manages and method == "get" and thing.place in TABLE["people_of"].get(who.place, []):
        return False  # seen anyway, and only managed by others
    places = {place for scope in ("works_on", "sees", "people_of") for place in TABLE[scope].get(who.place, [])}
    scopes = ("decides_for", "manages_people_of", "brings", "places")
    places |= {place for scope in scopes for place in TABLE[scope].get(who.place, [])}
    near = (replace(thing, place=place, user_id=who.user_id) for place in places | {thing.place})
    return any(answer(page, method, who, one) is not Answer.CLOSED for one in near)


def answer(page: str, method: str, who: Who, thing: Thing = NOTHING) -> Answer:
    """What the table says about this request."""
    row = PAGES[page]
    if not who.role and row.get("to") != "anybody" and (row.get("to"), who.place) != ("halfway", "HALFWAY"):
        return Answer.SIGN_IN
    if row.get("proof"):
        return Answer.TOLD_NO
    if method == "get" and "post" in row and "get" not in row:
        return Answer.FOR_FORMS
    if "to" in row:
        return Answer.OPEN if method in row or not METHODS & set(row) else Answer.CLOSED
    if method not in row:
        # A page that is only read answers a form as if it were opened, or refuses it.
        return _answer(row, "get", who, thing)
    return _answer(row, method, who, thing)


def _answer(row: dict[str, Any], method: str, who: Who, thing: Thing) -> Answer:
    if row[method] and not _does(who, row[method]):
        return Answer.CLOSED
    if thing is NOTHING or thing.place == EVERYWHERE:
        return Answer.OPEN
    if row.get("of") == "me":
        return Answer.OPEN if thing.user_id == who.user_id else Answer.CLOSED
    return _of_record(row, method, who, thing)


def _of_record(row: dict[str, Any], method: str, who: Who, thing: Thing) -> Answer:
    scope = row.get("scope", "works_on" if "post" in row else "sees")
    if thing.place not in TABLE[scope].get(who.place, []):
        return Answer.CLOSED
    if "post" in row and thing.traits & set(TABLE["told_no"].get(who.place, [])):
        return Answer.TOLD_NO
    if row.get("kind", thing.kind) != thing.kind:
        return Answer.CLOSED
    if thing.kind != PEOPLE and not row.get("whatever_kind") and not _is_among(who, TABLE["kinds"][thing.kind]):
        return Answer.CLOSED
    is_author = row.get("by") != "author" or thing.user_id == who.user_id
    return Answer.OPEN if is_author else Answer.TOLD_NO


def _does(who: Who, act: str) -> bool:
    """Whether the table gives an act to somebody."""
    roles = TABLE["acts"].get(act, [])
    if who.role == "DATA_CHAMPION" and act in TABLE["champion_everywhere"]["acts"]:
        return who.role in roles
    return _is_among(who, roles)


def _is_among(who: Who, roles: list[str]) -> bool:
    """Whether somebody is meant by a list of roles; a champion of some bodies only where their officers are too."""
    works_as = TABLE["champion_works_as"].get(who.place, who.role) if who.role == "DATA_CHAMPION" else who.role
    return who.role in roles and works_as in roles


def may_see(who: Who, place: str, kind: str, data_class: str) -> bool:
    """Whether the table lets somebody see a value of this class on a record of this kind and place."""
    if kind == PEOPLE:
        return _may_see_person(who, place, data_class)
    reads_it = _is_among(who, TABLE["kinds"][kind]) or _does(who, "read_history")
    is_for_all = data_class not in TABLE["classes"]
    sees_class = is_for_all or _is_among(who, TABLE["classes"][data_class])
    return place in TABLE["sees"].get(who.place, []) and reads_it and sees_class


def _may_see_person(who: Who, place: str, data_class: str) -> bool:
    """Colleagues know each other's names; addresses and requests are for those who look after people."""
    if data_class == COLLEAGUE and place == who.place:
        return True
    looks_after = {*TABLE["acts"]["read_people"], *TABLE["acts"]["report_people"]}
    return who.role in looks_after and place in TABLE["people_of"].get(who.place, [])
