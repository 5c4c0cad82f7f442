"""A word of its own in every field of every record, so that a page that shows the field says so.

Each canary knows whose record it is in and what class of data it is. `Aviary.find` reads them out of a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.db import models

from opensponsor.core.models import data_class_of
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import AccessRequest, User
from tests.architecture.ours import our_models
from tests.permissions import oracle
from tests.permissions.oracle import Thing
from tests.permissions.places import World

WORD = re.compile(r"zq[a-p]{5}", re.IGNORECASE)
DIGITS = re.compile(r"(?<!\d)98\d{8}(?!\d)")
# Fields that steer the program, where a canary would break it, and those that are nobody's secret on a record.
LEFT_ALONE = {
    ("people.Person", "search_name"),
    ("cases.Case", "sort_title"),
    ("cases.Case", "reference"),
}
# What PostgreSQL copies from the records themselves.
COPIES = {"audit", "saved_views"}
ONLY_DIGITS = {("people.Person", "nhs_number")}


@dataclass(frozen=True, slots=True)
class Canary:
    """Where it was put: place and kind of the record (as in the oracle), its field and the class of data."""

    place: str
    kind: str
    field: str
    data_class: str

    def __str__(self) -> str:
        return f"{self.field} ({self.data_class}) of {self.place}"


class Aviary:
    """All canaries that were put out."""

    def __init__(self) -> None:
        self._canaries: dict[str, Canary] = {}
        self._numbers = count(1)

    def release(self, canary: Canary, is_digits: bool = False) -> str:
        """A new word for this field."""
        number = next(self._numbers)
        word = (
            f"98{number:08d}" if is_digits else "Zq" + "".join("abcdefghijklmnop"[int(c, 16)] for c in f"{number:05x}")
        )
        self._canaries[word.lower()] = canary
        return word

    def find(self, text: str) -> set[Canary]:
        """The canaries that a text holds."""
        words = {found.lower() for found in WORD.findall(text)} | set(DIGITS.findall(text))
        return {self._canaries[word] for word in words if word in self._canaries}

    def __len__(self) -> int:
        return len(self._canaries)


def put_out(world: World) -> Aviary:
    """Put a canary into every text of every record that hangs on a case, or will when there is a household."""
    aviary = Aviary()
    cases = {thing.parts["case_id"]: thing for what in ("case", "closed") for thing in world.things[what]}
    cases |= {thing.parts["application_id"]: thing for thing in world.things["given_application"]}
    with as_system("canaries"):
        for model in our_models():
            for row, case_id in _rows(model):
                values = dict(_values(aviary, model, row, cases[case_id]))
                if values:
                    model._default_manager.filter(pk=row.pk).update(**values)
        _people(aviary, world)
    return aviary


def _people(aviary: Aviary, world: World) -> None:
    """Into the names and addresses of people who work somewhere, and of those who ask to."""
    for thing in (*world.things["member"], *world.things["invited"], *world.things["suspended"]):
        name = aviary.release(Canary(thing.place, oracle.PEOPLE, "User.full_name", oracle.COLLEAGUE))
        email = aviary.release(Canary(thing.place, oracle.PEOPLE, "User.email", "ACCOUNT"))
        User.objects.filter(pk=thing.parts["user_id"]).update(full_name=name, email=f"{email}@example.test".lower())
    for thing in (*world.things["access_request"], *world.things["vouched_request"]):
        fields = ("full_name", "email", "operational_need")
        words = {
            name: aviary.release(Canary(thing.place, oracle.PEOPLE, f"AccessRequest.{name}", "ACCOUNT"))
            for name in fields
        }
        words["email"] = f"{words['email']}@example.test".lower()
        AccessRequest.objects.filter(pk=thing.parts["request_id"]).update(**words)


def _rows(model: type[models.Model]) -> Iterator[tuple[models.Model, UUID]]:
    """The rows that hang on a case, with the id of the case; an application without one, with its own."""
    names = {field.attname for field in model._meta.concrete_fields}
    if model._meta.label == "cases.Case":
        yield from ((row, row.pk) for row in model._default_manager.all())
    elif {"case_id", "owner_id"} <= names and model._meta.app_label not in COPIES:
        yield from ((row, row.case_id or row.pk) for row in model._default_manager.all())


def _values(aviary: Aviary, model: type[models.Model], row: models.Model, case: Thing) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        key = (model._meta.label, field.name)
        if not isinstance(field, models.CharField | models.TextField) or field.choices or key in LEFT_ALONE:
            continue
        canary = Canary(case.place, case.kind, f"{model._meta.label}.{field.name}", data_class_of(model, field.name))
        word = aviary.release(canary, key in ONLY_DIGITS)
        yield field.name, f"{word}@example.test" if isinstance(field, models.EmailField) else word
