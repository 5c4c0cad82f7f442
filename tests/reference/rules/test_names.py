"""Names of authorities as files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensponsor.reference.rules.names import core, fold, keys


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Bristol", "bristol"),
        ("Bristol, City of", "bristol"),
        ("City of Bristol", "bristol"),
        ("Bristol City Council", "bristol"),
        ("Herefordshire, County of", "herefordshire"),
        ("Durham County Council", "durham"),
        ("London Borough of Hammersmith & Fulham", "hammersmith and fulham"),
        ("Royal Borough of Kensington and Chelsea", "kensington and chelsea"),
        ("City of London", "london"),
        ("City and County of Swansea", "swansea"),
        ("St Albans City and District Council", "st albans"),
        ("St. Helens", "st helens"),
        ("Borough Council of King's Lynn and West Norfolk", "kings lynn and west norfolk"),
        ("King’s Lynn & West Norfolk", "kings lynn and west norfolk"),
        ("Cyngor Sir Ynys Môn", "ynys mon"),
        ("YNYS MON", "ynys mon"),
        ("Cyngor Bwrdeistref Sirol Caerffili", "caerffili"),
        ("The Vale of Glamorgan Council", "vale of glamorgan"),
        ("The Highland Council", "highland"),
        ("Armagh City, Banbridge and Craigavon Borough Council", "armagh banbridge and craigavon"),
        ("  Newry,  Mourne and Down ", "newry mourne and down"),
        ("Stockton-On-Tees UA", "stockton on tees"),
        ("Council", ""),
    ],
)
def test_what_remains_of_a_name(written, expected):
    assert core(written) == expected


def test_a_name_is_looked_up_by_its_folded_form_and_its_core():
    assert keys("Newcastle City Council") == {"newcastle city council", "newcastle"}
    assert keys(" , ") == frozenset()


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_core_of_a_core_is_itself(text):
    assert core(core(text)) == core(text)
