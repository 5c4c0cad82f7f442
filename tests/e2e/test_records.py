"""A note, a task, and two people at the same record: on a household, a sponsor and a licence."""

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from opensponsor.core import clock
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests.e2e import people
from tests.e2e.people import Member
from tests.e2e.visitor import PHONE, Visitor

KINDS = ("household", "sponsor", "licence")


@dataclass(frozen=True)
class Scene:
    """A record and two colleagues who may change it. `field` is one that both of them change."""

    path: str
    first: Member
    second: Member
    field: str = "Phone"


@pytest.fixture(params=KINDS)
def scene(site, request):
    if request.param == "licence":
        home_office = people.an_organisation(
            OrganisationKind.CENTRAL_GOVERNMENT, "Licences", Realm.LICENSED, reads_realms=[Realm.LICENSED]
        )
        holder = people.an_organisation(OrganisationKind.LICENSED_SPONSOR, "Lantern Care", Realm.LICENSED)
        licence = people.a_licence(people.a_member(home_office, Role.HOME_OFFICE_CASEWORKER), holder)
        first, second = (people.a_member(holder, Role.SPONSOR_LEVEL_1, name=name) for name in ("Mari Lee", "Tomos Ray"))
        return Scene(f"/licences/{licence.case_id}/", first, second)
    council = people.a_council()
    first, second = (people.a_member(council, Role.CASEWORKER, name=name) for name in ("Mari Lee", "Tomos Ray"))
    if request.param == "sponsor":
        return Scene(f"/sponsors/{people.a_sponsor(first).case_id}/", first, second)
    household = people.a_household(first)
    member = f"/households/{household.case_id}/"
    return Scene(member, first, second)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


def test_a_note_is_one_press_away(somebody, scene, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, scene.first)
    visitor.opens(scene.path)
    visitor.types("Note", "School place confirmed.\nStarts on Monday.")
    visitor.presses("Add the note")
    assert visitor.presses_so_far == 1
    visitor.sees_message("Note added")
    visitor.sees("School place confirmed.")
    visitor.sees("Mari Lee")
    visitor.is_content()


def test_a_note_without_text_says_what_is_missing_and_keeps_the_rest(somebody, scene, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, scene.first)
    visitor.opens(scene.path)
    visitor.ticks("Phone call")
    visitor.types("Title", "Spoke to the school")
    visitor.presses("Add the note")
    visitor.sees_problem("Enter the note")
    expect(visitor.field("Title")).to_have_value("Spoke to the school")
    expect(visitor.field("Phone call")).to_be_checked()


def test_a_task_is_added_and_done(somebody, scene, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, scene.first)
    visitor.opens(scene.path)
    visitor.presses("Add a task")
    visitor.types("What needs doing", "Ask for the school report")
    visitor.types_date("By when", (clock.today() + dt.timedelta(days=2)).isoformat())
    visitor.presses("Add")
    visitor.sees_message("Added: Ask for the school report")
    visitor.presses("Ask for the school report")
    visitor.presses("Complete")
    visitor.sees_message("Complete: Ask for the school report")
    visitor.opens("/")
    visitor.does_not_see("Ask for the school report")
    visitor.is_content()


def test_two_people_change_the_same_field_and_nothing_is_lost(somebody, scene, has_scripts):
    mari, tomos = somebody(has_scripts=has_scripts), somebody()
    people.comes_in(mari, scene.first)
    people.comes_in(tomos, scene.second)
    for visitor in (mari, tomos):
        _starts_to_change(visitor, scene)
    _changes(tomos, scene, "07700 900 222")
    tomos.sees_message("Saved")
    _changes(mari, scene, "07700 900 111")
    mari.sees_heading("Someone else changed this record")
    mari.sees("Tomos Ray saved it")
    mari.sees("07700 900 222")
    mari.sees("07700 900 111")
    expect(mari.page.get_by_label("Keep what you typed")).to_be_checked()
    mari.presses("Save my choices")
    mari.sees_message("Saved")
    mari.sees("07700 900 111")
    tomos.page.reload()
    tomos.sees("07700 900 111")


def test_two_people_change_different_fields_and_both_are_kept(somebody, scene):
    mari, tomos = somebody(), somebody(size=PHONE)
    people.comes_in(mari, scene.first)
    people.comes_in(tomos, scene.second)
    for visitor in (mari, tomos):
        _starts_to_change(visitor, scene)
    tomos.types("Email", "both@host.example")
    tomos.presses("Save")
    _changes(mari, scene, "07700 900 111")
    mari.presses("Save my choices")
    for visitor in (mari, tomos):
        visitor.opens(scene.path + ("people/" if "households" in scene.path else ""))
        visitor.sees("both@host.example")
        visitor.sees("07700 900 111")


def _starts_to_change(visitor: Visitor, scene: Scene) -> None:
    visitor.opens(scene.path)
    if "households" in scene.path:
        visitor.opens(scene.path + "people/")
        visitor.page.get_by_role("link", name="Change Phone").first.click()
    else:
        visitor.presses("Change the details")


def _changes(visitor: Visitor, scene: Scene, value: str) -> None:
    visitor.types(scene.field, value)
    visitor.presses("Save")
