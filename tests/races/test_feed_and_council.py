"""A feed is loaded while a council works: what the council saved, and was told that it is saved, is still there."""

from functools import partial

import pytest

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict
from opensponsor.core.rowsecurity import acting
from opensponsor.feeds.services import loads
from opensponsor.people.models import Person
from opensponsor.people.services import change_person
from tests import factories
from tests.feeds import flow
from tests.races.crowd import at_once

ROUNDS = 12
PHONE = "Q43a_preferred_contact_number"


def _started(number: int) -> partial[None]:
    newer = {"application_event_datetime": f"2026-06-{number + 1:02d} 10:00:00", PHONE: f"0770090{number:04d}"}
    load = flow.bring(flow.table([flow.row(1, **newer)]))
    with acting(flow.job()) as actor:
        loads.start(actor=actor, load_id=load.pk, version=load.version)
    return partial(loads.run, load.pk)


def _saved(actor: Actor, person: Person, phone: str) -> bool:
    try:
        with acting(actor):
            change_person(actor=actor, person_id=person.pk, version=person.version, phone=phone)
    except Conflict:
        return False
    return True


@pytest.mark.committed
@pytest.mark.rule("FEED-010")
def test_what_a_council_saves_while_a_feed_is_loaded_stands() -> None:
    country = flow.make_country()
    flow.load(flow.table([flow.row(1, **{PHONE: "07700900999"})]))
    actor = factories.actor(country.york)
    expected = None
    for number in range(ROUNDS):
        run = _started(number)
        with factories.writing():
            person = Person.objects.get()
        phone = f"0780090{number:04d}"
        [_, saved] = at_once([run, partial(_saved, actor, person, phone)])
        expected = phone if saved else expected
        with factories.writing():
            person = Person.objects.get()
        assert person.fed["phone"] == f"0770090{number:04d}"
        assert person.phone == (expected or person.fed["phone"])
    assert expected
