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

    OPEN = frozenset({200, 204, 302, 409, 410, 429})
    CLOSED = frozenset({404, 405})
    # Seen, but not done: the page says why, and nothing changes.
    TOLD_NO = frozenset({200, 302, 404, 409})
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
    places = {place for scope in ("works_on", "sees", "people_of") for place in TABLE[scope].get(who.place, [])}
    places |= {place for scope in ("decides_for", "manages_people_of") for place in TABLE[scope].get(who.place, [])}
    near = (replace(thing, place=place, user_id=who.user_id) for place in places | {thing.place})
    return any(answer(page, method, who, one) is not Answer.CLOSED for one in near)


def answer(page: str, method: str, who: Who, thing: Thing = NOTHING) -> Answer:
    """What the table says about this request."""
    row = PAGES[page]
    if row.get("to") == "anybody":
        return Answer.OPEN if method in row or not METHODS & set(row) else Answer.CLOSED
    if not who.role:
        return Answer.OPEN if row.get("to") == "halfway" and who.place == "HALFWAY" else Answer.SIGN_IN
    if row.get("to") == "halfway":
        return Answer.OPEN
    if method not in row:
        # A page that is only read answers a form as if it were opened, or refuses it.
        return _answer(row, "get", who, thing) if method == "post" and "get" in row else Answer.CLOSED
    return _answer(row, method, who, thing)


def _answer(row: dict[str, Any], method: str, who: Who, thing: Thing) -> Answer:
    if row.get("proof"):
        return Answer.TOLD_NO
    if row[method] and who.role not in TABLE["acts"].get(row[method], []):
        return Answer.CLOSED
    if thing is NOTHING or thing.place == EVERYWHERE:
        return Answer.OPEN
    if row.get("of") == "me":
        return Answer.OPEN if thing.user_id == who.user_id else Answer.CLOSED
    return _of_record(row, method, who, thing)


def _of_record(row: dict[str, Any], method: str, who: Who, thing: Thing) -> Answer:
    if row.get("kind", thing.kind) != thing.kind:
        return Answer.CLOSED
    if thing.kind != PEOPLE and not row.get("whatever_kind") and who.role not in TABLE["kinds"][thing.kind]:
        return Answer.CLOSED
    scope = row.get("scope", "works_on" if "post" in row else "sees")
    if thing.place not in TABLE[scope].get(who.place, []):
        return Answer.CLOSED
    is_author = row.get("by") != "author" or thing.user_id == who.user_id
    is_told_no = "post" in row and thing.traits & set(TABLE["told_no"].get(who.place, []))
    return Answer.OPEN if is_author and not is_told_no else Answer.TOLD_NO


def may_see(who: Who, place: str, kind: str, data_class: str) -> bool:
    """Whether the table lets somebody see a value of this class on a record of this kind and place."""
    if kind == PEOPLE:
        return _may_see_person(who, place, data_class)
    reads_it = who.role in TABLE["kinds"][kind] or who.role in TABLE["acts"]["read_history"]
    return (
        place in TABLE["sees"].get(who.place, [])
        and reads_it
        and who.role in TABLE["classes"].get(data_class, [who.role])
    )


def _may_see_person(who: Who, place: str, data_class: str) -> bool:
    """Colleagues know each other's names; addresses and requests are for those who look after people."""
    if data_class == COLLEAGUE and place == who.place:
        return True
    looks_after = {*TABLE["acts"]["read_people"], *TABLE["acts"]["report_people"]}
    return who.role in looks_after and place in TABLE["people_of"].get(who.place, [])
