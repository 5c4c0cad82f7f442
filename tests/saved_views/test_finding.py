"""Names are found as people type them, the best match first."""

import random
import statistics

import pytest

from bench.misspelled import KINDS, drawn, known
from opensponsor.core.keyset import Window
from opensponsor.demo.generator.population import Population
from opensponsor.demo.generator.sizes import of_households
from opensponsor.identity.roles import Role
from opensponsor.identity.states import Realm
from opensponsor.saved_views import queries
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.state import state_of
from tests import factories

APPLICANTS, HOUSEHOLDS, SPONSORS = LISTS["applicants"], LISTS["households"], LISTS["sponsors"]


@pytest.fixture
def council(db):
    return factories.organisation(name_en="Conwy CC")


@pytest.fixture
def caseworker(council):
    return factories.actor(council, Role.CASEWORKER)


def named(actor, definition, names, **parameters):
    """What the rows that are found are called, in the order of the list."""
    state = state_of(definition, actor, parameters, names=names)
    ids = queries.ids_of(actor, definition, state, most=1_000)
    return [row.title for row in definition.rows(actor, ids)]


WRITTEN = [
    *("Olena Koval", "Olha Kovalenko", "Petro Koval", "Halyna Shcherbyna", "Yuliia Kutsenko", "Elena Kowal"),
    *("Hlib Ivaniuk", "Ivan Moroz"),
]
# What is typed, and who is found by it, in this order: whole words, then beginnings, then what sounds the same; and by
# name where they fit as well.
FOUND = [
    ("koval", ["Olena Koval", "Petro Koval", "Olha Kovalenko", "Elena Kowal"]),
    ("koval olena", ["Olena Koval", "Elena Kowal"]),
    ("Олена Коваль", ["Olena Koval", "Elena Kowal"]),
    ("elena kowal", ["Elena Kowal", "Olena Koval"]),
    ("ELENA", ["Elena Kowal", "Olena Koval"]),
    ("ivan", ["Ivan Moroz", "Hlib Ivaniuk"]),
    ("ole", ["Olena Koval"]),
    ("koval ol", ["Olena Koval", "Olha Kovalenko"]),
    ("galina", ["Halyna Shcherbyna"]),
    ("Scherbina Galina", ["Halyna Shcherbyna"]),
    ("scherb", ["Halyna Shcherbyna"]),
    ("Julia Kucenco", ["Yuliia Kutsenko"]),
    ("Шчербина", ["Halyna Shcherbyna"]),
    ("kovalemko", ["Olha Kovalenko"]),
    ("koavlenko olha", ["Olha Kovalenko"]),
    ("pwtro koval", ["Petro Koval"]),
    # One of the two is nobody's name: nobody is meant.
    ("koval vira", []),
    ("koval zzz", []),
    ("x", []),
    ("...", []),
]


@pytest.mark.rule("SRCH-001")
@pytest.mark.parametrize(("names", "expected"), FOUND)
def test_the_best_match_comes_first(council, caseworker, acting_as, names, expected):
    for name in WRITTEN:
        factories.household(council, name)
    with acting_as(caseworker):
        assert named(caseworker, APPLICANTS, names) == expected
        assert named(caseworker, HOUSEHOLDS, names) == expected


OTHERS = ["Mykola Zhuk", "Nikolay Zhukov", "Kateryna Khomenko", "Zoia Kukharuk", "Hanna Zakharchuk", "Michael Juk"]
OTHERS += ["Maia Ivaniuk", "Mia Ivaniuk", "Mark Ivaniuk"]
# What is written the same comes before other forms of the name.
FOUND_AMONG_OTHERS = [
    ("nikolay", ["Nikolay Zhukov", "Mykola Zhuk"]),
    ("Николай", ["Mykola Zhuk", "Nikolay Zhukov"]),
    ("Ekaterina", ["Kateryna Khomenko"]),
    ("ekaterina homenko", ["Kateryna Khomenko"]),
    ("anna", ["Hanna Zakharchuk"]),
    ("mikhail", ["Michael Juk"]),
    # In a word, j may be zh and ch may be kh.
    ("jukov", ["Nikolay Zhukov"]),
    ("Chomenko", ["Kateryna Khomenko"]),
    ("zacharchuk", ["Hanna Zakharchuk"]),
    # What sounds like a single letter counts only where nobody has it, and whole.
    ("zoa", ["Zoia Kukharuk"]),
    ("zoya", ["Zoia Kukharuk"]),
    ("zee", ["Zoia Kukharuk"]),
    ("maia", ["Maia Ivaniuk"]),
    # Nothing of it is anybody's name, though Zhuk and Zoia sound like it.
    ("zzzqqq", []),
    ("zhk", []),
    ("zzz", []),
    ("qqq", []),
    ("xxxx", []),
]


@pytest.mark.rule("SRCH-001")
@pytest.mark.parametrize(("names", "expected"), FOUND_AMONG_OTHERS)
def test_another_form_of_the_name_is_found_and_nonsense_is_not(council, caseworker, acting_as, names, expected):
    for name in OTHERS:
        factories.household(council, name)
    with acting_as(caseworker):
        assert named(caseworker, APPLICANTS, names) == expected


def test_what_is_like_a_name_is_found_only_where_nobody_has_it(council, caseworker, acting_as):
    factories.household(council, "Ivan Ostapenko")
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, "astapenka") == ["Ivan Ostapenko"]
        assert named(caseworker, HOUSEHOLDS, "ostatenko") == ["Ivan Ostapenko"]
    factories.household(council, "Ivan Ostatenko")
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, "ostatenko") == ["Ivan Ostatenko"]


def test_a_reference_comes_before_those_that_it_begins(council, caseworker, acting_as):
    for name, number in (("Anna Zed", "FAM-123"), ("Bohdan Zed", "FAM-12"), ("Daryna Zed", "FAM-1")):
        factories.household(council, name, case_reference=number)
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, "fam-12") == ["Bohdan Zed", "Anna Zed"]
        assert named(caseworker, HOUSEHOLDS, "fam-1") == ["Daryna Zed", "Anna Zed", "Bohdan Zed"]
        assert named(caseworker, HOUSEHOLDS, "zed fam-123") == ["Anna Zed"]
        assert named(caseworker, APPLICANTS, "fam-123") == ["Anna Zed"]


def test_an_application_is_found_by_its_number_as_letters_write_it(council, caseworker, acting_as):
    factories.application(council, uan="1212343456567878")
    applications = LISTS["applications"]
    with acting_as(caseworker):
        for words in ("1212-3434-5656-7878", "1212343456567878", "1212-34"):
            state = state_of(applications, caseworker, {}, names=words)
            assert len(queries.ids_of(caseworker, applications, state, most=10)) == 1


def test_sponsors_and_licences_are_found_alike(council, caseworker, acting_as):
    factories.sponsor(council, "Siân Llywelyn")
    licence = factories.licence(name="Cwm Farms Ltd")
    level_1 = factories.actor(licence.owner, Role.SPONSOR_LEVEL_1)
    with acting_as(caseworker):
        assert named(caseworker, SPONSORS, "llewelyn sian") == ["Siân Llywelyn"]
    with acting_as(level_1):
        assert named(level_1, LISTS["licences"], "farms cwm") == ["Cwm Farms Ltd"]
        assert named(level_1, LISTS["licences"], "cwm fatms") == ["Cwm Farms Ltd"]


@pytest.mark.rule("ORG-031")
@pytest.mark.parametrize("names", ["koval", "kowal", "kovla", "FAM000001"])
def test_nobody_finds_the_people_of_another_organisation(council, caseworker, acting_as, names):
    other = factories.organisation(realm=Realm.SCOTLAND)
    factories.household(council, "Olena Koval", case_reference="FAM000001")
    stranger = factories.actor(other, Role.CASEWORKER)
    with acting_as(stranger):
        assert named(stranger, HOUSEHOLDS, names) == named(stranger, APPLICANTS, names) == []
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, names) == named(caseworker, APPLICANTS, names) == ["Olena Koval"]


def test_somebody_elsewhere_who_is_written_so_hides_nobody(council, caseworker, acting_as):
    factories.household(factories.organisation(), "Petro Kovla")
    factories.household(council, "Olena Koval")
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, "kovla") == ["Olena Koval"]


@pytest.mark.parametrize("definition", [APPLICANTS, HOUSEHOLDS], ids=["applicants", "households"])
def test_pages_of_matches_follow_each_other(council, caseworker, acting_as, definition):
    for number in range(4):
        for name in ("Koval", "Kovalchuk", "Kowal"):
            factories.household(council, f"Given{number % 2} {name}")
    state = state_of(definition, caseworker, {}, names="koval")

    def page(**window):
        return queries.list_page(caseworker, definition, state, Window(5, **window))

    with acting_as(caseworker):
        whole = queries.ids_of(caseworker, definition, state, most=100)
        pages = [page()]
        while pages[-1].has_next:
            assert len(pages) < 5
            pages.append(page(after=definition.id_of(pages[-1].rows[-1])))
        back = page(before=definition.id_of(pages[2].rows[0]))
    rows = [row for one in pages for row in one.rows]
    assert [definition.id_of(row) for row in rows] == whole
    assert [row.title.split()[1] for row in rows] == ["Koval"] * 4 + ["Kovalchuk"] * 4 + ["Kowal"] * 4
    assert {one.total for one in pages} == {12}
    assert [row.title for row in back.rows] == [row.title for row in pages[1].rows]


def test_of_many_matches_so_many_are_counted_and_no_more(council, caseworker, acting_as, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for number in range(4):
        factories.household(council, f"Given{number} Koval")
    with acting_as(caseworker):
        page = queries.list_page(caseworker, HOUSEHOLDS, state_of(HOUSEHOLDS, caseworker, {}, names="koval"), Window(1))
    assert (page.total, page.is_capped, page.has_next) == (3, True, True)


def test_names_are_sorted_by_match_until_they_are_sorted_otherwise(council, caseworker, acting_as):
    def sort(names, **parameters):
        state = state_of(HOUSEHOLDS, caseworker, parameters, names=names)
        return state.sort, state.is_descending

    assert sort("koval") == sort("koval", sort="match") == sort("koval", sort="-match") == ("match", False)
    assert sort("koval", sort="-title") == ("title", True)
    assert sort("", sort="match") == sort("") == ("title", False)
    factories.household(council, "Olena Kowal")
    factories.household(council, "Olena Koval")
    with acting_as(caseworker):
        assert named(caseworker, HOUSEHOLDS, "kowal") == ["Olena Kowal", "Olena Koval"]
        assert named(caseworker, HOUSEHOLDS, "kowal", sort="title") == ["Olena Koval", "Olena Kowal"]


PEOPLE, SEARCHES, LEAST = 300, 400, 0.95


@pytest.mark.rule("SRCH-001")
def test_of_those_who_are_meant_nearly_all_are_among_the_first_ten(council, caseworker, acting_as):
    """Recall at 10, over invented people whose names are typed in every way that there is, in its share."""
    for one in Population(5, of_households(PEOPLE), factories.clock.today()).households():
        first, *others = (f"{member.written.given} {member.written.family}" for member in one.members)
        household = factories.household(council, first)
        for name in others:
            factories.person(household, name)
        if one.number * 2.8 > PEOPLE:
            break
    chance = random.Random(1)
    with acting_as(caseworker):
        state = state_of(APPLICANTS, caseworker, {})
        rows = APPLICANTS.rows(caseworker, queries.ids_of(caseworker, APPLICANTS, state, most=1_000))
        people = {row.person_id: known(*row.title.rsplit(" ", 1)) for row in rows}
        recalls = []
        for _ in range(SEARCHES):
            person = chance.choice(list(people.values()))
            kind, words = drawn(chance, person)
            meant = {pk for pk, one in people.items() if kind.of(one) == kind.of(person)}
            state = state_of(APPLICANTS, caseworker, {}, names=words)
            first = queries.ids_of(caseworker, APPLICANTS, state, most=10)
            recalls.append((kind.name, len(meant.intersection(first)) / min(10, len(meant))))
    assert {name for name, _recall in recalls} == {one.name for one in KINDS}
    assert statistics.mean(recall for _name, recall in recalls) >= LEAST
