"""An expression of interest, in our words."""

import datetime as dt

import pytest

from opensponsor.feeds.rules.fields import Problem
from opensponsor.feeds.rules.offers import OfferRow, read

FULL = {
    "id": "1",
    "reference": "EOI-1A2B-4C3D-8",
    "type": "eoi-v2",
    "version": "4",
    "created_at": "2022-05-01T10:00:00Z",
    "fullname": "Siân Mary Lloyd-Jones",
    "email": "sian@example.org",
    "phone_number": "02920000000",
    "residential_line_1": "1 Heol Fawr",
    "residential_line_2": "Cathays",
    "residential_town": "Caerdydd",
    "residential_postcode": "cf103nq",
    "different_address": "yes",
    "property_one_line_1": "2 Heol Fach",
    "property_one_town": "Abertawe",
    "property_one_postcode": "SA1 1AA",
    "single_room_count": "2",
    "double_room_count": "0",
    "family_type": "more_than_one_adult",
    "accommodation_length": "from_6_months",
    "step_free": "some",
    "allow_pet": "yes",
    "host_as_soon_as_possible": "false",
    "hosting_start_date": {"1": 2022, "2": 6, "3": 15},
    "postcode": "not asked",
}


def one(**changes):
    """The offer without problems; None takes a key away, as the sender does."""
    row, problems = read({name: value for name, value in {**FULL, **changes}.items() if value is not None})
    assert problems == []
    return row


@pytest.mark.rule("FEED-003")
def test_what_drives_our_records():
    assert one() == OfferRow(
        reference="EOI-1A2B-4C3D-8",
        version=4,
        created_at=dt.datetime(2022, 5, 1, 10, tzinfo=dt.UTC),
        given_names="Siân Mary",
        family_name="Lloyd-Jones",
        email="sian@example.org",
        phone="02920000000",
        home_address="1 Heol Fawr, Cathays, Caerdydd",
        home_postcode="CF103NQ",
        property_address="2 Heol Fach, Abertawe",
        property_postcode="SA11AA",
        is_sponsors_home=False,
        single_rooms=2,
        double_rooms=0,
        family_type="SEVERAL_ADULTS",
        step_free="SOME",
        allows_pets=True,
        available_from=dt.date(2022, 6, 15),
    )


def test_every_key_but_the_reference_may_be_absent():
    row, problems = read({"reference": "EOI-1A2B-4C3D-8"})
    assert problems == []
    assert set(row[1:]) == {0, None, ""}


SAME = "same as main residence"


@pytest.mark.parametrize(
    ("changes", "is_home", "address", "postcode"),
    [
        pytest.param(
            {"different_address": "no", "property_one_line_1": SAME, "property_one_town": SAME},
            True, "1 Heol Fawr, Cathays, Caerdydd", "CF103NQ", id="home",
        ),
        pytest.param(
            {"property_one_line_1": SAME.title(), "property_one_town": None}, True, "1 Heol Fawr, Cathays, Caerdydd",
            "CF103NQ", id="home, whatever else it says",
        ),
        pytest.param(
            {"different_address": "no", "property_one_line_1": None, "property_one_town": None},
            True, "1 Heol Fawr, Cathays, Caerdydd", "CF103NQ", id="home, without address",
        ),
        pytest.param({"different_address": None}, False, "2 Heol Fach, Abertawe", "SA11AA", id="no answer"),
        pytest.param({"property_one_line_2": "Sgeti"}, False, "2 Heol Fach, Sgeti, Abertawe", "SA11AA", id="lines"),
        pytest.param({"property_one_postcode": "SA1 1AA ish"}, False, "2 Heol Fach, Abertawe", "SA11AA", id="rest"),
        pytest.param({"property_one_postcode": "nowhere"}, False, "2 Heol Fach, Abertawe", "", id="no postcode"),
        pytest.param(
            dict.fromkeys([name for name in FULL if name.startswith("property_one_")] + ["different_address"]),
            None, "", "", id="nothing said",
        ),
    ],
)  # fmt: skip
def test_what_is_offered(changes, is_home, address, postcode):
    row = one(**changes)
    assert (row.is_sponsors_home, row.property_address, row.property_postcode) == (is_home, address, postcode)
    assert SAME not in "".join(map(str, row)).casefold()


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({}, dt.date(2022, 6, 15)),
        ({"hosting_start_date": {"1": "2022", "2": "06", "3": "15"}}, dt.date(2022, 6, 15)),
        ({"hosting_start_date": "2022-06-15"}, dt.date(2022, 6, 15)),
        ({"hosting_start_date": {"1": None, "2": "", "3": None}}, None),
        ({"hosting_start_date": None}, None),
        ({"hosting_start_date": None, "host_as_soon_as_possible": "true"}, dt.date(2022, 5, 1)),
        ({"hosting_start_date": None, "host_as_soon_as_possible": "true", "created_at": None}, None),
    ],
)
def test_from_when_it_is_offered(changes, day):
    assert one(**changes).available_from == day


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("single_adult", "SINGLE_ADULT"),
        ("more_than_one_adult", "SEVERAL_ADULTS"),
        ("adults_with_children", "WITH_CHILDREN"),
        ("no_preference", "NO_PREFERENCE"),
        ("not asked", ""),
        (None, ""),
    ],
)
def test_whom_they_would_take_in(written, kept):
    assert one(family_type=written).family_type == kept


@pytest.mark.parametrize("written", ["all", "some", "none", "unknown"])
def test_how_much_is_step_free(written):
    assert one(step_free=written).step_free == written.upper()


def test_what_was_not_asked_is_not_said():
    row = one(fullname="not asked", residential_line_2="not asked", residential_postcode="not asked")
    assert (row.family_name, row.home_address, row.home_postcode) == ("", "1 Heol Fawr, Caerdydd", "")


LONG = "x" * 401


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("reference", "", "MISSING_KEY"),
        ("reference", None, "MISSING_KEY"),
        ("reference", "=1+1", "INVALID_KEY"),
        ("reference", "EOI-" + "1" * 17, "INVALID_KEY"),
        ("type", "unaccompanied_minor", "WRONG_TYPE"),
        ("version", "four", "INVALID_NUMBER"),
        ("created_at", "today", "INVALID_MOMENT"),
        ("email", "sian", "INVALID_EMAIL"),
        ("phone_number", LONG, "TOO_LONG"),
        ("fullname", LONG, "TOO_LONG"),
        ("residential_line_1", LONG, "TOO_LONG"),
        ("property_one_line_1", LONG, "TOO_LONG"),
        ("different_address", "perhaps", "INVALID_YES_NO"),
        ("single_room_count", "-1", "INVALID_NUMBER"),
        ("double_room_count", "many", "INVALID_NUMBER"),
        ("family_type", "dogs", "INVALID_CHOICE"),
        ("step_free", "half", "INVALID_CHOICE"),
        ("allow_pet", "cats", "INVALID_YES_NO"),
        ("host_as_soon_as_possible", "soon", "INVALID_YES_NO"),
        ("hosting_start_date", {"1": 2022, "2": 13, "3": 1}, "INVALID_DATE"),
        ("hosting_start_date", {"1": 2022}, "INVALID_DATE"),
        ("hosting_start_date", {"1": 10**30, "2": 1, "3": 1}, "INVALID_DATE"),
        ("hosting_start_date", "soon", "INVALID_DATE"),
        ("hosting_start_date", [2022, 1, 1], "NOT_TEXT"),
        ("fullname", {"first": "Siân"}, "NOT_TEXT"),
    ],
)
def test_a_value_that_refuses_its_row(field, value, reason):
    problems = read({**FULL, field: value})[1]
    assert {(problem.field, problem.reason) for problem in problems} == {(field, reason)}


def test_every_problem_of_a_row_is_named():
    problems = read({"email": "x", "version": "x"})[1]
    assert set(problems) == {
        Problem("reference", "MISSING_KEY"),
        Problem("email", "INVALID_EMAIL", "x"),
        Problem("version", "INVALID_NUMBER", "x"),
    }
