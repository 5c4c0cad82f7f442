"""Files about invented people: the same everywhere, in the real proportions, and of nobody who exists."""

import csv
import datetime as dt
import hashlib
import json
import re
from collections import Counter
from itertools import islice

import pytest

from opensponsor.core.names import search_form
from opensponsor.demo.generator import applications, files, names
from opensponsor.demo.generator.addresses import places
from opensponsor.demo.generator.families import PLACEHOLDER_PASSPORT, Copying, copied
from opensponsor.demo.generator.names import Name, Spelling
from opensponsor.demo.generator.offers import offers
from opensponsor.demo.generator.population import Population
from opensponsor.demo.generator.sizes import SIZES, of_households
from opensponsor.feeds.rules import offers as offer_rules
from opensponsor.feeds.rules.applications import read
from opensponsor.ops import cli
from opensponsor.people.rules.ages import last_adult_birthday
from opensponsor.reference.rules.postcodes import is_valid

DAY = dt.date(2026, 5, 31)
SMALL = Population(7, of_households(60), DAY)
MANY = Population(7, SIZES["S"], DAY)
UAN = "application_unique_application_number"


def digest(folder):
    parts = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@pytest.mark.parametrize("kind", list(files.Format))
def test_the_same_seed_gives_the_same_files(tmp_path, kind):
    for name in ("first", "second"):
        files.write_all(Population(7, of_households(60), DAY), tmp_path / name, kind)
    files.write_all(Population(8, of_households(60), DAY), tmp_path / "another", kind)
    assert digest(tmp_path / "first") == digest(tmp_path / "second")
    assert digest(tmp_path / "first") != digest(tmp_path / "another")


def test_files_are_the_same_on_every_machine(tmp_path):
    """Fails when anything of the generator changes: then write the new sum here."""
    files.write_all(Population(1, of_households(25), DAY), tmp_path)
    assert digest(tmp_path) == "ffad5424463b1486c0ee61b8db3b367db43a505795f4b40eb08f058cd7288af2"


def test_people_come_in_the_proportions_of_the_scheme():
    households = list(MANY.households())
    people = [person for household in households for person in household.members]
    last = last_adult_birthday(DAY)
    adults = [person for person in people if person.birth_date is None or person.birth_date <= last]
    assert 2.6 < len(people) / len(households) < 3.0
    assert 0.25 < 1 - len(adults) / len(people) < 0.35
    assert 0.6 < sum(person.is_woman for person in adults) / len(adults) < 0.72
    assert Counter(len(household.members) for household in households).keys() <= set(range(1, 8))
    assert 0.04 < sum(not person.passport for person in people) / len(people) < 0.16
    assert any(person.passport == PLACEHOLDER_PASSPORT for person in people)


def test_statuses_come_in_the_proportions_of_the_scheme():
    count = Counter(row["visa_status"] for row in applications.rows(MANY))
    total = count.total()
    assert 0.6 < count["Arrived"] / total < 0.8
    assert 0.08 < count["Issued"] / total < 0.2
    for status in ("Pending", "Withdrawn", "Refused", "Lapsed", "Confirmed", "Missing Application"):
        assert 0.001 < count[status] / total < 0.12, status


def test_the_large_size_is_the_whole_country():
    large = Population(1, SIZES["L"], DAY)
    assert len(large.places) == 361
    assert {place.county for place in large.places.values()} >= {"Kent", "Essex", "Surrey"}
    some = [large.household(number) for number in range(0, 75_000, 250)]
    assert 2.6 * 300 < sum(len(household.members) for household in some) < 3.05 * 300
    assert len({household.host.place.code for household in some}) > 150


def test_dates_of_an_application_fit_each_other():
    for row in applications.rows(MANY):
        when = [
            row.get(name, "") for name in ("Q5f_applicant_email_creation_date", "visa_decision_date", "ingestion_time")
        ]
        known = [moment for moment in when if moment]
        assert known == sorted(known)
        assert row["application_event_datetime"][:10] <= DAY.isoformat()
        if row["visa_status"] == "Arrived":
            assert row["visa_decision_date"] < row["applicant_arrival_time"] <= f"{DAY}T23:59:59Z"


def test_every_application_is_valid():
    for row in applications.next_day_rows(MANY):
        cells = {column: files._cell(row.get(column, "")) for column in applications.COLUMNS}
        assert read(cells, today=DAY, is_live=True)[1] == []


def test_every_offer_is_valid():
    read_offers = [offer_rules.read(record) for record in offers(MANY)]
    assert [problems for _offer, problems in read_offers if problems] == []
    assert 0.6 < sum(bool(offer.is_sponsors_home) for offer, _ in read_offers) / len(read_offers) < 0.8


def test_a_file_has_every_column_in_order(tmp_path):
    files.write_all(SMALL, tmp_path)
    with (tmp_path / "applications.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert len(header) == 131
    assert tuple(header) == applications.COLUMNS
    assert {"Q42a_can_be_contacted_by_telephon", "Q47a_lass_ukraine_address"} <= set(header)
    assert {len(row) for row in rows} == {131}
    assert set().union(*applications.rows(SMALL)) <= set(header)


def test_both_formats_say_the_same(tmp_path):
    for kind in files.Format:
        files.write_all(SMALL, tmp_path, kind)
    with (tmp_path / "applications.csv").open(encoding="utf-8", newline="") as file:
        tabular = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (tmp_path / "applications.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{name: files._cell(line.get(name, "")) for name in applications.COLUMNS} for line in lines] == tabular
    assert lines[0]["is_notional"] is False


def test_every_application_has_a_number_of_its_own():
    rows = list(applications.next_day_rows(MANY))
    for column in (UAN, "gwf", "visa_application_id"):
        values = [row[column].replace("-", "") for row in rows]
        assert len(set(values)) == len(values)
    assert len({offer["reference"] for offer in offers(MANY)}) == MANY.size.offers


def test_the_next_day_changes_one_row_in_a_hundred_and_adds_a_few():
    today = {row[UAN]: row for row in applications.rows(MANY)}
    tomorrow = {row[UAN]: row for row in applications.next_day_rows(MANY)}
    assert today.keys() <= tomorrow.keys()
    changed = [number for number, row in today.items() if row != tomorrow[number]]
    assert 0.004 < len(changed) / len(today) < 0.018
    assert all(today[number]["visa_status"] != tomorrow[number]["visa_status"] for number in changed)
    assert all(tomorrow[number]["application_event_datetime"][:10] == "2026-06-01" for number in changed)
    assert 1 <= len(tomorrow) - len(today) < 0.02 * len(today)


def test_few_rows_fit_no_authority():
    rows = list(applications.rows(MANY))
    lost = [row for row in rows if not row.get("ltla_name") and not row.get("utla_name")]
    assert 0.005 < len(lost) / len(rows) < 0.04
    assert {row["mapping_postcode"] for row in lost} <= {"", "not known", "ZE99 9ZZ"}


def test_half_of_wales_is_sponsored_by_its_government():
    welsh = [household.is_super_sponsored for household in MANY.households() if household.host.place.in_wales]
    assert 0.4 < sum(welsh) / len(welsh) < 0.6
    for row in applications.rows(MANY):
        if row["country"] != "Wales":
            assert "Q98a_sponsoring_organisation" not in row


def test_addresses_have_postcodes_of_their_authority():
    owner = {}
    for place in places(DAY).values():
        assert len(place.postcodes) >= 40
        for postcode in place.postcodes:
            assert is_valid(postcode)
            assert owner.setdefault(postcode, place.code) == place.code
    for household in islice(MANY.households(), 100):
        assert household.host.home.postcode in household.host.place.postcodes


def test_nobody_can_be_reached():
    """Addresses at example domains alone; numbers that no operator gives out."""
    texts = [json.dumps([*applications.rows(MANY)]), json.dumps([*offers(MANY)])]
    assert set(re.findall(r"@[\w.-]+", " ".join(texts))) == {"@guest.example", "@host.example"}
    phones = [row["Q43a_preferred_contact_number"] for row in applications.rows(MANY)]
    digits = {re.sub(r"\D", "", phone) for phone in phones if phone}
    assert all(re.fullmatch(r"(38)?000\d{7}|(0|44)?71\d{8}", number) for number in digits)
    assert {phone[:3] for phone in phones} >= {"+38", "071", "+44"}


def test_offers_have_the_oddities_of_the_form():
    records = list(offers(MANY))
    assert all(re.fullmatch(r"EOI-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB]", one["reference"]) for one in records)
    assert {one["postcode"] for one in records} == {"not asked"}
    assert {type(one["number_adults"]) for one in records} == {str}
    assert any(one["property_one_line_1"] == "same as main residence" for one in records)
    assert any(set(one.get("hosting_start_date", ())) == {"1", "2", "3"} for one in records)
    assert any("residential_line_2" not in one for one in records)


def test_some_hosts_who_offer_sponsor_already():
    sponsors = {household.host.email for household in MANY.households() if not household.is_super_sponsored}
    known = [one for one in offers(MANY) if one["email"] in sponsors]
    assert 0.1 < len(known) / MANY.size.offers < 0.3


def test_some_people_apply_again():
    """Equal in passport, or only in name, as duplicates really are."""
    people = [person for household in MANY.households() for person in household.members]
    times = Counter(person.name for person in people)
    again = [person for person in people if times[person.name] > 1]
    assert 0.04 < len(again) / len(people) < 0.2
    assert any(person.passport == "" for person in again)
    assert any(person.written != person.name.map(names.latin) for person in again)


@pytest.mark.parametrize("copying", list(Copying))
def test_a_second_application_differs_in_one_way(copying):
    person = next(SMALL.households()).members[0]
    twin = copied(person, copying)
    assert twin.name == person.name
    assert (twin != person) == (copying != Copying.EQUAL)


def test_names_are_written_as_in_passports_or_otherwise():
    name = Name("Наталія", "Лук'яненко")
    assert names.written(name, Spelling.OFFICIAL) == Name("Nataliia", "Lukianenko")
    assert names.written(name, Spelling.CAPITALS) == Name("NATALIIA", "LUKIANENKO")
    assert names.written(name, Spelling.CYRILLIC) == name
    assert names.written(name, Spelling.VARIANT) == Name("Nataliya", "Lukyanenko")
    assert search_form(*names.written(name, Spelling.CYRILLIC).full.split()) == "nataliia lukianenko"


@pytest.mark.parametrize(
    ("mans", "womans"),
    [("Левицький", "Левицька"), ("Чорний", "Чорна"), ("Іванов", "Іванова"), ("Мельник", "Мельник"), ("Палій", "Палій")],
)
def test_women_bear_their_form_of_a_family_name(mans, womans):
    assert names.womens_form(mans) == womans


def test_the_command_writes_the_files(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(SIZES, "S", of_households(5))
    assert cli.main(["demo-feed", "--out", str(tmp_path / "made"), "--seed", "3", "--day", "2026-05-31"]) == 0
    assert {path.name for path in (tmp_path / "made").iterdir()} == {
        "applications.csv",
        "applications-next-day.csv",
        "offers.jsonl",
        "postcodes.csv",
    }
    assert "offers.jsonl: 1 rows" in capsys.readouterr().out


def test_the_command_says_when_it_cannot_write(tmp_path, capsys):
    (tmp_path / "taken").touch()
    assert cli.main(["demo-feed", "--out", str(tmp_path / "taken")]) == 1
    assert "cannot be written" in capsys.readouterr().err
