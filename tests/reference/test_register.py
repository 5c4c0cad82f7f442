"""The register that comes with the code, checked against what is publicly known of it."""

import datetime as dt
import re
from collections import Counter

import pytest

from opensponsor.reference import packaged
from opensponsor.reference.rules.names import core, fold
from opensponsor.reference.states import AuthorityKind, Extent, Nation, Tier

AUTHORITIES = {row.code: row for row in packaged.authorities()}
SUCCESSIONS = packaged.successions()
TODAY = dt.date(2026, 11, 21)
CURRENT = [row for row in AUTHORITIES.values() if TODAY in row.period]

# Codes of districts run by county: an oracle from outside our file. Codes from 240 were given later, one by one.
DISTRICT_BLOCKS = {
    "Buckinghamshire": (4, 7),
    "Cambridgeshire": (8, 12),
    "Cumbria": (26, 31),
    "Derbyshire": (32, 39),
    "Devon": (40, 47),
    "Dorset": (48, 53),
    "East Sussex": (61, 65),
    "Essex": (66, 77),
    "Gloucestershire": (78, 83),
    "Hampshire": (84, 94),
    "Hertfordshire": (95, 104),
    "Kent": (105, 116),
    "Lancashire": (117, 128),
    "Leicestershire": (129, 135),
    "Lincolnshire": (136, 142),
    "Norfolk": (143, 149),
    "Northamptonshire": (150, 156),
    "North Yorkshire": (163, 169),
    "Nottinghamshire": (170, 176),
    "Oxfordshire": (177, 181),
    "Somerset": (187, 191),
    "Staffordshire": (192, 199),
    "Suffolk": (200, 206),
    "Surrey": (207, 217),
    "Warwickshire": (218, 222),
    "West Sussex": (223, 229),
    "Worcestershire": (234, 239),
}
LATER_DISTRICTS = {
    "E07000240": "Hertfordshire",
    "E07000241": "Hertfordshire",
    "E07000242": "Hertfordshire",
    "E07000243": "Hertfordshire",
    "E07000244": "Suffolk",
    "E07000245": "Suffolk",
    "E07000246": "Somerset",
}


def test_382_authorities_exist_today():
    assert len(CURRENT) == 382


@pytest.mark.parametrize(
    ("nation", "tier", "number"),
    [
        (Nation.ENGLAND, Tier.COUNTY, 21),
        (Nation.ENGLAND, Tier.DISTRICT, 164),
        (Nation.ENGLAND, Tier.UNITARY, 132),
        (Nation.WALES, Tier.UNITARY, 22),
        (Nation.SCOTLAND, Tier.UNITARY, 32),
        (Nation.NORTHERN_IRELAND, Tier.UNITARY, 11),
    ],
)
def test_number_per_nation_and_tier(nation, tier, number):
    assert sum(row.nation == nation and row.tier == tier for row in CURRENT) == number


@pytest.mark.parametrize(
    ("day", "england", "counties", "northern_ireland"),
    [
        (dt.date(2012, 1, 1), 353, 27, 26),
        (dt.date(2015, 3, 31), 353, 27, 26),
        (dt.date(2015, 4, 1), 353, 27, 11),
        (dt.date(2019, 3, 31), 353, 27, 11),
        (dt.date(2019, 4, 1), 343, 26, 11),
        (dt.date(2020, 4, 1), 339, 25, 11),
        (dt.date(2021, 4, 1), 333, 24, 11),
        (dt.date(2023, 3, 31), 333, 24, 11),
        (dt.date(2023, 4, 1), 317, 21, 11),
        (dt.date(2025, 4, 1), 317, 21, 11),
    ],
)
def test_number_through_time(day, england, counties, northern_ireland):
    that_day = [row for row in AUTHORITIES.values() if day in row.period]
    by_nation = Counter(row.nation for row in that_day)
    assert by_nation[Nation.ENGLAND] == england
    assert sum(row.tier == Tier.COUNTY for row in that_day) == counties
    assert by_nation[Nation.NORTHERN_IRELAND] == northern_ireland
    assert by_nation[Nation.WALES] == 22
    assert by_nation[Nation.SCOTLAND] == 32


def test_codes_are_unique_and_say_nation_and_kind():
    assert len(AUTHORITIES) == len(packaged.authorities())
    kinds = {
        "E06": AuthorityKind.UNITARY_AUTHORITY,
        "E07": AuthorityKind.NON_METROPOLITAN_DISTRICT,
        "E08": AuthorityKind.METROPOLITAN_DISTRICT,
        "E09": AuthorityKind.LONDON_BOROUGH,
        "E10": AuthorityKind.COUNTY,
        "W06": AuthorityKind.WELSH_PRINCIPAL_AREA,
        "S12": AuthorityKind.SCOTTISH_COUNCIL_AREA,
        "N09": AuthorityKind.NORTHERN_IRELAND_DISTRICT,
    }
    nations = {"E": Nation.ENGLAND, "W": Nation.WALES, "S": Nation.SCOTLAND, "N": Nation.NORTHERN_IRELAND}
    for code, row in AUTHORITIES.items():
        if re.fullmatch(r"95[A-Z]", code):
            assert row.nation == Nation.NORTHERN_IRELAND
            continue
        assert re.fullmatch(r"[ENSW]\d{8}", code), code
        assert row.nation == nations[code[0]], code
        if code == "E09000001":
            assert row.kind == AuthorityKind.CITY_OF_LONDON
        else:
            assert row.kind == kinds[code[:3]], code


def test_every_value_is_one_of_the_fixed_ones():
    for row in AUTHORITIES.values():
        assert row.nation in Nation.values
        assert row.tier in Tier.values
        assert row.kind in AuthorityKind.values
    assert {row.extent for row in SUCCESSIONS} <= set(Extent.values)


def test_a_district_has_a_county_for_all_its_days_and_nothing_else_has():
    for row in AUTHORITIES.values():
        if row.tier != Tier.DISTRICT:
            assert row.county is None, row.code
            continue
        county = AUTHORITIES[row.county]
        assert county.tier == Tier.COUNTY
        assert county.period.end is None or (row.period.end is not None and row.period.end <= county.period.end), (
            row.code
        )
        assert county.period.start is None, row.code


def test_every_district_is_in_the_county_that_its_code_was_given_with():
    for row in AUTHORITIES.values():
        if row.tier != Tier.DISTRICT:
            continue
        number = int(row.code[3:])
        by_block = [name for name, (first, last) in DISTRICT_BLOCKS.items() if first <= number <= last]
        expected = LATER_DISTRICTS.get(row.code) or by_block[0]
        assert AUTHORITIES[row.county].name_en == expected, row.code


def test_every_current_county_has_districts():
    with_districts = {row.county for row in CURRENT if row.county}
    assert with_districts == {row.code for row in CURRENT if row.tier == Tier.COUNTY}


def test_names_are_unique_on_every_day_that_something_changed():
    days = {row.on for row in SUCCESSIONS} | {TODAY}
    for day in days:
        cores = Counter(core(row.name_en) for row in AUTHORITIES.values() if day in row.period)
        assert [name for name, count in cores.items() if count > 1] == []


def test_no_other_name_hides_an_own_name():
    for code, name in packaged.other_names():
        bearers = {row.name_en for row in AUTHORITIES.values() if core(row.name_en) == fold(name)}
        assert not bearers - {AUTHORITIES[code].name_en}, name


def test_the_22_welsh_authorities_have_their_welsh_names():
    welsh = {row.name_en: row.name_cy for row in CURRENT if row.nation == Nation.WALES}
    assert welsh == {
        "Isle of Anglesey": "Ynys Môn",
        "Gwynedd": "Gwynedd",
        "Conwy": "Conwy",
        "Denbighshire": "Sir Ddinbych",
        "Flintshire": "Sir y Fflint",
        "Wrexham": "Wrecsam",
        "Ceredigion": "Ceredigion",
        "Pembrokeshire": "Sir Benfro",
        "Carmarthenshire": "Sir Gaerfyrddin",
        "Swansea": "Abertawe",
        "Neath Port Talbot": "Castell-nedd Port Talbot",
        "Bridgend": "Pen-y-bont ar Ogwr",
        "Vale of Glamorgan": "Bro Morgannwg",
        "Cardiff": "Caerdydd",
        "Rhondda Cynon Taf": "Rhondda Cynon Taf",
        "Merthyr Tydfil": "Merthyr Tudful",
        "Caerphilly": "Caerffili",
        "Blaenau Gwent": "Blaenau Gwent",
        "Torfaen": "Torfaen",
        "Monmouthshire": "Sir Fynwy",
        "Newport": "Casnewydd",
        "Powys": "Powys",
    }


def test_a_successor_begins_on_the_day_its_predecessor_ends():
    for row in SUCCESSIONS:
        predecessor, successor = AUTHORITIES[row.predecessor], AUTHORITIES[row.successor]
        assert predecessor.period.end == row.on, row
        assert successor.period.start == row.on, row


def test_whatever_ended_was_followed_and_whatever_began_followed_something():
    ended = {row.code for row in AUTHORITIES.values() if row.period.end}
    began = {row.code for row in AUTHORITIES.values() if row.period.start}
    assert ended == {row.predecessor for row in SUCCESSIONS}
    assert began == {row.successor for row in SUCCESSIONS}


def test_one_successor_takes_all_and_several_take_parts():
    for code in {row.predecessor for row in SUCCESSIONS}:
        extents = [row.extent for row in SUCCESSIONS if row.predecessor == code]
        assert extents in ([Extent.WHOLE], [Extent.RECODED]) or (len(extents) > 1 and set(extents) == {Extent.PART}), (
            code
        )


def test_a_recoded_authority_keeps_name_and_tier():
    for row in SUCCESSIONS:
        if row.extent == Extent.RECODED:
            old, new = AUTHORITIES[row.predecessor], AUTHORITIES[row.successor]
            assert (old.name_en, old.tier, old.county) == (new.name_en, new.tier, new.county)


@pytest.mark.parametrize(
    ("code", "last_day"),
    [
        ("E07000026", dt.date(2023, 3, 31)),
        ("E06000028", dt.date(2019, 3, 31)),
        ("E10000002", dt.date(2020, 3, 31)),
        ("E10000021", dt.date(2021, 3, 31)),
        ("E08000016", dt.date(2025, 3, 31)),
        ("S12000046", dt.date(2019, 3, 31)),
        ("95Z", dt.date(2015, 3, 31)),
    ],
)
def test_the_end_is_the_first_day_that_no_longer_counts(code, last_day):
    period = AUTHORITIES[code].period
    assert last_day in period
    assert last_day + dt.timedelta(days=1) not in period


@pytest.mark.rule("ORG-011")
def test_the_five_arrival_hubs():
    assert [(hub.name_en, hub.period.start, hub.period.end) for hub in packaged.arrival_hubs()] == [
        ("Cardiff Airport", None, None),
        ("Cardiff Central station", None, None),
        ("Holyhead port", None, None),
        ("Pembroke Dock port", None, None),
        ("Wrexham station", None, None),
    ]
