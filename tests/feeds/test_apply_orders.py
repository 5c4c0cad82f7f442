"""Files may come in any order, again, or be broken off: the records are those of the newest rows, all or none."""

import random

import pytest

from opensponsor.feeds.states import Feed
from tests import factories
from tests.feeds import flow

PEOPLE = 24
WITHOUT_LEAD = """
SELECT h.source_key FROM people_household h WHERE NOT EXISTS (
  SELECT FROM people_householdmember m WHERE m.household_id = h.id AND m.is_lead AND m.ends_on IS NULL)
"""
FILES = 5


@pytest.fixture
def country(db):
    return flow.make_country()


def some_files(seed):
    """Five days of applications in which nearly everything changes that can: whose they are, with whom, at whose."""
    dice = random.Random(seed)
    return [
        flow.table([_row(dice, number, day) for number in range(PEOPLE) if dice.random() < 0.7]) for day in range(5)
    ]


def _row(dice, number, day):
    sponsor = dice.choice(["Parry", "Parry", "PARRY", "Jones"])
    passport = dice.choice(["", "", "FB1", "FB2", f"P{number}"])
    return flow.row(
        number,
        # Some rows are as new as each other and differ all the same.
        application_event_datetime=f"2026-05-{10 + dice.choice([day, day, 2]):02d} 10:00:00",
        ingestion_time="2026-06-01 04:00:00",
        submission_guid=f"S{dice.randrange(PEOPLE // 3)}",
        ltla_name=dice.choice(["York", "York", "Dover", "Cardiff", "Conwy", "Nowhere"]),
        country=dice.choice(["England", "Wales"]),
        visa_status=dice.choice(["Pending", "Issued", "Arrived", "Withdrawn", "Refused"]),
        applicant_arrival_time=dice.choice(["", "", "2026-05-20 23:30:00"]),
        Q66a_uk_arrival_date=dice.choice(["", "2026-05-21"]),
        Q44b_given_name=dice.choice(["Olena", "Ivan", ""]),
        Q12b_applicant_passport_travel_number=passport,
        Q11b_applicant_date_of_birth=dice.choice(["1990-01-02", "1990-01-02", "2015-03-04", ""]),
        Q97b_sponsor_family_name=sponsor,
        Q97c_sponsor_name=dice.choice(["", "", "", "Welsh Government"]),
        Q18b_sponsor_address_uk=dice.choice(["1 High Street, York, YO1 7EP", "1 HIGH STREET YORK YO1 7EP", ""]),
        Q101a_uk_address_staying=dice.choice(["1 High Street, York", "2 High Street", ""]),
        Q29a_applicant_will_stay_at_sponsor_address=dice.choice(["", "yes", "no"]),
    )


def some_offers(seed):
    dice = random.Random(seed)
    records = []
    for number in range(8):
        given = {"version": str(dice.randrange(1, 4)), "created_at": f"2026-04-0{dice.randrange(1, 5)}T10:00:00.000Z"}
        name = {"fullname": f"Gwen {dice.choice(['Parry', 'Jones'])}", "residential_postcode": "CF10 1AA"}
        home = {"residential_line_1": dice.choice(["1 Castle Street", "2 Castle Street"])}
        records.append(flow.offer(number, **given, **name, **home, single_room_count=str(dice.randrange(4))))
    return flow.lines(records)


def _result_of(order, files, offers):
    with factories.undone():
        for number in order:
            if number < len(files):
                assert flow.load(files[number]).status == "LOADED"
            else:
                assert flow.load(offers[number - len(files)], feed=Feed.OFFERS).status == "LOADED"
        assert flow.rows(WITHOUT_LEAD) == []
        return flow.dump()


@pytest.mark.rule("FEED-010")
@pytest.mark.parametrize("seed", [0, 20])
def test_any_order_of_files_gives_the_same_state(country, seed):
    files, offers = some_files(seed), [some_offers(seed), some_offers(seed + 100)]
    orders = [list(range(FILES + 2)), list(reversed(range(FILES + 2)))]
    orders += [random.Random(f"{seed}-{turn}").sample(range(FILES + 2), FILES + 2) for turn in range(1)]
    first, *others = [_result_of(order, files, offers) for order in orders]
    assert all(first[name] for name in first)
    for order, other in zip(orders[1:], others, strict=True):
        for name, records in first.items():
            assert other[name] == records, f"{name} differ after {order}"
