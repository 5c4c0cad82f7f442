"""A row of the daily file of visa applications, in our words."""

import datetime as dt

import pytest

from opensponsor.feeds.rules.applications import KEY, STATUSES, ApplicationRow, read
from opensponsor.feeds.rules.fields import Problem
from opensponsor.visas.states import VisaStatus

TODAY = dt.date(2026, 3, 1)
FULL = {
    KEY: "3434-0000-1111-2222",
    "gwf": "GWF012345678",
    "submission_guid": "6f1c-22",
    "application_event_datetime": "2024-05-01T10:00:00Z",
    "ingestion_time": "2024-05-02T03:00:00Z",
    "visa_status": "Issued",
    "visa_decision_date": "2024-04-30T12:00:00Z",
    "applicant_arrival_time": "2024-06-02T18:30:00Z",
    "Q66a_uk_arrival_date": "2024-06-01",
    "Q44b_given_name": " Мар'яна ",
    "Q44c_family_name": "Коваль",
    "Q11b_applicant_date_of_birth": "1990-05-01",
    "Q21a_application_sex": "Female",
    "Q12b_applicant_passport_travel_number": "FK123456",
    "Q43a_preferred_contact_number": "+380501234567",
    "Q14b_applicant_email_address": "mariana@example.org",
    "Q97a_sponsor_given_name": "Siân",
    "Q97b_sponsor_family_name": "Lloyd-Jones",
    "Q97c_sponsor_name": "Siân Lloyd-Jones",
    "Q18b_sponsor_address_uk": "1 Heol Fawr, Caerdydd CF10 3NQ",
    "Q101a_uk_address_staying": "2 Heol Fach, Abertawe",
    "mapping_postcode": "sa1 1aa",
    "Q29a_applicant_will_stay_at_sponsor_address": "No",
    "ltla_name": "Swansea",
    "utla_name": "Swansea",
    "country": "Wales",
    "is_notional": "false",
}


def one(values=None, **more):
    """The row without problems that the values give beside the key."""
    row, problems = read({KEY: "1", **(values or {}), **more}, today=TODAY, is_live=True)
    assert problems == []
    return row


def problems_of(values, *, is_live=True):
    return read(values, today=TODAY, is_live=is_live)[1]


@pytest.mark.rule("CMS-009", "CMS-001")
def test_what_drives_our_records():
    assert one(FULL) == ApplicationRow(
        uan="3434000011112222",
        gwf="GWF012345678",
        submission="6f1c-22",
        event_at=dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC),
        ingested_at=dt.datetime(2024, 5, 2, 3, tzinfo=dt.UTC),
        visa_status="ISSUED",
        decided_at=dt.datetime(2024, 4, 30, 12, tzinfo=dt.UTC),
        arrived_at=dt.datetime(2024, 6, 2, 18, 30, tzinfo=dt.UTC),
        arrives_on=dt.date(2024, 6, 1),
        given_names="Мар'яна",
        family_name="Коваль",
        birth_date=dt.date(1990, 5, 1),
        sex="FEMALE",
        passport="FK123456",
        phone="+380501234567",
        email="mariana@example.org",
        sponsor_given="Siân",
        sponsor_family="Lloyd-Jones",
        sponsor_email="",
        sponsor_phone="",
        sponsor_address="1 Heol Fawr, Caerdydd CF10 3NQ",
        sponsor_postcode="CF103NQ",
        proposed_address="2 Heol Fach, Abertawe",
        proposed_postcode="SA11AA",
        stays_with_sponsor=False,
        route="IS",
        lower_authority="Swansea",
        upper_authority="Swansea",
        country="Wales",
    )


@pytest.mark.rule("FEED-009", "CMS-010")
def test_an_application_that_is_not_decided_may_have_nothing_but_its_number():
    row = one()
    assert (row.uan, row.submission, row.visa_status, row.route) == ("1", "1", "MISSING", "IS")
    assert {value for value in row[3:] if value not in ("MISSING", "IS")} == {"", None}


@pytest.mark.parametrize(
    ("written", "uan"),
    [("3434-0000-1111-2222", "3434000011112222"), (" ab-1 2 ", "AB12"), (34340000, "34340000")],
)
def test_the_number_is_kept_without_dashes(written, uan):
    assert one({KEY: written}).uan == uan


@pytest.mark.parametrize("status", VisaStatus)
def test_every_status_of_the_file_has_a_code(status):
    (written,) = [words for words, code in STATUSES.items() if code == status]
    assert one(visa_status=f" {written.title()} ").visa_status == status


@pytest.mark.parametrize(
    ("written", "sex"),
    [("Male", "MALE"), ("F", "FEMALE"), ("Unspecified", "UNKNOWN"), ("", "")],
)
def test_sex_as_the_application_says_it(written, sex):
    assert one(Q21a_application_sex=written).sex == sex


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("FK123456", "FK123456"),
        ("123456789", ""),
        ("none - 123456789", ""),
        (123456789, ""),
        ("1234567890", "1234567890"),
        ("A123456789", "A123456789"),
    ],
)
def test_the_placeholder_of_a_passport_is_never_a_number(number, kept):
    assert one(Q12b_applicant_passport_travel_number=number).passport == kept


@pytest.mark.parametrize(
    ("fields", "route"),
    [
        ({"Q98a_sponsoring_organisation": "Welsh Government"}, "SS"),
        ({"Q98a_sponsoring_organisation": "LLYWODRAETH  CYMRU"}, "SS"),
        ({"Q98a_sponsoring_organisation": "A church"}, "IS"),
        ({"Q97c_sponsor_name": "The Welsh Government"}, "SS"),
        ({"Q97a_sponsor_given_name": "Welsh", "Q97b_sponsor_family_name": "Government"}, "SS"),
        ({"Q97a_sponsor_given_name": "Llywodraeth", "Q97c_sponsor_name": "Cymru"}, "IS"),
        ({"Q97c_sponsor_name": "Scottish Government"}, "IS"),
        ({}, "IS"),
    ],
)
def test_the_route_is_by_who_sponsors(fields, route):
    assert one(fields).route == route


@pytest.mark.parametrize(
    ("fields", "given", "family"),
    [
        ({"Q97a_sponsor_given_name": "Ann", "Q97b_sponsor_family_name": "Lee", "Q97c_sponsor_name": "X"}, "Ann", "Lee"),
        ({"Q97c_sponsor_name": "Ann Mary Lee"}, "Ann Mary", "Lee"),
        ({"Q97c_sponsor_name": "Lee"}, "", "Lee"),
        ({"Q97b_sponsor_family_name": "Lee", "Q97c_sponsor_name": "Ann Lee"}, "", "Lee"),
    ],
)  # fmt: skip
def test_the_name_of_the_sponsor(fields, given, family):
    row = one(fields)
    assert (row.sponsor_given, row.sponsor_family) == (given, family)


def test_the_name_of_the_guest_may_come_whole():
    row = one(Q44g_full_name="Anna Maria Koval")
    assert (row.given_names, row.family_name) == ("Anna Maria", "Koval")


@pytest.mark.rule("CMS-009")
@pytest.mark.parametrize(
    ("fields", "email", "phone"),
    [
        ({"Q34a_email_owner": "My sponsor", "Q34b_email_address": "s@example.org"}, "s@example.org", ""),
        ({"Q34a_email_owner": "A friend", "Q34b_email_address": "f@example.org"}, "", ""),
        (
            {
                "Q89b_third_party_relation_to_applicant": "Sponsor",
                "Q90c_third_party_telephone_number": "029 2000 0000",
                "Q90d_third_party_email_address": "t@example.org",
            },
            "t@example.org",
            "029 2000 0000",
        ),
        ({"Q89b_third_party_relation_to_applicant": "Friend", "Q90c_third_party_telephone_number": "029"}, "", ""),
    ],
)
def test_how_to_reach_the_sponsor_is_taken_from_answers_that_are_about_the_sponsor(fields, email, phone):
    row = one(fields)
    assert (row.sponsor_email, row.sponsor_phone, row.email, row.phone) == (email, phone, "", "")


@pytest.mark.rule("CMS-007")
@pytest.mark.parametrize(
    ("mapped", "address", "postcode"),
    [
        ("CF10 3NQ", "2 Heol Fach SA1 1AA", "CF103NQ"),
        ("", "2 Heol Fach SA1 1AA", "SA11AA"),
        ("nowhere", "2 Heol Fach SA1 1AA", "SA11AA"),
        ("nowhere", "2 Heol Fach", ""),
        ("", "", ""),
    ],
)
def test_where_the_guest_will_stay_never_refuses_a_row(mapped, address, postcode):
    row = one(mapping_postcode=mapped, Q101a_uk_address_staying=address)
    assert (row.proposed_postcode, row.proposed_address) == (postcode, address)


def test_telephone_numbers_may_be_a_list():
    assert one(Q40a_telephone_number_details="+380501234567; 07700900123").phone == "+380501234567"
    assert one(Q40a_telephone_number_details=["+380501234567", "07700900123"]).phone == "+380501234567"
    assert one(Q40a_telephone_number_details=["1"], Q43a_preferred_contact_number="2").phone == "2"


@pytest.mark.parametrize("name", ["O'Brien", "Д’Артаньян-Коваль", "ЇЄҐ" * 66 + "ії", "-", "von der Leyen"])
def test_names_pass_as_they_are(name):
    row = one(Q44b_given_name=name, Q44c_family_name=name, Q97a_sponsor_given_name=name)
    assert (row.given_names, row.family_name, row.sponsor_given) == (name, name, name)


LONG = "x" * 401
BAD = [
    (KEY, "", "MISSING_KEY", ""),
    (KEY, " - ", "MISSING_KEY", "-"),
    (KEY, "=HYPERLINK(1)", "INVALID_KEY", "=HYPERLINK(1)"),
    (KEY, "9" * 41, "TOO_LONG", "9" * 41),
    ("visa_status", "Granted", "INVALID_CHOICE", "Granted"),
    ("application_event_datetime", "soon", "INVALID_MOMENT", "soon"),
    ("application_event_datetime", "2999-01-01T00:00:00Z", "IN_FUTURE", "2999-01-01T00:00:00+00:00"),
    ("ingestion_time", "2999-01-01T00:00:00Z", "IN_FUTURE", "2999-01-01T00:00:00+00:00"),
    ("ingestion_time", "soon", "INVALID_MOMENT", "soon"),
    ("visa_decision_date", "soon", "INVALID_MOMENT", "soon"),
    ("applicant_arrival_time", "soon", "INVALID_MOMENT", "soon"),
    ("Q66a_uk_arrival_date", "soon", "INVALID_DATE", "soon"),
    ("Q11b_applicant_date_of_birth", "2999-03-02", "BORN_IN_FUTURE", "2999-03-02"),
    ("Q11b_applicant_date_of_birth", "1899-01-01", "BORN_TOO_EARLY", "1899-01-01"),
    ("Q52d_date_of_birth", "1/1/1990", "INVALID_DATE", "1/1/1990"),
    ("Q14b_applicant_email_address", "anna", "INVALID_EMAIL", "anna"),
    ("Q5b_applicant_email_address", "anna", "INVALID_EMAIL", "anna"),
    ("Q29a_applicant_will_stay_at_sponsor_address", "perhaps", "INVALID_YES_NO", "perhaps"),
    ("is_notional", "perhaps", "INVALID_YES_NO", "perhaps"),
    ("is_notional", "TRUE", "NOTIONAL", "true"),
    ("gwf", LONG, "TOO_LONG", LONG),
    ("submission_guid", LONG, "TOO_LONG", LONG),
    ("Q44b_given_name", LONG, "TOO_LONG", LONG),
    ("Q44c_family_name", LONG, "TOO_LONG", LONG),
    ("Q44g_full_name", LONG, "TOO_LONG", f" {LONG}"),
    ("Q97a_sponsor_given_name", LONG, "TOO_LONG", LONG),
    ("Q97c_sponsor_name", LONG, "TOO_LONG", f" {LONG}"),
    ("Q12b_applicant_passport_travel_number", LONG, "TOO_LONG", LONG),
    ("Q43a_preferred_contact_number", LONG, "TOO_LONG", LONG),
    ("Q40a_telephone_number_details", LONG, "TOO_LONG", LONG),
    ("Q18b_sponsor_address_uk", LONG, "TOO_LONG", LONG),
    ("Q101a_uk_address_staying", LONG, "TOO_LONG", LONG),
    ("ltla_name", LONG, "TOO_LONG", LONG),
    ("utla_name", ["Kent", "Essex"], "NOT_TEXT", "['Kent', 'Essex']"),
]


@pytest.mark.parametrize(("field", "value", "reason", "shown"), BAD)
def test_a_value_that_refuses_its_row(field, value, reason, shown):
    assert problems_of({KEY: "1", field: value}) == [Problem(field, reason, shown)]


def test_every_problem_of_a_row_is_named():
    found = problems_of({"visa_status": "x", "ingestion_time": "x", "Q66a_uk_arrival_date": "x", "is_notional": "true"})
    assert {(problem.field, problem.reason) for problem in found} == {
        (KEY, "MISSING_KEY"),
        ("visa_status", "INVALID_CHOICE"),
        ("ingestion_time", "INVALID_MOMENT"),
        ("Q66a_uk_arrival_date", "INVALID_DATE"),
        ("is_notional", "NOTIONAL"),
    }


def test_test_data_may_be_loaded_where_nothing_is_live():
    assert problems_of({KEY: "1", "is_notional": "true"}, is_live=False) == []
