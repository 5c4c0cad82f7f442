"""Assigning, sharing, transferring, closing and reopening a case."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from opensponsor.audit.models import Event
from opensponsor.cases import queries
from opensponsor.cases.models import Case, Note, Share, Task
from opensponsor.cases.services import cases as services
from opensponsor.cases.services import requests
from opensponsor.cases.states import CaseStatus, RequestKind, RequestStatus
from opensponsor.core import clock
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people.models import Person
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]


@pytest.mark.rule("ORG-032")
def test_a_colleague_becomes_responsible_and_the_organisation_stays_the_owner(
    world: World, acting_as: ActingAs
) -> None:
    actor = world.actor(world.caseworker)
    given = {"actor": actor, "case_id": world.case.pk, "today": clock.today()}
    with acting_as(actor):
        case = services.assign_case(**given, version=1, assignee_id=world.colleague.pk)
        assert (case.assignee_id, case.owner_id) == (world.colleague.pk, world.ours.pk)
        with pytest.raises(Conflict):
            services.assign_case(**given, version=1, assignee_id=None)
        with pytest.raises(Refused, match="your own organisation"):
            services.assign_case(**given, version=2, assignee_id=world.stranger.pk)
        assert services.assign_case(**given, version=2, assignee_id=None).assignee_id is None


@pytest.mark.rule("ORG-031")
def test_a_share_gives_reading_and_nothing_else_until_it_ends(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker)
    owner, today = world.actor(world.caseworker), clock.today()
    with acting_as(owner):
        share = services.share_case(
            actor=owner, case_id=world.case.pk, organisation_id=world.theirs.pk, reason="They move", today=today
        )
        with pytest.raises(Refused, match="already shared"):
            services.share_case(
                actor=owner, case_id=world.case.pk, organisation_id=world.theirs.pk, reason="Again", today=today
            )
        with pytest.raises(Refused, match="owner already"):
            services.share_case(
                actor=owner, case_id=world.case.pk, organisation_id=world.ours.pk, reason="Us", today=today
            )
    reader = world.actor(world.stranger)
    with acting_as(reader):
        assert queries.get_case(reader, world.case.pk).pk == world.case.pk
        assert queries.get_row(reader, Note, note.pk).body == note.body
        for attempt in (
            lambda: services.assign_case(
                actor=reader, case_id=world.case.pk, version=1, assignee_id=world.stranger.pk, today=today
            ),
            lambda: services.close_case(actor=reader, case_id=world.case.pk, version=1, today=today),
            lambda: services.transfer_case(
                actor=reader, case_id=world.case.pk, version=1, new_owner_id=world.theirs.pk
            ),
            lambda: services.share_case(
                actor=reader, case_id=world.case.pk, organisation_id=world.national.pk, reason="x", today=today
            ),
            lambda: services.end_share(actor=reader, share_id=share.pk, version=1, today=today),
        ):
            with pytest.raises(NotVisible):
                attempt()
    with acting_as(owner):
        services.end_share(actor=owner, share_id=share.pk, version=1, today=today)
        with pytest.raises(Refused, match="no longer shared"):
            services.end_share(actor=owner, share_id=share.pk, version=2, today=today)
    after = world.actor(world.stranger)
    with acting_as(after), pytest.raises(NotVisible):
        queries.get_case(after, world.case.pk)


@pytest.mark.rule("ORG-003")
def test_after_a_transfer_everything_is_the_new_councils_and_the_old_one_sees_nothing(
    world: World, acting_as: ActingAs
) -> None:
    factories.note(world.case, world.caseworker)
    task = factories.task(world.case, world.caseworker)
    old, new = world.actor(world.caseworker), world.actor(world.stranger)
    with acting_as(old):
        services.share_case(
            actor=old, case_id=world.case.pk, organisation_id=world.theirs.pk, reason="Soon", today=clock.today()
        )
        services.transfer_case(actor=old, case_id=world.case.pk, version=1, new_owner_id=world.theirs.pk)
    with acting_as(old):
        with pytest.raises(NotVisible):
            queries.get_case(old, world.case.pk)
        for model in (Case, Note, Task, Person, Share):
            assert not model.objects.exists()
        assert not Event.objects.filter(case_id=world.case.pk).exclude(kind="ACCESS").exists()
    with acting_as(new):
        assert queries.get_case(new, world.case.pk).owner_id == world.theirs.pk
        for model in (Note, Task, Person):
            assert set(model.objects.values_list("owner_id", flat=True)) == {world.theirs.pk}
        moved = Task.objects.get(pk=task.pk)
        assert moved.assignee_id is None and moved.version == 2
        assert not Share.objects.filter(organisation=world.theirs).exists()
        assert Event.objects.filter(case_id=world.case.pk, code="case.transferred").count() == 1


@pytest.mark.rule("ORG-003")
def test_a_case_goes_only_to_a_council_and_only_from_its_owner(world: World, acting_as: ActingAs) -> None:
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE)
    owner, stranger = world.actor(world.caseworker), world.actor(world.stranger)
    with acting_as(owner):
        for wrong in (centre.pk, world.national.pk, 0):
            with pytest.raises(Refused, match="Choose the council"):
                services.transfer_case(actor=owner, case_id=world.case.pk, version=1, new_owner_id=wrong)
        with pytest.raises(Refused, match="already owns"):
            services.transfer_case(actor=owner, case_id=world.case.pk, version=1, new_owner_id=world.ours.pk)
        with pytest.raises(Conflict):
            services.transfer_case(actor=owner, case_id=world.case.pk, version=9, new_owner_id=world.theirs.pk)
    with acting_as(stranger), pytest.raises(NotVisible):
        services.transfer_case(actor=stranger, case_id=world.case.pk, version=1, new_owner_id=world.theirs.pk)


@pytest.mark.rule("ORG-034", "ORG-036")
def test_only_a_champion_asks_and_only_the_national_team_reopens(world: World, acting_as: ActingAs) -> None:
    """TV-80: a council tries to reactivate its record; refused."""
    caseworker, champion = world.actor(world.caseworker), world.actor(world.champion)
    administrator = world.actor(world.administrator)
    ask = {"case_id": world.case.pk, "kind": RequestKind.REOPEN_CASE, "reason": "They came back"}
    with acting_as(caseworker):
        services.close_case(actor=caseworker, case_id=world.case.pk, version=1, today=clock.today())
        with pytest.raises(NotVisible):
            requests.raise_request(actor=caseworker, **ask)
    with acting_as(champion):
        with pytest.raises(Refused, match="Say why you ask"):
            requests.raise_request(actor=champion, **{**ask, "reason": " "})
        request = requests.raise_request(actor=champion, **ask)
        with pytest.raises(Refused, match="already been asked"):
            requests.raise_request(actor=champion, **ask)
        with pytest.raises(NotVisible):
            requests.decide_reopening(actor=champion, request_id=request.pk, version=1, approve=True, reason="")
    with acting_as(administrator):
        assert [one.pk for one in queries.requests_to_decide(administrator)] == [request.pk]
        with pytest.raises(Refused, match="why you refuse"):
            requests.decide_reopening(actor=administrator, request_id=request.pk, version=1, approve=False, reason="")
        requests.decide_reopening(actor=administrator, request_id=request.pk, version=1, approve=True, reason="Fine")
        with pytest.raises(Refused, match="already been decided"):
            requests.decide_reopening(actor=administrator, request_id=request.pk, version=2, approve=True, reason="")
    with acting_as(caseworker):
        assert queries.get_case(caseworker, world.case.pk).status == CaseStatus.OPEN


def test_nobody_decides_what_they_asked_for(world: World, acting_as: ActingAs) -> None:
    both = factories.member(world.national, Role.NATIONAL_ADMINISTRATOR, full_name="Both")
    factories.membership(both, world.ours, Role.DATA_CHAMPION)
    champion = factories.actor(world.ours, of=both)
    factories.membership(both, world.ours, Role.CASEWORKER)
    champion = factories.actor(world.ours, of=both)
    with acting_as(champion):
        services.close_case(actor=champion, case_id=world.case.pk, version=1, today=clock.today())
        request = requests.raise_request(
            actor=champion, case_id=world.case.pk, kind=RequestKind.REOPEN_CASE, reason="They came back"
        )
    administrator = factories.actor(world.national, of=both)
    with acting_as(administrator), pytest.raises(Refused, match="Somebody else"):
        requests.decide_reopening(actor=administrator, request_id=request.pk, version=1, approve=True, reason="")


def test_a_request_is_withdrawn_before_it_is_decided(world: World, acting_as: ActingAs) -> None:
    champion = world.actor(world.champion)
    with acting_as(champion):
        services.close_case(actor=champion, case_id=world.case.pk, version=1, today=clock.today())
        request = requests.raise_request(
            actor=champion, case_id=world.case.pk, kind=RequestKind.REOPEN_CASE, reason="They came back"
        )
        requests.withdraw_request(actor=champion, request_id=request.pk, version=1)
        request.refresh_from_db()
        assert request.status == RequestStatus.WITHDRAWN
        assert queries.open_request_of(champion, world.case.pk, RequestKind.REOPEN_CASE) is None


def test_an_open_case_has_nothing_to_reopen_and_a_closed_one_nothing_to_close(
    world: World, acting_as: ActingAs
) -> None:
    champion = world.actor(world.champion)
    given = {"actor": champion, "case_id": world.case.pk}
    with acting_as(champion):
        with pytest.raises(Refused, match="open already"):
            requests.raise_request(**given, kind=RequestKind.REOPEN_CASE, reason="x")
        services.close_case(**given, version=1, today=clock.today())
        for attempt in (
            lambda: services.close_case(**given, version=2, today=clock.today()),
            lambda: services.assign_case(**given, version=2, assignee_id=None, today=clock.today()),
            lambda: services.transfer_case(**given, version=2, new_owner_id=world.theirs.pk),
            lambda: services.share_case(
                **given, organisation_id=world.theirs.pk, reason="x", today=clock.today() + dt.timedelta(days=1)
            ),
        ):
            with pytest.raises(Refused, match="closed"):
                attempt()


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_neither_hands_on_nor_closes_a_household_with_a_sponsor_of_its_own(
    world: World, acting_as: ActingAs
) -> None:
    case = factories.household(world.ours, "Ivan Melnyk", route="IS").case
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(world.ours, world.theirs))
    champion = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER, Role.DATA_CHAMPION)
    given = {"actor": champion, "case_id": case.pk}
    today = clock.today()
    with acting_as(champion):
        for attempt in (
            lambda: services.assign_case(**given, version=1, assignee_id=champion.user_id, today=today),
            lambda: services.share_case(**given, organisation_id=world.theirs.pk, reason="x", today=today),
            lambda: services.transfer_case(**given, version=1, new_owner_id=world.theirs.pk),
            lambda: services.close_case(**given, version=1, today=today),
            lambda: requests.raise_request(**given, kind=RequestKind.REOPEN_CASE, reason="x"),
        ):
            with pytest.raises((Refused, NotVisible)):
                attempt()
