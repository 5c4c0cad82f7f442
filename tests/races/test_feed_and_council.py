"""A feed is loaded while a council works: what the council saved, and was told that it is saved, is still there."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

import pytest
from django.db import connections

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, Refused
from opensponsor.core.rowsecurity import acting
from opensponsor.feeds.services import loads
from opensponsor.identity.models import Organisation
from opensponsor.people.models import Person
from opensponsor.people.services import change_person
from opensponsor.visas import feed_rows
from opensponsor.visas.models import Application
from opensponsor.visas.services.placing import assign_waiting
from opensponsor.visas.waiting import Queue
from tests import factories
from tests.feeds import flow
from tests.races.crowd import at_once

ROUNDS = 12
PHONE = "Q43a_preferred_contact_number"
# An application that no council is named in, and of which no household comes until a visa is granted.
NOWHERE = {"ltla_name": "Nowhere", "mapping_postcode": "", "country": "Wales", "visa_status": "Pending"}


def _started(number: int, **fields: str) -> partial[None]:
    newer = {"application_event_datetime": f"2026-06-{number + 1:02d} 10:00:00", PHONE: f"0770090{number:04d}"}
    load = flow.bring(flow.table([flow.row(1, **newer | fields)]))
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


def _given(actor: Actor, application: Application, council: Organisation) -> bool:
    try:
        with acting(actor):
            chosen = {application.pk: application.version}
            assign_waiting(actor=actor, queue=Queue.APPLICATIONS, versions=chosen, council_id=council.pk)
    except Refused:
        return False
    return True


@pytest.mark.committed
@pytest.mark.rule("CMS-007", "FEED-010")
def test_an_application_that_is_given_to_a_council_while_a_feed_is_loaded_stays_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody gives it away when the feed has read it and not written it yet."""
    country = flow.make_country()
    flow.load(flow.table([flow.row(1, **NOWHERE)]))
    run = _started(1, **NOWHERE)
    with factories.writing():
        application = Application.objects.get()
    assert application.owner_id == country.nobody_wales.pk
    actor = flow.loader(country.wales)
    write = feed_rows.load_applications

    def give() -> bool:
        try:
            return _given(actor, application, country.cardiff)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        answers: list[Future[bool]] = []

        def meanwhile() -> None:
            answers.append(pool.submit(give))
            wait(answers, timeout=0.5)
            write()

        monkeypatch.setattr(feed_rows, "load_applications", meanwhile)
        run()
        given = answers[0].result(timeout=20)
    with factories.writing():
        application.refresh_from_db()
    assert application.event_at.month == 6
    assert application.owner_id == (country.cardiff if given else country.nobody_wales).pk


@pytest.mark.committed
def test_what_is_given_to_a_council_when_a_feed_comes_stands_whoever_is_first() -> None:
    country = flow.make_country()
    actor, given = flow.loader(country.wales), []
    for number in range(ROUNDS):
        row = NOWHERE | {"application_unique_application_number": f"{number}", "submission_guid": f"{number}"}
        flow.load(flow.table([flow.row(1, **row)]))
        run = _started(number, **row)
        with factories.writing():
            application = Application.objects.get(uan=str(number))
        [_, one] = at_once([run, partial(_given, actor, application, country.cardiff)])
        with factories.writing():
            application.refresh_from_db()
        assert application.owner_id == (country.cardiff if one else country.nobody_wales).pk
        given.append(one)
    assert any(given)
