"""Reading the register."""

import datetime as dt

import pytest

from opensponsor.reference import queries, services
from opensponsor.reference.models import Authority

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def register():
    services.load_authorities()
    services.load_demo_postcodes()


def names(authorities):
    return sorted(authority.name_en for authority in authorities)


def test_the_authorities_of_a_day():
    assert queries.current(TODAY).count() == 382
    assert not queries.current(TODAY).filter(code="E07000026").exists()
    assert queries.current(dt.date(2023, 3, 31)).filter(code="E07000026").exists()


def test_what_stands_for_a_code_on_a_day():
    assert names(queries.authorities_on("E07000026", dt.date(2024, 1, 1))) == ["Cumberland"]
    assert names(queries.authorities_on("E07000026", dt.date(2022, 1, 1))) == ["Allerdale"]
    assert names(queries.authorities_on("E10000006", dt.date(2024, 1, 1))) == ["Cumberland", "Westmorland and Furness"]
    assert names(queries.authorities_on("X99999999", TODAY)) == []


def test_a_county_has_its_districts():
    assert names(Authority.objects.get(code="E10000025").districts.on(TODAY)) == [
        "Cherwell",
        "Oxford",
        "South Oxfordshire",
        "Vale of White Horse",
        "West Oxfordshire",
    ]
    assert Authority.objects.get(code="E07000178").county.name_en == "Oxfordshire"


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Cardiff", TODAY, ["Cardiff"]),
        ("Cyngor Caerdydd", TODAY, ["Cardiff"]),
        ("Cyngor Sir Ynys Môn", TODAY, ["Isle of Anglesey"]),
        ("Ynys Mon", TODAY, ["Isle of Anglesey"]),
        ("Anglesey", TODAY, ["Isle of Anglesey"]),
        ("City and County of Swansea", TODAY, ["Swansea"]),
        ("ABERTAWE", TODAY, ["Swansea"]),
        ("Rhondda Cynon Taff", TODAY, ["Rhondda Cynon Taf"]),
        ("Rhondda, Cynon, Taff", TODAY, ["Rhondda Cynon Taf"]),
        ("Pen-y-bont ar Ogwr", TODAY, ["Bridgend"]),
        ("Cyngor Bwrdeistref Sirol Castell-nedd Port Talbot", TODAY, ["Neath Port Talbot"]),
        ("Cyngor Sir y Fflint", TODAY, ["Flintshire"]),
        ("Vale of Glamorgan Council", TODAY, ["Vale of Glamorgan"]),
        ("Bristol, City of", TODAY, ["Bristol"]),
        ("City of Bristol", TODAY, ["Bristol"]),
        ("Bristol City Council", TODAY, ["Bristol"]),
        ("Hull City Council", TODAY, ["Kingston upon Hull"]),
        ("Kingston upon Hull, City of", TODAY, ["Kingston upon Hull"]),
        ("Newcastle City Council", TODAY, ["Newcastle upon Tyne"]),
        ("Newcastle", TODAY, []),
        ("Shepway District Council", TODAY, ["Folkestone and Hythe"]),
        ("Western Isles", TODAY, ["Na h-Eileanan Siar"]),
        ("Edinburgh", TODAY, ["City of Edinburgh"]),
        ("Glasgow", TODAY, ["Glasgow City"]),
        ("Belfast", TODAY, ["Belfast"]),
        ("Derry", TODAY, ["Derry City and Strabane"]),
        ("Durham", TODAY, ["County Durham"]),
        ("Somerset County Council", dt.date(2022, 1, 1), ["Somerset"]),
        ("Allerdale", dt.date(2022, 1, 1), ["Allerdale"]),
        ("Allerdale Borough Council", TODAY, ["Cumberland"]),
        ("Cumbria", TODAY, ["Cumberland", "Westmorland and Furness"]),
        ("Atlantis", TODAY, []),
        ("", TODAY, []),
    ],
)
def test_matching_a_name(name, day, expected):
    assert names(queries.match_names([name], day)[name]) == expected


def test_a_name_shared_by_an_old_and_a_new_authority_finds_the_one_of_the_day():
    def codes(name, day):
        return [found.code for found in queries.match_names([name], day)[name]]

    assert codes("Somerset", dt.date(2022, 1, 1)) == ["E10000027"]
    assert codes("Somerset", TODAY) == ["E06000066"]
    assert codes("Barnsley", dt.date(2024, 1, 1)) == ["E08000016"]
    assert codes("Barnsley", TODAY) == ["E08000038"]


def test_the_authorities_of_a_postcode():
    demo = {code: postcode for postcode, code in _demo_postcodes()}
    assert names(queries.authorities_of_postcode(demo["W06000015"].lower(), TODAY)) == ["Cardiff"]
    assert names(queries.authorities_of_postcode(demo["E07000178"], TODAY)) == ["Oxford", "Oxfordshire"]
    assert queries.authorities_of_postcode("ZE1 0AA", TODAY) == []
    assert queries.authorities_of_postcode("no postcode", TODAY) == []


def test_a_postcode_before_a_merger_is_left_to_a_person():
    demo = {code: postcode for postcode, code in _demo_postcodes()}
    assert names(queries.authorities_of_postcode(demo["E06000063"], dt.date(2022, 1, 1))) == []
    assert [found.code for found in queries.authorities_of_postcode(demo["E08000038"], dt.date(2022, 1, 1))] == [
        "E08000016"
    ]


@pytest.mark.rule("ORG-011")
def test_arrival_hubs_are_values_that_may_close():
    assert len(queries.arrival_hubs(TODAY)) == 5
    queries.arrival_hubs(TODAY).filter(code="HOLYHEAD").update(valid_to=TODAY)
    assert "HOLYHEAD" not in queries.arrival_hubs(TODAY).values_list("code", flat=True)
    assert queries.arrival_hubs(TODAY - dt.timedelta(days=1)).count() == 5


def _demo_postcodes():
    path = services.packaged.DATA / "demo_postcodes.csv"
    return [line.split(",") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line]
