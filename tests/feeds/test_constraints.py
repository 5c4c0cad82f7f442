"""What can never be false about what came in and what was made of it: each constraint broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opensponsor.feeds.models import LoadPart, SourceRow
from opensponsor.hosts.models import HostAddress
from tests import factories

DAY = dt.date(2026, 4, 1)


class World:
    """A council with a household, its sponsor and a file of a national body."""

    def __init__(self):
        self.council, self.other = factories.organisation(), factories.organisation()
        self.household = factories.household(self.council, source_key="submission")
        self.sponsor = factories.sponsor(self.council, source_key="gwen parry|LL32AA")
        self.address = factories.address(self.sponsor, source_key="1 castle street|LL32AA")
        self.application = factories.application(self.council, uan="1111")
        self.load = factories.load(self.council)

    def row(self, **fields):
        values = {"feed": "APPLICATIONS", "key": "1111", "line": 2, "raw": {}, "load": self.load}
        return SourceRow.objects.create(owner=self.council, **values | fields)

    def part(self, number):
        return LoadPart.objects.create(load=self.load, owner=self.council, number=number, content=b"x")

    def links(self, *, starts_on=DAY, ends_on=None):
        return factories.sponsorship(self.household, self.sponsor, self.address, starts_on=starts_on, ends_on=ends_on)


@pytest.fixture
def world(db):
    return World()


# What breaks each constraint, and what is close to it and fits.
CASES = {
    "household_once_per_submission": (
        lambda world: factories.household(world.other, source_key="submission"),
        lambda world: [factories.household(world.council, source_key="") for _number in range(2)],
    ),
    "person_once_per_owner": (
        lambda world: [factories.person(world.household, source_key="passport") for _number in range(2)],
        lambda world: [factories.person(world.household, source_key="") for _number in range(2)],
    ),
    "sponsor_once_per_owner": (
        lambda world: factories.sponsor(world.council, source_key="gwen parry|LL32AA"),
        lambda world: factories.sponsor(world.other, source_key="gwen parry|LL32AA"),
    ),
    "host_address_once_per_sponsor": (
        lambda world: factories.address(world.sponsor, source_key="1 castle street|LL32AA"),
        lambda world: factories.address(factories.sponsor(world.council), source_key="1 castle street|LL32AA"),
    ),
    "sponsorship_once_at_a_time": (
        lambda world: [world.links() for _number in range(2)],
        lambda world: [world.links(ends_on=DAY), world.links()],
    ),
    "sponsorship_ends_after_it_starts": (
        lambda world: world.links(ends_on=DAY - dt.timedelta(days=1)),
        lambda world: world.links(ends_on=DAY),
    ),
    "application_once": (
        lambda world: factories.application(world.other, uan="1111"),
        lambda world: factories.application(world.council, uan="2222"),
    ),
    "load_of_a_file_once_at_a_time": (
        lambda world: [factories.load(world.council, sha256="a" * 64, status="READ") for _number in range(2)],
        lambda world: [factories.load(world.council, sha256="a" * 64, status="LOADED") for _number in range(2)],
    ),
    "load_approved_by_another": (
        lambda world: factories.load(world.council, brought_by=(user := factories.user()), approved_by=user),
        lambda world: factories.load(world.council, brought_by=factories.user(), approved_by=factories.user()),
    ),
    "load_part_once": (
        lambda world: [world.part(0), world.part(0)],
        lambda world: [world.part(0), world.part(1)],
    ),
    "source_row_once": (
        lambda world: [world.row(), world.row()],
        lambda world: [world.row(), world.row(feed="OFFERS")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_it_is_refused_by_the_database(world, name):
    breaks, fits = CASES[name]
    with factories.writing(), transaction.atomic():
        fits(world)
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError, match=name), factories.writing():
        breaks(world)


def test_an_address_without_a_key_may_be_there_twice(world):
    for _number in range(2):
        factories.address(world.sponsor, source_key="")
    with factories.writing():
        assert HostAddress.objects.filter(source_key="").count() == 2
