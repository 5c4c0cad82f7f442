"""What can never be false of what came with a feed: each constraint broken once with the ORM alone."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opensponsor.feeds.models import Load, LoadPart
from opensponsor.hosts.models import Sponsorship
from tests import factories

DAY = dt.date(2026, 4, 1)
LATER = dt.date(2026, 5, 1)


class World:
    """A council with a household, its sponsor, address and application, and a file that was brought."""

    def __init__(self):
        self.council = factories.organisation()
        self.household = factories.household(self.council, source_key="S1", lead_source_key="P1")
        self.sponsor = factories.sponsor(self.council, source_key="gwen|CF101AA")
        self.address = factories.address(self.sponsor, source_key="1 castle street|CF101AA")
        self.sponsorship = factories.sponsorship(self.household, self.sponsor, self.address)
        self.application = factories.application(self.council, self.household)
        self.user = factories.user()
        self.load = factories.load(self.council, status="READ", brought_by=self.user)
        self.row = factories.source_row(self.application, self.load, {})

    def part(self):
        return LoadPart.objects.create(load=self.load, owner=self.council, number=0, content=b"x")


BREAKS = {
    "household_once_per_submission": lambda w: factories.household(factories.organisation(), source_key="S1"),
    "person_once_per_owner": lambda w: factories.person(w.household, source_key="P1"),
    "sponsor_once_per_owner": lambda w: factories.sponsor(w.council, source_key="gwen|CF101AA"),
    "host_address_once_per_sponsor": lambda w: factories.address(w.sponsor, source_key="1 castle street|CF101AA"),
    "sponsorship_once_at_a_time": lambda w: factories.sponsorship(w.household, w.sponsor, w.address),
    "sponsorship_ends_after_it_starts": lambda w: Sponsorship.objects.update(starts_on=LATER, ends_on=DAY),
    "application_once": lambda w: factories.application(w.council, uan=w.application.uan),
    "load_of_a_file_once_at_a_time": lambda w: factories.load(w.council, status="HELD", sha256=w.load.sha256),
    "load_approved_by_another": lambda w: Load.objects.update(approved_by=w.user),
    "load_part_once": lambda w: (w.part(), w.part()),
    "source_row_once": lambda w: factories.source_row(w.application, w.load, {}),
}


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize("name", BREAKS)
def test_what_can_never_be_false(world, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), factories.writing():
        BREAKS[name](world)
    assert refused.value.__cause__.diag.constraint_name == name


# The other side: what was made by hand has no key, what has ended does not stand in the way, another owner may have
# the same person and sponsor.
ALLOWED = {
    "people and households made by hand": lambda w: (
        factories.person(w.household),
        factories.person(w.household),
        factories.household(w.council),
        factories.household(w.council),
    ),
    "the same sponsor and person elsewhere": lambda w: (
        factories.sponsor(factories.organisation(), source_key="gwen|CF101AA"),
        factories.household(factories.organisation(), lead_source_key="P1"),
    ),
    "sponsored again after it ended": lambda w: (
        Sponsorship.objects.update(ends_on=LATER),
        factories.sponsorship(w.household, w.sponsor, w.address),
    ),
    "the same file again after it was loaded": lambda w: (
        Load.objects.update(status="LOADED"),
        factories.load(w.council, status="READ", sha256=w.load.sha256),
    ),
    "approved by somebody else": lambda w: Load.objects.update(approved_by=factories.user()),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_the_constraints_allow(world, what):
    with factories.writing():
        ALLOWED[what](world)
