"""A row of the daily file of visa applications: what of it drives our records.

The names of the columns are the Home Office's. Everything else of the row is kept raw.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from opensponsor.feeds.codes import Reason
from opensponsor.feeds.rules.fields import Fields, Problem, postcode_at_end, split_name
from opensponsor.people.states import Route, Sex
from opensponsor.reference.rules.postcodes import normalise
from opensponsor.visas.states import VisaStatus

KEY = "application_unique_application_number"
# Written where somebody has no document: never a number that identifies anybody.
PLACEHOLDER_PASSPORT = "123456789"
STATUSES = {
    "missing application": VisaStatus.MISSING.value,
    "pending": VisaStatus.PENDING.value,
    "confirmed": VisaStatus.CONFIRMED.value,
    "issued": VisaStatus.ISSUED.value,
    "arrived": VisaStatus.ARRIVED.value,
    "withdrawn": VisaStatus.WITHDRAWN.value,
    "refused": VisaStatus.REFUSED.value,
    "lapsed": VisaStatus.LAPSED.value,
    "flow visa pending": VisaStatus.FLOW_PENDING.value,
}
_SEXES = {"female": Sex.FEMALE.value, "f": Sex.FEMALE.value, "male": Sex.MALE.value, "m": Sex.MALE.value}
_WELSH_GOVERNMENT = ("welsh government", "llywodraeth cymru")
_SPONSOR_NAME = "Q97c_sponsor_name"
_NAME, _PHONE, _ADDRESS, _AUTHORITY, _NUMBER, _SUBMISSION = 200, 40, 400, 100, 40, 80


class ApplicationRow(NamedTuple):
    """One application, checked and in our words; in the order of the columns of the staging table."""

    uan: str
    gwf: str
    submission: str
    event_at: dt.datetime | None
    ingested_at: dt.datetime | None
    visa_status: str
    decided_at: dt.datetime | None
    arrived_at: dt.datetime | None
    arrives_on: dt.date | None
    given_names: str
    family_name: str
    birth_date: dt.date | None
    sex: str
    passport: str
    phone: str
    email: str
    sponsor_given: str
    sponsor_family: str
    sponsor_email: str
    sponsor_phone: str
    sponsor_address: str
    sponsor_postcode: str
    proposed_address: str
    proposed_postcode: str
    stays_with_sponsor: bool | None
    route: str
    lower_authority: str
    upper_authority: str
    country: str


def read(values: Mapping[str, Any], *, today: dt.date, is_live: bool) -> tuple[ApplicationRow, list[Problem]]:
    """The application, and what is wrong with it: only a row without problems may be taken."""
    fields = Fields(values)
    if fields.yes_no("is_notional") and is_live:
        fields.refuse("is_notional", Reason.NOTIONAL, "true")
    uan = _uan(fields)
    given, family = _name(fields, "Q44b_given_name", "Q44c_family_name", "Q44g_full_name")
    sponsor_given, sponsor_family = _name(fields, "Q97a_sponsor_given_name", "Q97b_sponsor_family_name", _SPONSOR_NAME)
    sponsor_email, sponsor_phone = _sponsor_contact(fields)
    sponsor_address = fields.text("Q18b_sponsor_address_uk", longest=_ADDRESS)
    proposed_address = fields.text("Q101a_uk_address_staying", longest=_ADDRESS)
    row = ApplicationRow(
        uan=uan,
        gwf=fields.text("gwf", longest=_NUMBER),
        submission=fields.text("submission_guid", longest=_SUBMISSION) or uan,
        event_at=fields.past_moment("application_event_datetime", today=today),
        ingested_at=fields.past_moment("ingestion_time", today=today),
        visa_status=fields.choice("visa_status", STATUSES) or VisaStatus.MISSING.value,
        decided_at=fields.moment("visa_decision_date"),
        arrived_at=fields.moment("applicant_arrival_time"),
        arrives_on=fields.date("Q66a_uk_arrival_date"),
        given_names=given,
        family_name=family,
        birth_date=fields.birth_date("Q11b_applicant_date_of_birth", "Q52d_date_of_birth", today=today),
        sex=_sex(fields),
        passport=_passport(fields),
        phone=fields.text("Q43a_preferred_contact_number", longest=_PHONE)
        or fields.item("Q40a_telephone_number_details", longest=_PHONE),
        email=fields.email("Q14b_applicant_email_address", "Q5b_applicant_email_address"),
        sponsor_given=sponsor_given,
        sponsor_family=sponsor_family,
        sponsor_email=sponsor_email,
        sponsor_phone=sponsor_phone,
        sponsor_address=sponsor_address,
        sponsor_postcode=postcode_at_end(sponsor_address),
        proposed_address=proposed_address,
        proposed_postcode=normalise(fields.first("mapping_postcode")[1]) or postcode_at_end(proposed_address),
        stays_with_sponsor=fields.yes_no("Q29a_applicant_will_stay_at_sponsor_address"),
        route=_route(fields, f"{sponsor_given} {sponsor_family}"),
        lower_authority=fields.text("ltla_name", longest=_AUTHORITY),
        upper_authority=fields.text("utla_name", longest=_AUTHORITY),
        country=fields.text("country", longest=_AUTHORITY),
    )
    return row, fields.problems


def _uan(fields: Fields) -> str:
    text = fields.first(KEY)[1]
    uan = "".join(text.replace("-", "").split()).upper()
    if not uan:
        fields.refuse(KEY, Reason.MISSING_KEY, text)
    elif len(uan) > _NUMBER:
        fields.refuse(KEY, Reason.TOO_LONG, text)
    elif not (uan.isascii() and uan.isalnum()):
        fields.refuse(KEY, Reason.INVALID_KEY, text)
    return uan


def _name(fields: Fields, given: str, family: str, full: str) -> tuple[str, str]:
    """The two parts of a name, or the whole parted; applications that are not decided may have none (FEED-009)."""
    parts = fields.text(given, longest=_NAME), fields.text(family, longest=_NAME)
    if any(parts):
        return parts
    whole = split_name(fields.first(full)[1])
    if max(map(len, whole)) > _NAME:
        fields.refuse(full, Reason.TOO_LONG, " ".join(whole))
    return whole


def _sponsor_contact(fields: Fields) -> tuple[str, str]:
    """Email address and telephone number of the sponsor: answers about others count where they say it is the sponsor.

    The form has no question of its own for them.
    """
    email = phone = ""
    if "sponsor" in fields.first("Q34a_email_owner")[1].casefold():
        email = fields.email("Q34b_email_address")
    if "sponsor" in fields.first("Q89b_third_party_relation_to_applicant")[1].casefold():
        email = email or fields.email("Q90d_third_party_email_address")
        phone = fields.text("Q90c_third_party_telephone_number", longest=_PHONE)
    return email, phone


def _sex(fields: Fields) -> str:
    text = fields.first("Q21a_application_sex")[1].casefold()
    return _SEXES.get(text, Sex.UNKNOWN.value) if text else ""


def _passport(fields: Fields) -> str:
    """The number, unless it is the placeholder, which also comes as "none - 123456789"."""
    text = fields.text("Q12b_applicant_passport_travel_number", longest=_NUMBER)
    return "" if text.rpartition("-")[2].strip() == PLACEHOLDER_PASSPORT else text


def _route(fields: Fields, sponsor_name: str) -> str:
    """The super sponsor route where the Welsh Government is named, in either of its languages, else the other."""
    organisation, whole_name = fields.first("Q98a_sponsoring_organisation")[1], fields.first(_SPONSOR_NAME)[1]
    named = " ".join(f"{organisation} | {whole_name} | {sponsor_name}".casefold().split())
    is_super_sponsor = any(name in named for name in _WELSH_GOVERNMENT)
    return (Route.SUPER_SPONSOR if is_super_sponsor else Route.INDIVIDUAL_SPONSOR).value
