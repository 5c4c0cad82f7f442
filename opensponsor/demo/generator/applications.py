"""Rows of the daily file of visa applications, with every column that the Home Office sends."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from opensponsor.demo.generator import families
from opensponsor.demo.generator.addresses import Address, Place, address
from opensponsor.demo.generator.chances import stream, text
from opensponsor.demo.generator.families import Person
from opensponsor.demo.generator.journeys import Journey, journey, moved_on, submitted_on
from opensponsor.demo.generator.population import Host, Household, Population

COLUMNS = tuple(text("application_columns.txt").split())
LISTS = frozenset(
    {
        "Q16a_sponsor_other_name_details",
        "Q19a_sponsor_addresses_2_years",
        "Q25a_sponsor_other_nationality_details",
        "Q33a_other_people_will_live_at_address",
        "Q40a_telephone_number_details",
        "Q45a_other_name_details",
        "Q54a_other_nationality_details",
        "Q68a_immigration_problem_details",
        "Q70a_breach_uk_immigration_law",
        "viewer_group_names",
        "viewer_group_names_multi_la",
    }
)
# Text, true or false, or several texts; a column that is not there is empty.
Value = str | bool | list[str]
Row = dict[str, Value]

# Shares of rows: something new happened on the next day; households that come new then; rows that fit no authority;
# names of authorities that are not written as the register has them.
_CHANGED = 0.01
_NEW = 0.003
_UNPLACED = 0.02
_OTHER_NAME = 0.06
_CITIES = ("Kyiv", "Kharkiv", "Odesa", "Dnipro", "Lviv", "Zaporizhzhia", "Mykolaiv", "Kherson", "Poltava", "Chernihiv")


@dataclass(frozen=True, slots=True)
class _Stay:
    """Where a household goes, as all its applications say."""

    place: Place
    authority_names: tuple[str, str]
    proposed: Address | None
    with_sponsor: bool


def rows(population: Population) -> Iterator[Row]:
    """The applications of every household as they are on the day of the population."""
    for household in population.households():
        yield from _rows(population, household, None)


def next_day_rows(population: Population) -> Iterator[Row]:
    """The same a day later: one in a hundred changed, and a few new ones after them."""
    tomorrow = population.day + dt.timedelta(days=1)
    for household in population.households():
        yield from _rows(population, household, tomorrow)
    count = population.size.households
    for number in range(count, count + max(1, round(count * _NEW))):
        chance = stream(population.seed, "new", number)
        new = submitted_on(chance, tomorrow)
        household = population.household(number)
        stay = _stay(chance, household)
        for place, person in enumerate(household.members):
            yield _row(population, household, place, person, new, stay)


def _rows(population: Population, household: Household, tomorrow: dt.date | None) -> Iterator[Row]:
    chance = stream(population.seed, "journey", household.number)
    stay = _stay(chance, household)
    together = journey(chance, population.day)
    for place, person in enumerate(household.members):
        now = together if chance.random() < 0.88 else journey(chance, population.day)
        if tomorrow is not None:
            later = stream(population.seed, "next day", household.number * 16 + place)
            now = moved_on(later, now, tomorrow) if later.random() < _CHANGED else now
        yield _row(population, household, place, person, now, stay)


def _stay(chance: random.Random, household: Household) -> _Stay:
    host = household.host
    with_sponsor = not household.is_super_sponsored and chance.random() < 0.72
    elsewhere = None if household.is_super_sponsored and chance.random() < 0.5 else address(chance, host.place)
    authority_names = ("", "") if chance.random() < _UNPLACED else _authority_names(chance, host.place)
    return _Stay(host.place, authority_names, host.home if with_sponsor else elsewhere, with_sponsor)


def _row(population: Population, household: Household, place: int, person: Person, now: Journey, stay: _Stay) -> Row:
    chance = stream(population.seed, "row", household.number * 16 + place)
    return (
        _numbers(population.seed, household.number, place, chance)
        | _journey(now)
        | _person(chance, person)
        | (_super_sponsor(chance) if household.is_super_sponsored else _sponsor(chance, household.host, now))
        | _where(chance, stay)
        | {"is_notional": False, "source": "Home Office", "Q54a_other_nationality_details": []}
    )


def _numbers(seed: int, number: int, place: int, chance: random.Random) -> Row:
    # Multiplying by a number prime to the modulus gives every household another number.
    own = (number * 48_271 + seed * 7_919) % 10**8
    digits = f"33{own:08d}{(own * 31 + 17) % 10**6:06d}"
    uan = "-".join((digits[:4], digits[4:8], digits[8:12], digits[12:16], f"{place + 1:02d}"))
    submission = stream(seed, "submission", number).getrandbits(128)
    return {
        "application_unique_application_number": uan.replace("-", "") if chance.random() < 0.01 else uan,
        "gwf": f"GWF{own:08d}{place}",
        "submission_guid": str(uuid.UUID(int=submission, version=4)),
        "visa_application_id": f"{own * 16 + place:010d}",
        "title": f"Application {uan}",
    }


def _journey(now: Journey) -> Row:
    row: Row = {
        "visa_status": now.status,
        "application_event_datetime": _moment(now.event),
        "ingestion_time": _moment(now.event + dt.timedelta(hours=3, minutes=20)),
        "Q5f_applicant_email_creation_date": _moment(now.submitted),
    }
    if now.decided:
        row["visa_decision_date"] = _moment(now.decided)
    if now.arrives:
        row["Q66a_uk_arrival_date"] = now.arrives.isoformat()
    if now.arrived:
        row["applicant_arrival_time"] = _moment(now.arrived)
    return row


def _moment(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _person(chance: random.Random, person: Person) -> Row:
    name, phone = person.written, families.guest_phone(person)
    row: Row = {
        "Q44b_given_name": name.given,
        "Q44c_family_name": name.family,
        "Q44g_full_name": name.full,
        "Q21a_application_sex": "Female" if person.is_woman else "Male",
        "Q2a_living_ukraine_before_jan_22": "Yes",
        "Q52c_place_of_birth": chance.choice(_CITIES),
        "Q47a_lass_ukraine_address": f"{chance.choice(_CITIES)}, Ukraine",
        "Q13a_applicant_passport_issuing_authority": f"{chance.randint(1000, 8999)}" if person.passport else "",
        "Q12b_applicant_passport_travel_number": person.passport,
        "Q42a_can_be_contacted_by_telephon": "Yes" if phone else "No",
        "Q43a_preferred_contact_number": phone,
        "Q40a_telephone_number_details": [phone] if phone else [],
        "Q35a_has_email_address": "Yes" if person.email else "No",
        "Q14b_applicant_email_address": person.email,
    }
    if person.birth_date:
        row["Q11b_applicant_date_of_birth"] = row["Q52d_date_of_birth"] = person.birth_date.isoformat()
    if chance.random() < 0.03:
        # Only the whole name was filled in.
        row["Q44b_given_name"] = row["Q44c_family_name"] = ""
    return row


def _super_sponsor(chance: random.Random) -> Row:
    name = "Llywodraeth Cymru" if chance.random() < 0.1 else "Welsh Government"
    if chance.random() < 0.2:
        return {"Q97c_sponsor_name": name}
    return {"Q97c_sponsor_name": name, "Q98a_sponsoring_organisation": name}


def _sponsor(chance: random.Random, host: Host, now: Journey) -> Row:
    name = host.name
    if chance.random() < 0.05:
        name = name.map(str.upper)
    if chance.random() < 0.02:
        name = name.swapped
    home = host.home.text.upper() if chance.random() < 0.04 else host.home.text
    row: Row = {
        "Q97c_sponsor_name": name.full,
        "Q18a_sponsor_is_in_address_uk": "Yes",
        "Q18b_sponsor_address_uk": home,
        "Q18c_sponsor_address_uk_local_authority": host.place.name,
        "Q18d_sponsor_address_uk_country": host.place.country,
        "Q18f_sponsor_address_started_living_at": (now.submitted.date() - dt.timedelta(days=900)).isoformat(),
        "Q99b_sponsor_relationship_sex": "Female" if host.is_woman else "Male",
        "Q3a_sponsor_uk_permission": "Yes",
    }
    if chance.random() < 0.6:
        row |= {"Q97a_sponsor_given_name": name.given, "Q97b_sponsor_family_name": name.family}
    if chance.random() < 0.5:
        row |= {"Q34a_email_owner": "Sponsor", "Q34b_email_address": host.email}
    if chance.random() < 0.4:
        row |= {
            "Q89b_third_party_relation_to_applicant": "Sponsor",
            "Q90c_third_party_telephone_number": families.british_phone(host.phone, chance.randrange(4)),
        }
    return row


def _where(chance: random.Random, stay: _Stay) -> Row:
    row: Row = {
        "country": stay.place.country,
        "Q29a_applicant_will_stay_at_sponsor_address": "Yes" if stay.with_sponsor else "No",
        "Q101c_uk_address_staying_country": stay.place.country,
    }
    if stay.proposed:
        row["Q101a_uk_address_staying"] = _written_address(chance, stay, stay.proposed)
    if not any(stay.authority_names):
        # Neither the names nor the postcode lead to an authority.
        return row | {"mapping_postcode": chance.choice(("", "not known", "ZE99 9ZZ"))}
    name, county = stay.authority_names
    return row | {
        "mapping_postcode": _written_postcode(chance, stay),
        "ltla_name": name,
        "utla_name": county,
        "Q101b_uk_address_staying_local_authority": stay.place.name,
        "viewer_group_names": [f"LA {stay.place.name}"],
    }


def _written_address(chance: random.Random, stay: _Stay, proposed: Address) -> str:
    if not any(stay.authority_names):
        return f"{proposed.street}, {proposed.town}"
    written = proposed.text
    roll = chance.random()
    if roll < 0.04:
        return written.upper()
    if roll < 0.07:
        return f"{written}, United Kingdom"
    return f"{proposed.street}, {proposed.town}" if roll < 0.1 else written


def _written_postcode(chance: random.Random, stay: _Stay) -> str:
    postcode = stay.proposed.postcode if stay.proposed else stay.place.postcodes[0]
    roll = chance.random()
    if roll < 0.08:
        return postcode.lower()
    return postcode.replace(" ", "") if roll < 0.2 else postcode


def _authority_names(chance: random.Random, place: Place) -> tuple[str, str]:
    roll = chance.random()
    if roll < 0.03 and place.county != place.name:
        # Nobody knows the district; the county is named.
        return "", place.county
    if roll < 0.03 + _OTHER_NAME:
        return chance.choice([place.name.upper(), f"{place.name} ", f"{place.name} Council", *place.other_names]), ""
    return place.name, place.county
