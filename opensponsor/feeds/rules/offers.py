"""An expression of interest as the public form sends it: somebody offers a home.

Numbers and answers come as texts, days as `{"1": year, "2": month, "3": day}`, and some answers are always the same.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from opensponsor.feeds.codes import Reason
from opensponsor.feeds.rules.fields import Fields, Problem, postcode_at_end, split_name
from opensponsor.hosts.states import FamilyType, StepFree

KEY = "reference"
_TYPE = "eoi-v2"
# What the form writes where nothing was asked; never a value.
_NOT_ASKED = frozenset({"not asked"})
# What it writes into the address of the property when that is the home.
_HOME = "same as main residence"
_FAMILIES = {
    "single_adult": FamilyType.SINGLE_ADULT.value,
    "more_than_one_adult": FamilyType.SEVERAL_ADULTS.value,
    "adults_with_children": FamilyType.WITH_CHILDREN.value,
    "no_preference": FamilyType.NO_PREFERENCE.value,
}
_STEP_FREE = {step_free.value.lower(): step_free.value for step_free in StepFree}
_HOME_LINES = ("residential_line_1", "residential_line_2", "residential_town")
_PROPERTY_LINES = ("property_one_line_1", "property_one_line_2", "property_one_town")
_REFERENCE, _NAME, _PHONE, _ADDRESS = 20, 200, 40, 400
_MOST_ROOMS, _MOST_VERSIONS = 99, 999


class OfferRow(NamedTuple):
    """One offer, checked and in our words; in the order of the columns of the staging table."""

    reference: str
    version: int
    created_at: dt.datetime | None
    given_names: str
    family_name: str
    email: str
    phone: str
    home_address: str
    home_postcode: str
    property_address: str
    property_postcode: str
    is_sponsors_home: bool | None
    single_rooms: int | None
    double_rooms: int | None
    family_type: str
    step_free: str
    allows_pets: bool | None
    available_from: dt.date | None


def read(values: Mapping[str, Any]) -> tuple[OfferRow, list[Problem]]:
    """The offer, and what is wrong with it: only a row without problems may be taken."""
    fields = Fields(values, not_given=_NOT_ASKED)
    kind = fields.first("type")[1]
    if kind not in ("", _TYPE):
        fields.refuse("type", Reason.WRONG_TYPE, kind)
    created_at = fields.moment("created_at")
    given, family = _name(fields)
    home = _address(fields, _HOME_LINES), postcode_at_end(fields.first("residential_postcode")[1])
    is_home, place = _property(fields, home)
    row = OfferRow(
        reference=_reference(fields),
        version=fields.number("version", most=_MOST_VERSIONS) or 0,
        created_at=created_at,
        given_names=given,
        family_name=family,
        email=fields.email("email"),
        phone=fields.text("phone_number", longest=_PHONE),
        home_address=home[0],
        home_postcode=home[1],
        property_address=place[0],
        property_postcode=place[1],
        is_sponsors_home=is_home,
        single_rooms=fields.number("single_room_count", most=_MOST_ROOMS),
        double_rooms=fields.number("double_room_count", most=_MOST_ROOMS),
        family_type=fields.choice("family_type", _FAMILIES),
        step_free=fields.choice("step_free", _STEP_FREE),
        allows_pets=fields.yes_no("allow_pet"),
        available_from=_available_from(fields, created_at),
    )
    return row, fields.problems


def _reference(fields: Fields) -> str:
    text = fields.first(KEY)[1].upper()
    if not text:
        fields.refuse(KEY, Reason.MISSING_KEY)
    elif len(text) > _REFERENCE or not (text.isascii() and text.replace("-", "").isalnum()):
        fields.refuse(KEY, Reason.INVALID_KEY, text)
    return text


def _name(fields: Fields) -> tuple[str, str]:
    parts = split_name(fields.first("fullname")[1])
    if max(map(len, parts)) > _NAME:
        fields.refuse("fullname", Reason.TOO_LONG, " ".join(parts))
    return parts


def _address(fields: Fields, lines: tuple[str, ...]) -> str:
    text = ", ".join(line for line in (fields.first(name)[1] for name in lines) if line)
    if len(text) > _ADDRESS:
        fields.refuse(lines[0], Reason.TOO_LONG, text)
    return text


def _property(fields: Fields, home: tuple[str, str]) -> tuple[bool | None, tuple[str, str]]:
    """Whether the home itself is offered, and address and postcode of what is offered: never the form's literal."""
    is_other = fields.yes_no("different_address")
    lines = {fields.first(name)[1].casefold() for name in _PROPERTY_LINES}
    if _HOME in lines or is_other is False:
        return True, home
    place = _address(fields, _PROPERTY_LINES), postcode_at_end(fields.first("property_one_postcode")[1])
    return (False if is_other or any(place) else None), place


def _available_from(fields: Fields, created_at: dt.datetime | None) -> dt.date | None:
    """The day the host names; the day of the offer if they can start as soon as possible."""
    name = "hosting_start_date"
    value = fields.values.get(name)
    as_soon_as_possible = fields.yes_no("host_as_soon_as_possible")
    if isinstance(value, Mapping):
        return _day(fields, name, value)
    if value:
        return fields.date(name)
    return created_at.date() if as_soon_as_possible and created_at else None


def _day(fields: Fields, name: str, parts: Mapping[str, Any]) -> dt.date | None:
    """A day of which the form sends year, month and day apart."""
    year, month, day = (str(parts.get(part) or "").strip() for part in "123")
    if not (year or month or day):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        fields.refuse(name, Reason.INVALID_DATE, f"{year}-{month}-{day}")
        return None
