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


def names(authorities):
    return sorted(authority.name_en for authority in authorities)


def test_the_authorities_of_a_day():
    assert queries.current(TODAY).count() == 382
    assert not queries.current(TODAY).filter(code="E07000026").exists()
    assert queries.current(dt.date(2023, 3, 31)).filter(code="E07000026").exists()


def test_one_authority_or_none_stands_for_a_code_on_a_day():
    before, after = queries.standing_for(dt.date(2022, 1, 1)), queries.standing_for(dt.date(2024, 1, 1))
    assert before["E07000026"].name_en == "Allerdale"
    assert after["E07000026"].name_en == "Cumberland"
    # Cumbria became two.
    assert before["E10000006"].name_en == "Cumbria"
    assert "E10000006" not in after


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


@pytest.mark.rule("ORG-011")
def test_arrival_hubs_are_values_that_may_close():
    assert len(queries.arrival_hubs(TODAY)) == 5
    queries.arrival_hubs(TODAY).filter(code="HOLYHEAD").update(valid_to=TODAY)
    assert "HOLYHEAD" not in queries.arrival_hubs(TODAY).values_list("code", flat=True)
    assert queries.arrival_hubs(TODAY - dt.timedelta(days=1)).count() == 5
