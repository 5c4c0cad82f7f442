"""Notes: who writes, changes, pins and removes them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from opensponsor.cases.models import Note
from opensponsor.cases.services import notes
from opensponsor.cases.services.cases import close_case
from opensponsor.cases.states import NoteKind
from opensponsor.core import clock
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.models import User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.world import World

ActingAs = Callable[..., AbstractContextManager[Any]]


def _change(world: World, user: User, note: Note, **words: Any) -> Note:
    values = {"kind": NoteKind.CASE_NOTE, "title": "New", "body": "Other", "version": note.version} | words
    return notes.change_note(actor=world.actor(user), note_id=note.pk, **values)


@pytest.mark.rule("NOTE-002", "NOTE-010")
@pytest.mark.parametrize("kind", [NoteKind.CASE_NOTE, NoteKind.PHONE_CALL, NoteKind.OTHER_ACTION])
def test_author_team_and_time_of_a_note_are_automatic(world: World, acting_as: ActingAs, kind: NoteKind) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        note = notes.add_note(actor=actor, case_id=world.case.pk, kind=kind, title=" Rang them ", body="All well.\n")
        assert (note.title, note.body, note.kind) == ("Rang them", "All well.", kind)
        assert (note.author_name, note.author_team) == ("Sara Lewis", "Conwy CC")
        assert note.owner_id == world.ours.pk


@pytest.mark.rule("NOTE-002")
def test_a_note_without_a_title_is_refused(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor), pytest.raises(Refused, match="title"):
        notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title="  ", body="x")


@pytest.mark.rule("NOTE-012")
def test_nobody_writes_or_strikes_a_note_of_the_platform(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker, kind=NoteKind.SYSTEM)
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        with pytest.raises(Refused):
            notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.SYSTEM, title="x", body="")
        with pytest.raises(Refused):
            _change(world, world.caseworker, note)
        with pytest.raises(Refused):
            notes.remove_note(actor=actor, note_id=note.pk, version=1, reason="Wrong")
    administrator = world.actor(world.administrator)
    with acting_as(administrator), pytest.raises(Refused):
        notes.strike_note(actor=administrator, note_id=note.pk, version=1, reason="Wrong")


@pytest.mark.rule("NOTE-008")
def test_only_the_author_changes_a_note(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker)
    with acting_as(world.actor(world.colleague)), pytest.raises(Refused, match="Only the person who wrote"):
        _change(world, world.colleague, note)
    with acting_as(world.actor(world.caseworker)):
        assert _change(world, world.caseworker, note).version == 2
        assert Note.objects.get(pk=note.pk).body == "Other"


def test_of_two_changes_of_a_note_the_second_is_told(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker)
    with acting_as(world.actor(world.caseworker)):
        _change(world, world.caseworker, note, body="First")
        with pytest.raises(Conflict):
            _change(world, world.caseworker, note, body="Second", version=1)
        assert Note.objects.get(pk=note.pk).body == "First"


@pytest.mark.rule("NOTE-013")
def test_a_pinned_note_can_be_let_go_and_there_are_at_most_three(world: World, acting_as: ActingAs) -> None:
    written = [factories.note(world.case, world.caseworker) for _ in range(4)]
    actor = world.actor(world.colleague)
    with acting_as(actor):
        for note in written[:3]:
            assert notes.pin_note(actor=actor, note_id=note.pk, version=1, is_pinned=True).is_pinned
        with pytest.raises(Refused, match="at most 3"):
            notes.pin_note(actor=actor, note_id=written[3].pk, version=1, is_pinned=True)
        notes.pin_note(actor=actor, note_id=written[0].pk, version=2, is_pinned=False)
        assert notes.pin_note(actor=actor, note_id=written[3].pk, version=1, is_pinned=True).is_pinned


@pytest.mark.rule("NOTE-006")
def test_a_note_entered_in_error_is_struck_by_its_author_with_a_reason(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker)
    actor = world.actor(world.caseworker)
    with acting_as(world.actor(world.colleague)), pytest.raises(Refused):
        notes.remove_note(actor=world.actor(world.colleague), note_id=note.pk, version=1, reason="Wrong household")
    with acting_as(actor):
        with pytest.raises(Refused, match="Say why"):
            notes.remove_note(actor=actor, note_id=note.pk, version=1, reason=" ")
        notes.remove_note(actor=actor, note_id=note.pk, version=1, reason="Wrong household")
        kept = Note.objects.get(pk=note.pk)
        assert kept.removed_at is not None and kept.removal_reason == "Wrong household"
        with pytest.raises(Refused, match="removed"):
            _change(world, world.caseworker, kept)


def test_the_national_team_strikes_a_note_of_a_council_and_a_champion_does_not(
    world: World, acting_as: ActingAs
) -> None:
    note = factories.note(world.case, world.caseworker)
    champion, administrator = world.actor(world.champion), world.actor(world.administrator)
    with acting_as(champion), pytest.raises(NotVisible):
        notes.strike_note(actor=champion, note_id=note.pk, version=1, reason="Wrong")
    with acting_as(administrator):
        struck = notes.strike_note(actor=administrator, note_id=note.pk, version=1, reason="Wrong household")
    assert struck.removed_at is not None


@pytest.mark.rule("NOTE-020")
def test_a_closed_record_still_takes_notes(world: World, acting_as: ActingAs) -> None:
    actor = world.actor(world.caseworker)
    with acting_as(actor):
        close_case(actor=actor, case_id=world.case.pk, version=1, today=clock.today())
        notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title="Thanks", body="")
        assert Note.objects.filter(case=world.case).count() == 1


@pytest.mark.rule("ORG-031")
def test_another_council_neither_adds_nor_changes_notes(world: World, acting_as: ActingAs) -> None:
    note = factories.note(world.case, world.caseworker)
    stranger = world.actor(world.stranger)
    with acting_as(stranger):
        with pytest.raises(NotVisible):
            notes.add_note(actor=stranger, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title="x", body="x")
        with pytest.raises(NotVisible):
            _change(world, world.stranger, note)
        with pytest.raises(NotVisible):
            notes.pin_note(actor=stranger, note_id=note.pk, version=1, is_pinned=True)


@pytest.mark.rule("ORG-010")
@pytest.mark.parametrize(("route", "is_allowed"), [("SS", True), ("IS", False)])
def test_the_contact_centre_writes_only_on_super_sponsor_households(
    world: World, acting_as: ActingAs, route: str, is_allowed: bool
) -> None:
    household = factories.household(world.ours, "Ivan Melnyk", route=route)
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(world.ours, world.theirs))
    actor = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER)
    with acting_as(actor):
        if is_allowed:
            notes.add_note(actor=actor, case_id=household.case_id, kind=NoteKind.CASE_NOTE, title="x", body="x")
        else:
            with pytest.raises(Refused, match="individual sponsor"):
                notes.add_note(actor=actor, case_id=household.case_id, kind=NoteKind.CASE_NOTE, title="x", body="x")


def test_the_home_office_writes_on_licences_and_the_sponsor_reads_it(world: World, acting_as: ActingAs) -> None:
    licence = factories.licence()
    office = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm="LICENSED", reads_realms=["LICENSED"])
    actor = factories.actor(office, Role.HOME_OFFICE_CASEWORKER)
    with acting_as(actor):
        note = notes.add_note(actor=actor, case_id=licence.case_id, kind=NoteKind.CASE_NOTE, title="Visit", body="")
        with pytest.raises(NotVisible):
            notes.add_note(actor=actor, case_id=world.case.pk, kind=NoteKind.CASE_NOTE, title="Visit", body="")
    assert note.owner_id == licence.owner_id
    with acting_as(factories.actor(licence.owner, Role.SPONSOR_LEVEL_2)):
        assert Note.objects.filter(pk=note.pk).exists()
