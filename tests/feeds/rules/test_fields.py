"""Single values out of a row."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensponsor.feeds.rules.fields import Fields, Problem, postcode_at_end, split_name

TODAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("1 High Street, Cardiff CF10 3NQ", "CF103NQ"),
        ("1 High Street\nCardiff\nCF103NQ", "CF103NQ"),
        ("1 High Street, Cardiff, cf10  3nq.", "CF103NQ"),
        ("1 High Street, Cardiff, CF10, 3NQ", "CF103NQ"),
        ("1 High Street, Cardiff, CF10 3NQ, Wales", "CF103NQ"),
        ("1 High Street, Cardiff, CF10 3NQ, United Kingdom", "CF103NQ"),
        ("CF10 3NQ", "CF103NQ"),
        ("CF10 3NQ (ring twice)", "CF103NQ"),
        ("Flat 2, CF10 3NQ House, Old Road, Little Village, Somewhere Far", ""),
        ("1 High Street, Cardiff", ""),
        ("1 High Street, Cardiff CF10", ""),
        ("", ""),
        (" , ", ""),
    ],
)
def test_the_postcode_that_an_address_ends_with(address, postcode):
    assert postcode_at_end(address) == postcode


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Anna Maria Koval", ("Anna Maria", "Koval")),
        ("  Мар'яна   О'Коваль-Шевченко ", ("Мар'яна", "О'Коваль-Шевченко")),
        ("Madonna", ("", "Madonna")),
        ("", ("", "")),
        ("   ", ("", "")),
    ],
)
def test_a_name_is_parted_at_its_last_space(full, parts):
    assert split_name(full) == parts


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("1990-05-01", dt.date(1990, 5, 1), None),
        (" 1990-05-01 ", dt.date(1990, 5, 1), None),
        ("1900-01-01", dt.date(1900, 1, 1), None),
        ("2026-03-01", TODAY, None),
        ("", None, None),
        ("2026-03-02", dt.date(2026, 3, 2), "BORN_IN_FUTURE"),
        ("1899-12-31", dt.date(1899, 12, 31), "BORN_TOO_EARLY"),
        ("1990-02-30", None, "INVALID_DATE"),
        ("01/05/1990", None, "INVALID_DATE"),
        ("1990-05-01T00:00:00", None, "INVALID_DATE"),
        ("0000-00-00", None, "INVALID_DATE"),
        ("unknown", None, "INVALID_DATE"),
    ],
)
def test_a_date_of_birth(text, day, reason):
    fields = Fields({"born": text})
    assert fields.birth_date("born", today=TODAY) == day
    assert [problem.reason for problem in fields.problems] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00"),
        ("2024-05-01T10:00:00+01:00", "2024-05-01T09:00:00+00:00"),
        ("2024-05-01 10:00:00.123456", "2024-05-01T10:00:00.123456+00:00"),
        ("2024-05-01", "2024-05-01T00:00:00+00:00"),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:59:59-05:00", None),
        ("2024-05-01T25:00:00Z", None),
        ("yesterday", None),
    ],
)
def test_a_date_and_time_is_in_utc(text, moment):
    fields = Fields({"at": text})
    found = fields.moment("at")
    assert (found.isoformat() if found else None) == moment
    assert fields.problems == ([] if moment else [Problem("at", "INVALID_MOMENT", text)])


@pytest.mark.parametrize(
    ("value", "answer", "is_refused"),
    [
        *[(value, True, False) for value in ("yes", "Yes", " TRUE ", "y", "1", True, 1)],
        *[(value, False, False) for value in ("no", "No", "False", "N", "0", False, 0)],
        *[(value, None, False) for value in ("", None, "  ")],
        *[(value, False, True) for value in ("perhaps", "2", ["yes", "no"])],
    ],
)
def test_yes_or_no(value, answer, is_refused):
    fields = Fields({"is": value})
    found = fields.yes_no("is")
    assert bool(fields.problems) == is_refused
    assert is_refused or found is answer


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("anna@example.org", None),
        ("o'koval+home@mail.example.co.uk", None),
        ("анна@приклад.укр", None),
        ("", None),
        ("anna", "INVALID_EMAIL"),
        ("anna@example", "INVALID_EMAIL"),
        ("anna@@example.org", "INVALID_EMAIL"),
        ("anna@example.org, ivan@example.org", "INVALID_EMAIL"),
        ("an na@example.org", "INVALID_EMAIL"),
        ("a" * 250 + "@example.org", "TOO_LONG"),
    ],
)
def test_an_email_address(text, reason):
    fields = Fields({"email": text})
    assert fields.email("email") == text
    assert [problem.reason for problem in fields.problems] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("value", "number", "is_refused"),
    [
        ("2", 2, False),
        (2, 2, False),
        ("0", 0, False),
        ("", None, False),
        ("99", 99, False),
        ("100", None, True),
        ("-1", None, True),
        ("1.5", None, True),
        (1.5, None, True),
        ("two", None, True),
        ("²", None, True),
        ("9" * 9999, None, True),
    ],
)
def test_a_number_may_be_text(value, number, is_refused):
    fields = Fields({"rooms": value})
    assert fields.number("rooms", most=99) == number
    assert bool(fields.problems) == is_refused


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("+447700900123; 07700900456", "+447700900123"),
        (["", "+447700900123", "07700900456"], "+447700900123"),
        ([447700900123], "447700900123"),
        ([{"number": "1"}], ""),
        ("", ""),
        (None, ""),
        ([], ""),
    ],
)
def test_the_first_of_several(value, first):
    fields = Fields({"phones": value})
    assert fields.item("phones", longest=40) == first
    assert fields.problems == []


def test_the_first_column_that_is_filled_counts():
    fields = Fields({"one": " ", "two": "not asked", "three": " A ", "four": "B"}, not_given=frozenset({"not asked"}))
    assert fields.first("none", "one", "two", "three", "four") == ("three", "A")
    assert fields.first("none", "one") == ("none", "")


def test_a_text_may_be_as_long_as_its_column():
    fields = Fields({"name": "Ї" * 200, "more": "Ї" * 201})
    assert fields.text("name", longest=200) == "Ї" * 200
    assert fields.text("more", longest=200) == ""
    assert fields.problems == [Problem("more", "TOO_LONG", "Ї" * 201)]


@given(st.text())
def test_no_text_breaks_a_conversion(text):
    fields = Fields({"value": text})
    postcode_at_end(text)
    split_name(text)
    fields.date("value")
    fields.moment("value")
    fields.yes_no("value")
    fields.number("value", most=99)
    fields.email("value")
    fields.item("value", longest=9)
    assert {problem.field for problem in fields.problems} <= {"value"}
