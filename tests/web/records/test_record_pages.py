"""The record page of every kind, for its owner, for another council and for who reads by a share."""

import pytest

from tests import factories
from tests.web.browsing import signed_in
from tests.world import World


@pytest.mark.rule("NAV-021")
def test_a_household_record_says_who_it_is_and_what_comes_next(world: World) -> None:
    page = signed_in(world.caseworker).get(f"/households/{world.case.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Olena Kovalenko", world.case.reference, "Super sponsor", "Conwy CC", "choose a caseworker"):
        assert words in text
