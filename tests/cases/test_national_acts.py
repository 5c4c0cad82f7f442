"""What only the national team does for a council that asks: an old address goes, somebody who has died is inactive."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection

from opensponsor.audit.models import Event
from opensponsor.cases import queries
from opensponsor.cases.models import Case
from opensponsor.cases.services import requests
from opensponsor.cases.states import RequestKind
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.hosts import queries as hosts_queries
from opensponsor.hosts import services as hosts
from opensponsor.hosts.models import HostAddress, Sponsorship
from opensponsor.people import services as people
from opensponsor.people.models import Person
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]
TODAY = dt.date(2026, 5, 4)
YES: dict[str, Any] = {"version": 1, "approve": True, "reason": "", "today": TODAY}


@pytest.fixture
def address(world: World) -> HostAddress:
    return factories.address(factories.sponsor(world.ours))


@pytest.mark.rule("ORG-035")
def test_an_old_address_goes_only_by_the_national_team(world: World, address: HostAddress, acting_as: ActingAs) -> None:
    caseworker, champion = world.actor(world.caseworker), world.actor(world.champion)
    administrator = world.actor(world.administrator)
    ask: dict[str, Any] = {"address_id": address.pk, "reason": "Recorded again", "today": TODAY}
    with acting_as(caseworker), pytest.raises(NotVisible):
        hosts.ask_to_remove_address(actor=caseworker, **ask)
    with acting_as(champion):
        hosts.ask_to_remove_address(actor=champion, **ask)
        with pytest.raises(Refused, match="already been asked"):
            hosts.ask_to_remove_address(actor=champion, **ask)
        asked = queries.open_request_of(champion, address.case_id, RequestKind.REMOVE_ADDRESS, address.pk)
        assert asked is not None
        with pytest.raises(NotVisible):
            hosts.decide_removal(actor=champion, request_id=asked.pk, **YES)
        assert len(hosts_queries.addresses_of(champion, address.case_id)) == 1
    with acting_as(administrator):
        hosts.decide_removal(actor=administrator, request_id=asked.pk, **YES)
    with acting_as(champion):
        assert hosts_queries.addresses_of(champion, address.case_id) == []
        with pytest.raises(Refused, match="removed already"):
            hosts.ask_to_remove_address(actor=champion, **ask)
        assert Event.objects.filter(code="sponsor.address_removed", case_id=address.case_id).exists()


@pytest.mark.rule("ORG-035")
def test_an_address_where_somebody_lives_stays(world: World, address: HostAddress, acting_as: ActingAs) -> None:
    champion, administrator = world.actor(world.champion), world.actor(world.administrator)
    ask: dict[str, Any] = {"address_id": address.pk, "reason": "Recorded again", "today": TODAY}
    sponsorship = factories.sponsorship(
        world.case.household, address.sponsor, address, starts_on=TODAY - dt.timedelta(days=9)
    )
    with acting_as(champion), pytest.raises(Refused, match="linked to this address"):
        hosts.ask_to_remove_address(actor=champion, **ask)
    with factories.writing():
        Sponsorship.objects.filter(pk=sponsorship.pk).update(ends_on=TODAY)
    with acting_as(champion):
        hosts.ask_to_remove_address(actor=champion, **ask)
        asked = queries.open_request_of(champion, address.case_id, RequestKind.REMOVE_ADDRESS, address.pk)
        assert asked is not None
    with factories.writing():
        Sponsorship.objects.filter(pk=sponsorship.pk).update(ends_on=None)
    with acting_as(administrator), pytest.raises(Refused, match="linked to this address"):
        hosts.decide_removal(actor=administrator, request_id=asked.pk, **YES)


@pytest.mark.rule("ORG-035")
@pytest.mark.parametrize("table", ["hosts_hostaddress", "people_person"])
def test_nobody_deletes_the_row_itself(world: World, address: HostAddress, acting_as: ActingAs, table: str) -> None:
    for user in (world.caseworker, world.champion, world.administrator):
        with acting_as(world.actor(user)), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0


@pytest.mark.rule("ORG-035")
def test_somebody_who_has_died_becomes_inactive_only_by_the_national_team(world: World, acting_as: ActingAs) -> None:
    with factories.writing():
        person = Person.objects.get(case=world.case)
    caseworker, champion = world.actor(world.caseworker), world.actor(world.champion)
    administrator = world.actor(world.administrator)
    ask: dict[str, Any] = {"person_id": person.pk, "reason": "Died on 2 May 2026"}
    with acting_as(caseworker), pytest.raises(NotVisible):
        people.ask_to_make_inactive(actor=caseworker, **ask)
    with acting_as(champion):
        people.ask_to_make_inactive(actor=champion, **ask)
        asked = queries.open_request_of(champion, world.case.pk, RequestKind.PERSON_DIED, person.pk)
        assert asked is not None
        with pytest.raises(NotVisible):
            people.decide_making_inactive(actor=champion, request_id=asked.pk, **YES)
    with acting_as(administrator):
        people.decide_making_inactive(actor=administrator, request_id=asked.pk, **YES)
    with acting_as(champion):
        person.refresh_from_db()
        assert person.inactive_since == TODAY
        with pytest.raises(Refused, match="inactive"):
            people.change_person(actor=champion, person_id=person.pk, version=2, phone="1")
        with pytest.raises(Refused, match="inactive"):
            people.ask_to_make_inactive(actor=champion, **ask)


@pytest.mark.rule("ORG-035")
def test_a_refusal_leaves_everything_as_it_was(world: World, address: HostAddress, acting_as: ActingAs) -> None:
    with factories.writing():
        person = Person.objects.get(case=world.case)
    champion, administrator = world.actor(world.champion), world.actor(world.administrator)
    with acting_as(champion):
        hosts.ask_to_remove_address(actor=champion, address_id=address.pk, reason="Again", today=TODAY)
        people.ask_to_make_inactive(actor=champion, person_id=person.pk, reason="Died")
    no: dict[str, Any] = {**YES, "approve": False, "reason": "Not so"}
    with acting_as(administrator):
        about_address, about_person = queries.requests_to_decide(administrator)
        hosts.decide_removal(actor=administrator, request_id=about_address.pk, **no)
        people.decide_making_inactive(actor=administrator, request_id=about_person.pk, **no)
    with factories.writing():
        for row in (address, person):
            row.refresh_from_db()
    assert (address.removed_on, person.inactive_since) == (None, None)


def test_what_is_asked_about_a_row_needs_an_open_case(world: World, address: HostAddress, acting_as: ActingAs) -> None:
    champion = world.actor(world.champion)
    with factories.writing():
        Case.objects.filter(pk=address.case_id).update(status="CLOSED", closed_on=TODAY)
    with acting_as(champion), pytest.raises(Refused, match="closed"):
        hosts.ask_to_remove_address(actor=champion, address_id=address.pk, reason="Again", today=TODAY)


def test_the_decision_is_about_the_kind_that_was_asked(world: World, address: HostAddress, acting_as: ActingAs) -> None:
    champion, administrator = world.actor(world.champion), world.actor(world.administrator)
    with acting_as(champion):
        hosts.ask_to_remove_address(actor=champion, address_id=address.pk, reason="Again", today=TODAY)
    with acting_as(administrator):
        (asked,) = queries.requests_to_decide(administrator)
        with pytest.raises(NotVisible):
            requests.decide_reopening(actor=administrator, request_id=asked.pk, version=1, approve=True, reason="")
