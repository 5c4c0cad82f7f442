"""The record page of every kind: its frame, its sections, and who gets which part of them."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from opensponsor.audit.models import Event
from opensponsor.core import clock
from opensponsor.identity.models import User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World

SECTIONS = ("", "people/", "notes/", "tasks/", "history/", "opened/", "print/")
MOST_QUERIES = 12


def _url(world: World, section: str = "") -> str:
    return f"/households/{world.case.pk}/{section}"


@pytest.mark.rule("NAV-014")
def test_a_household_says_who_it_is_how_it_stands_and_what_comes_next(world: World) -> None:
    text = main_of(signed_in(world.caseworker).get(_url(world)))
    for words in ("Olena Kovalenko", world.case.reference, "Super sponsor", "Conwy CC", "Next: choose a caseworker"):
        assert words in text
    assert "Record the arrival" in text and "Add the note" in text


def test_a_sponsor_says_who_it_is_and_offers_the_work(world: World) -> None:
    sponsor = factories.sponsor(world.ours, "Gwen Parry", email="gwen@example.test")
    text = main_of(signed_in(world.caseworker).get(f"/sponsors/{sponsor.case_id}/"))
    for words in ("Gwen Parry", "gwen@example.test", "Host", "Change the details", "Add a task"):
        assert words in text


def test_a_licence_says_how_it_is_rated_and_what_its_holder_may_change(db: None) -> None:
    licence = factories.licence(rating="B")
    user = factories.member(licence.owner, Role.SPONSOR_LEVEL_1)
    text = main_of(signed_in(user).get(f"/licences/{licence.case_id}/"))
    assert "Cwm Farms Ltd" in text and "B-rated" in text and "complete the action plan" in text
    assert "Change Email" in text and "Change Rating" not in text


@pytest.mark.rule("ORG-031")
@pytest.mark.parametrize("section", SECTIONS)
def test_another_council_finds_no_such_page_and_the_attempt_is_on_record(world: World, section: str) -> None:
    answer = signed_in(world.stranger).get(_url(world, section))
    assert answer.status_code == 404 and "Kovalenko" not in answer.content.decode()
    with factories.writing():
        assert not Event.objects.filter(kind="ACCESS", case_id=world.case.pk).exists()


@pytest.mark.rule("ORG-031")
def test_a_share_gives_the_page_without_a_single_button(world: World) -> None:
    factories.note(world.case, world.caseworker, title="Met at the station")
    world.share()
    text = main_of(signed_in(world.stranger).get(_url(world)))
    assert "Olena Kovalenko" in text and "Met at the station" in text
    for words in ("Add the note", "Record the arrival", "Change", "More actions", "Add a task"):
        assert words not in text


@pytest.mark.rule("ORG-033")
def test_the_history_is_a_section_for_those_who_may_read_it(world: World) -> None:
    caseworker, champion = signed_in(world.caseworker), signed_in(world.champion)
    assert "History" not in main_of(caseworker.get(_url(world)))
    assert caseworker.get(_url(world, "history/")).status_code == 404
    assert caseworker.get(_url(world, "opened/")).status_code == 404
    assert "History" in main_of(champion.get(_url(world)))
    assert champion.get(_url(world, "history/")).status_code == 200


@pytest.mark.rule("NOTE-011")
@pytest.mark.parametrize("section", SECTIONS)
def test_a_complex_case_announces_itself_on_every_section(world: World, section: str) -> None:
    with factories.writing():
        world.case.household.is_complex = True
        world.case.household.save()
    text = main_of(signed_in(world.champion).get(_url(world, section)))
    assert "Warning: Complex case" in text


def _analyst(world: World) -> User:
    return factories.member(world.national, Role.ANALYST)


def _health_officer(world: World) -> User:
    board = factories.organisation(OrganisationKind.HEALTH_BOARD, reaches=(world.ours,), may_write=False)
    return factories.member(board, Role.HEALTH_OFFICER)


@pytest.mark.rule("ORG-030")
@pytest.mark.parametrize(
    ("who", "seen", "hidden"),
    [
        (lambda world: world.caseworker, ("Olena", "AB123456", "07700900123"), ("9434765919",)),
        (_health_officer, ("Olena", "9434765919", "07700900123"), ("AB123456", "Met at the station")),
        (_analyst, (), ("Olena", "Kovalenko", "AB123456", "9434765919", "07700900123", "Met at the station")),
    ],
)
def test_a_field_that_the_reader_may_not_see_is_nowhere_on_the_record(
    world: World, who: Callable[[World], User], seen: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    case = factories.household(
        world.ours,
        "Olena Kovalenko",
        lead_passport_number="AB123456",
        lead_nhs_number="9434765919",
        lead_phone="07700900123",
    ).case
    factories.note(case, world.caseworker, title="Met at the station")
    client = signed_in(who(world))
    pages = [client.get(f"/households/{case.pk}/{section}").content.decode() for section in SECTIONS]
    together = " ".join(pages)
    assert all(words in together for words in seen)
    assert not [words for words in hidden if words in together]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_opening_of_a_section_is_one_line_in_the_access_log(world: World, section: str) -> None:
    signed_in(world.champion).get(_url(world, section))
    with factories.writing():
        (line,) = Event.objects.filter(kind="ACCESS", case_id=world.case.pk)
    assert (line.code, line.actor) == ("record.opened", str(world.champion.pk))
    assert line.detail == {"section": section.strip("/") or "record"}


def _queries(user: User, url: str) -> list[str]:
    client = signed_in(user)
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as inside, CaptureQueriesContext(connections["outside"]) as out:
        assert client.get(url).status_code == 200
    statements = [query["sql"] for query in [*inside, *out]]
    return [one for one in statements if not one.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.mark.parametrize("kind", ["households", "sponsors", "licences"])
def test_a_record_with_thirty_entries_and_six_people_takes_at_most_twelve_queries(world: World, kind: str) -> None:
    user, case_id = _busy_record(world, kind)
    found = _queries(user, f"/{kind}/{case_id}/")
    assert len(found) <= MOST_QUERIES, "\n".join(found)


def _busy_record(world: World, kind: str) -> tuple[User, UUID]:
    if kind == "licences":
        licence = factories.licence()
        user, case = factories.member(licence.owner, Role.SPONSOR_LEVEL_1), licence.case
    elif kind == "sponsors":
        user, case = world.champion, factories.sponsor(world.ours).case
    else:
        user, case = world.champion, world.case
        for number in range(5):
            factories.person(world.case.household, f"Person Nr{number}")
    for number in range(30):
        factories.note(case, user, title=f"Note {number}")
        factories.task(case, user, due_on=clock.today() - dt.timedelta(days=1))
    return user, case.pk


def test_the_notes_page_takes_as_many_queries_with_two_entries_as_with_forty(world: World) -> None:
    factories.note(world.case, world.caseworker)
    few = len(_queries(world.champion, _url(world, "notes/")))
    for _number in range(40):
        factories.note(world.case, world.caseworker)
    assert len(_queries(world.champion, _url(world, "notes/"))) == few <= MOST_QUERIES


def test_on_paper_the_record_is_whole_and_says_who_printed_it(world: World) -> None:
    factories.person(world.case.household, "Ivan Kovalenko")
    factories.note(world.case, world.caseworker, title="Met at the station")
    text = main_of(signed_in(world.champion).get(_url(world, "print/")))
    for words in ("Ivan Kovalenko", "Met at the station", "Printed by Huw Price", "OFFICIAL-SENSITIVE"):
        assert words in text


def test_an_unknown_record_is_a_page_that_does_not_exist(world: World) -> None:
    assert signed_in(world.caseworker).get("/households/00000000-0000-7000-8000-000000000000/").status_code == 404
    sponsor = factories.sponsor(world.ours)
    assert signed_in(world.caseworker).get(f"/households/{sponsor.case_id}/").status_code == 404
