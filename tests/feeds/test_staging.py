"""Files into temporary tables: every good row is staged, every bad one is named."""

import csv
import datetime as dt
import io
import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensponsor.feeds import staging
from opensponsor.feeds.rules import columns
from opensponsor.feeds.staging import FileRefused, Staged, stage_applications, stage_offers
from tests.feeds.rules.test_applications import BAD, FULL, KEY
from tests.feeds.rules.test_offers import FULL as OFFER


@pytest.fixture
def stage(ingest):
    """`stage(content)` stages a file of applications in a transaction of the job that reads files."""

    def stage_content(content, *, is_live=True):
        return stage_applications([content if isinstance(content, bytes) else content.encode()], is_live=is_live)

    with ingest():
        yield stage_content


def select(what, table="feed_application", order="line"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM pg_temp.{table} ORDER BY {order}")
        return cursor.fetchall()


def raws(table="feed_application"):
    return {line: json.loads(raw) for line, raw in select("line, raw", table)}


def rejects():
    return sorted(select("line, field, reason, value", "feed_reject"))


def table(rows, **options):
    """A CSV file of the rows; columns as in the first."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), restval="", **options)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.mark.rule("CMS-001", "CMS-009", "FEED-001")
@pytest.mark.parametrize("write", [table, lines])
def test_an_application_is_staged_with_its_raw_row(stage, write):
    assert stage(write([FULL])) == Staged(1, 1, 0, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pg_temp.feed_application")
        (row,) = cursor.fetchall()
        staged = dict(zip([column.name for column in cursor.description], row, strict=True))
    assert json.loads(staged.pop("raw")) == FULL
    assert staged.pop("kept_at") is None
    assert staged == {
        "line": 2 if write is table else 1,
        "uan": "3434000011112222",
        "gwf": "GWF012345678",
        "submission": "6f1c-22",
        "event_at": dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC),
        "ingested_at": dt.datetime(2024, 5, 2, 3, tzinfo=dt.UTC),
        "visa_status": "ISSUED",
        "decided_at": dt.datetime(2024, 4, 30, 12, tzinfo=dt.UTC),
        "arrived_at": dt.datetime(2024, 6, 2, 18, 30, tzinfo=dt.UTC),
        "arrives_on": dt.date(2024, 6, 1),
        "given_names": "Мар'яна",
        "family_name": "Коваль",
        "birth_date": dt.date(1990, 5, 1),
        "sex": "FEMALE",
        "passport": "FK123456",
        "phone": "+380501234567",
        "email": "mariana@example.org",
        "sponsor_given": "Siân",
        "sponsor_family": "Lloyd-Jones",
        "sponsor_email": "",
        "sponsor_phone": "",
        "sponsor_address": "1 Heol Fawr, Caerdydd CF10 3NQ",
        "sponsor_postcode": "CF103NQ",
        "proposed_address": "2 Heol Fach, Abertawe",
        "proposed_postcode": "SA11AA",
        "stays_with_sponsor": False,
        "route": "IS",
        "lower_authority": "Swansea",
        "upper_authority": "Swansea",
        "country": "Wales",
    }
    assert rejects() == []


@pytest.mark.rule("FEED-009")
def test_an_application_with_a_number_and_nothing_else_is_staged(stage):
    assert stage(f"{KEY}\n3434-1\n") == Staged(
        1, 1, 0, [{"code": "MISSING_COLUMNS", "names": sorted(columns.EXPECTED_OF_APPLICATIONS), "count": 9}]
    )
    assert select("line, uan, submission, visa_status, given_names, event_at, birth_date, stays_with_sponsor") == [
        (2, "34341", "34341", "MISSING", "", None, None, None)
    ]


def test_every_column_of_the_specification_is_known(stage):
    assert len(columns.APPLICATIONS) == 131
    row = dict.fromkeys(columns.APPLICATIONS, "") | {KEY: "1", "viewer_group_names": "a; b"}
    assert stage(table([row])).notices == []
    assert stage(table([row | {"new_column": "kept"}])).notices == [
        {"code": "UNKNOWN_COLUMNS", "names": ["new_column"], "count": 1}
    ]
    assert raws() == {2: {KEY: "1", "viewer_group_names": "a; b", "new_column": "kept"}}


@pytest.mark.parametrize("write", [table, lines])
def test_of_a_file_with_bad_rows_each_is_named_and_every_good_one_is_staged(stage, write):
    """One row in twenty is bad, each in another way or in several."""
    bad = [case for case in BAD if isinstance(case[1], str)]
    rows, expected = [], []
    for number in range(20 * len(bad)):
        row = {**dict.fromkeys(sorted(columns.APPLICATIONS), ""), KEY: f"U{number}", "gwf": f"G{number}"}
        if number % 20 == 7:
            field, value, reason, shown = bad[number // 20]
            row |= {field: value}
            expected.append((len(rows), field, reason, "" if columns.is_of_document(field) else shown[:100]))
            if field != "visa_status":
                row |= {"visa_status": "oops"}
                expected.append((len(rows), "visa_status", "INVALID_CHOICE", "oops"))
        rows.append(row)
    result = stage(write(rows))
    first = 2 if write is table else 1
    assert rejects() == sorted((place + first, *rest) for place, *rest in expected)
    assert (result.rows, result.good, result.repeated) == (len(rows), 19 * len(bad), 0)
    good = [place for place in range(len(rows)) if place % 20 != 7]
    assert select("line, uan, gwf") == [(place + first, f"U{place}", f"G{place}") for place in good]
    assert result.rows == result.good + result.repeated + len({line for line, *_ in rejects()})


def test_rows_that_are_no_rows_are_named(stage):
    result = stage(f"{KEY},gwf\n1,A\n2\n3,{'x' * 130_000}\n4,D\n5,E,F\n")
    assert (result.rows, result.good) == (5, 2)
    assert rejects() == [
        (3, "", "WRONG_COLUMNS", "1 / 2"),
        (4, "gwf", "TOO_LONG", "x" * 100),
        (6, "", "WRONG_COLUMNS", "3 / 2"),
    ]
    result = stage(f'{{"{KEY}":"1"}}\nnonsense\n[7]\n{{"{KEY}":"4","a":"{"x" * 10_001}"}}\n')
    assert (result.rows, result.good) == (4, 1)
    assert rejects() == [
        (2, "", "NOT_JSON", "nonsense\n"),
        (3, "", "NOT_OBJECT", "[7]\n"),
        (4, "a", "TOO_LONG", "x" * 100),
    ]


@pytest.mark.parametrize(
    "value",
    ['"\\u0000"', '"a\\ud800b"', '["\\u0000"]', '{"x":{"\\u0000":1}}', "1e999", '"\\udfff\\ud800"'],
)
def test_what_the_database_cannot_hold_refuses_its_row(stage, value):
    good = f'{{"{KEY}":"2","x":"\\\\u0000 \\u0001 \\ud83d\\ude00"}}\n'
    result = stage(f'{{"{KEY}":"1","x":{value}}}\n' + good)
    assert (result.rows, result.good) == (2, 1)
    assert rejects() == [(1, "x", "BAD_CHARACTER", "")]
    assert raws() == {2: {KEY: "2", "x": "\\u0000 \x01 😀"}}


@pytest.mark.parametrize(
    "value", [2**64, 10**40, -(2**80), 0.1, -1.5e-7, True, "null", [None, 1], {"a": None, "b": 2**70}], ids=repr
)
def test_whatever_stands_in_a_record_is_kept_as_it_is(stage, value):
    result = stage(json.dumps({KEY: "1", "x": value}) + "\n")
    assert result.good == 1
    assert raws() == {1: {KEY: "1", "x": value}}


def test_what_the_database_cannot_hold_is_not_in_the_reject_either(stage):
    stage(f'{{"{KEY}":"1","visa_status":"\\u0000\\ud800","\\ud800":"{"x" * 10_001}"}}\n')
    assert rejects() == [(1, "?", "TOO_LONG", "x" * 100), (1, "visa_status", "INVALID_CHOICE", "\ufffd?")]


@pytest.mark.parametrize(
    ("rows", "winner"),
    [
        pytest.param([("2024-01-01", ""), ("2024-01-02", ""), ("", "")], 3, id="the newest event"),
        pytest.param([("2024-01-02", ""), ("2024-01-01", "2025-01-01")], 2, id="the event before the file"),
        pytest.param([("2024-01-01", "2024-01-03"), ("2024-01-01", "2024-01-02")], 2, id="the newest file"),
        pytest.param([("2024-01-01", ""), ("2024-01-01", "2024-01-02"), ("2024-01-01", "")], 3, id="a known file"),
        pytest.param([("2024-01-01", "2024-01-02")] * 3, 4, id="the later line"),
        pytest.param([("", "")] * 2, 3, id="the later line without times"),
        pytest.param([("2024-01-01T01:00:00+02:00", ""), ("2023-12-31T23:30:00Z", "")], 3, id="in one time zone"),
    ],
)  # fmt: skip
def test_of_rows_with_one_number_the_newest_is_staged_and_the_others_are_named(stage, rows, winner):
    keys = ("34-1", "341", " 3-4-1 ")
    content = [
        {KEY: key, "application_event_datetime": event, "ingestion_time": ingested}
        for key, (event, ingested) in zip(keys, rows, strict=False)
    ]
    result = stage(table([*content, {KEY: "342"}]))
    assert (result.rows, result.good, result.repeated) == (len(rows) + 1, 2, len(rows) - 1)
    assert select("line, uan") == [(winner, "341"), (len(rows) + 2, "342")]
    others = [line for line in range(2, len(rows) + 2) if line != winner]
    assert rejects() == [(line, KEY, "REPEATED", "341") for line in others]


def test_a_bad_row_does_not_stand_in_for_a_good_one(stage):
    result = stage(f"{KEY},application_event_datetime,visa_status\n1,2024-01-01,Issued\n1,2025-01-01,oops\n")
    assert (result.rows, result.good, result.repeated) == (2, 1, 0)
    assert select("line, visa_status") == [(2, "ISSUED")]


def test_test_data_never_enters_a_live_system(stage):
    content = f"{KEY},is_notional\n1,true\n2,false\n3,\n"
    assert stage(content).good == 2
    assert rejects() == [(2, "is_notional", "NOTIONAL", "true")]
    assert stage(content, is_live=False).good == 3
    assert rejects() == []


def test_a_refused_file_says_why(stage):
    with pytest.raises(FileRefused) as refusal:
        stage("name\nA\n")
    assert refusal.value.code == "NO_KEY_COLUMN"
    assert refusal.value.details == {"column": KEY}
    assert str(refusal.value)


@pytest.mark.parametrize("most", [1, 3, 5_000])
def test_rows_and_rejects_take_turns(stage, monkeypatch, most):
    monkeypatch.setattr(staging, "_MOST_WAITING", most)
    rows = [
        {KEY: f"{number}", "visa_status": "oops" if number % 4 == 0 else "", "x": "x" * number} for number in range(50)
    ]
    result = stage(table(rows))
    assert (result.rows, result.good) == (50, 37)
    assert [line for (line,) in select("line")] == [number + 2 for number in range(50) if number % 4]
    assert len(rejects()) == 13


def test_more_of_a_file_is_asked_for_on_the_connection_that_copies(stage):
    def pieces():
        content = table(
            [{KEY: f"{number}", "visa_status": "oops" if number % 5 == 0 else ""} for number in range(40)]
        ).encode()
        for start in range(0, len(content), 7):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            yield content[start : start + 7]

    assert staging.stage_applications(pieces(), is_live=True).good == 32
    assert len(rejects()) == 8


def test_a_file_that_is_refused_after_many_rows_leaves_a_connection_that_works(stage):
    content = table([{KEY: f"{number}", "x": "y"} for number in range(40)])
    with pytest.raises(FileRefused):
        stage(content + '"never closed')
    assert stage(content).good == 40


def test_arbitrary_text_is_kept_raw(stage):
    texts = [
        "О'Коваль",
        "ЇЄҐ" * 66 + "ії",
        " spaces ",
        'quo"tes',
        "a\\b\t\\N\\.",
        "line\r\nend",
        "=1+1",
        "😀\u2028",
        "\\u0000",
    ]
    rows = [{KEY: str(number), "x": text, "y": text} for number, text in enumerate(texts)]
    for write in (table, lines):
        stage(write(rows))
        assert list(raws().values()) == rows


# The tables are made anew for each file, so that one transaction does for all.
of_any_content = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@of_any_content
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=9))
def test_any_text_is_kept_raw(stage, texts):
    rows = [{KEY: str(number), "x": text} for number, text in enumerate(texts)]
    filled = [{name: value for name, value in row.items() if value} for row in rows]
    for content in (table(rows, quoting=csv.QUOTE_ALL), lines(rows)):
        stage(content)
        assert list(raws().values()) == filled


VALUES = st.one_of(
    st.sampled_from(["", "1", "yes", "123456789", "0001-01-01", "9999-12-31", "2024-W01-1", "20240101", "CF10 3NQ"]),
    st.sampled_from(["9999-12-31T23:59:59.999999+00:00", "0001-01-01T00:00:00-23:59", "2024-05-01T10:00:00+15:59:59"]),
    st.sampled_from(["\0", "\ud800", 1e308, -0.0, 10**400, True, None, [], {}, [[]], "Welsh Government", "a@b.c"]),
    st.text(max_size=30),
    st.datetimes().map(str),
    st.dates().map(str),
    st.recursive(st.text(max_size=3), lambda inner: st.lists(inner, max_size=2), max_leaves=4),
)  # fmt: skip


@of_any_content
@given(
    st.lists(st.dictionaries(st.sampled_from([name for name in FULL if name != KEY]), VALUES), min_size=1, max_size=9)
)
def test_no_value_breaks_the_staging_of_applications(stage, rows):
    rows = [{KEY: str(number), **row} for number, row in enumerate(rows)]
    result = stage("".join(json.dumps(row) + "\n" for row in rows))
    refused = {line for line, *_ in rejects()}
    assert (result.rows, result.good) == (len(rows), len(rows) - len(refused))
    assert {line for (line,) in select("line")} == set(range(1, len(rows) + 1)) - refused


@of_any_content
@given(st.lists(st.dictionaries(st.sampled_from(sorted(OFFER)), VALUES), min_size=1, max_size=9))
def test_no_value_breaks_the_staging_of_offers(stage, rows):
    rows = [{**row, "reference": f"EOI-{number}"} for number, row in enumerate(rows)]
    result = stage_offers(["".join(json.dumps(row) + "\n" for row in rows).encode()])
    refused = {line for line, *_ in rejects()}
    assert (result.rows, result.good) == (len(rows), len(rows) - len(refused))


def test_the_tables_end_with_the_transaction_and_may_be_made_twice(stage):
    stage(f"{KEY}\n1\n2\n")
    stage(f"{KEY}\n3\n")
    assert select("uan") == [("3",)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'pg_temp.feed_application'::regclass")
        assert cursor.fetchone() == (1,)


def test_offers_are_staged_and_the_newest_version_of_each_counts(ingest):
    other = {**OFFER, "reference": "EOI-9999-4999-9", "version": None, "extra": "kept"}
    records = [
        OFFER | {"version": "5"},
        OFFER,
        {**other, "created_at": "2022-05-02T10:00:00Z"},
        other,
        {**OFFER, "reference": None},
        {**OFFER, "reference": "EOI-1", "email": "nobody", "version": "many"},
    ]
    with ingest():
        result = stage_offers([lines(records).encode()])
        assert result == Staged(6, 2, 2, [{"code": "UNKNOWN_COLUMNS", "names": ["extra"], "count": 1}])
        assert select("line, reference, version", "feed_offer") == [
            (1, "EOI-1A2B-4C3D-8", 5),
            (3, "EOI-9999-4999-9", 0),
        ]
        assert rejects() == [
            (2, "reference", "REPEATED", "EOI-1A2B-4C3D-8"),
            (4, "reference", "REPEATED", "EOI-9999-4999-9"),
            (5, "reference", "MISSING_KEY", ""),
            (6, "email", "INVALID_EMAIL", "nobody"),
            (6, "version", "INVALID_NUMBER", "many"),
        ]
        assert raws("feed_offer")[1] == OFFER | {"version": "5"}


@pytest.mark.rule("FEED-003")
def test_an_offer_is_staged_in_our_words(ingest):
    with ingest():
        assert stage_offers([lines([OFFER]).encode()]) == Staged(1, 1, 0, [])
        home = "given_names, family_name, home_address, home_postcode, is_sponsors_home"
        assert select(home, "feed_offer") == [
            ("Siân Mary", "Lloyd-Jones", "1 Heol Fawr, Cathays, Caerdydd", "CF103NQ", False)
        ]
        offered = "property_postcode, single_rooms, double_rooms, family_type, step_free, allows_pets, available_from"
        assert select(offered, "feed_offer") == [("SA11AA", 2, 0, "SEVERAL_ADULTS", "SOME", True, dt.date(2022, 6, 15))]


def test_a_table_of_offers_is_refused(ingest):
    with ingest(), pytest.raises(FileRefused) as refusal:
        stage_offers([b"reference,version\nEOI-1,4\n"])
    assert refusal.value.code == "NOT_CSV_HERE"


def test_numbers_of_documents_are_not_repeated_in_what_goes_back(stage):
    number = "FA" + "1" * 400
    stage(f"{KEY},Q12b_applicant_passport_travel_number,gwf\n1,{number},{number}\n")
    assert rejects() == [
        (2, "Q12b_applicant_passport_travel_number", "TOO_LONG", ""),
        (2, "gwf", "TOO_LONG", number[:100]),
    ]
