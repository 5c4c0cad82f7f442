"""The status of the checks in the list of households: shown, filtered, taken away."""

import pytest

from opensponsor.checks.services import summaries
from opensponsor.checks.states import CheckType
from tests import factories
from tests.checks.place import Hosting, make_hosting
from tests.web.browsing import main_of, signed_in


@pytest.fixture
def hosting(db: None) -> Hosting:
    hosting = make_hosting()
    new = hosting.at(household=factories.household(hosting.council, "Petro Bondar"))
    hosting.record(CheckType.SPONSOR)
    with factories.writing():
        summaries.refresh([new.household.case_id])
    return hosting


def test_the_list_says_how_the_checks_stand(hosting: Hosting) -> None:
    text = main_of(signed_in(hosting.user).get("/households/"))
    assert "Checks partially completed" in text and "Checks required" in text


def test_the_list_is_narrowed_to_one_status(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    partial = main_of(client.get("/households/?checks=PARTIAL"))
    assert "Kovalenko" in partial and "Bondar" not in partial
    assert "Bondar" in main_of(client.get("/households/?checks=REQUIRED"))
    failed = main_of(client.get("/households/?checks=FAILED"))
    assert "Bondar" not in failed and "Kovalenko" not in failed


@pytest.mark.rule("ORG-031")
def test_the_status_of_another_council_narrows_nothing(hosting: Hosting) -> None:
    stranger = signed_in(factories.member(factories.organisation()))
    assert "Kovalenko" not in main_of(stranger.get("/households/?checks=PARTIAL"))
