"""What is done to a household on other pages shows in the status of its checks at once."""

from typing import Any

import pytest

from opensponsor.checks.models import ChecksSummary
from opensponsor.checks.states import CheckType
from opensponsor.core import clock
from opensponsor.web.conflicts import posted
from tests import factories
from tests.checks.place import Hosting, make_hosting
from tests.web.browsing import signed_in

BEFORE_ARRIVAL = (CheckType.SPONSOR, CheckType.EXISTS, CheckType.SUITABLE)


@pytest.fixture
def hosting(db: None) -> Hosting:
    """Everything before the arrival is checked, the sponsor at the Basic level."""
    hosting = make_hosting()
    for type_ in BEFORE_ARRIVAL:
        hosting.record(type_)
    assert hosting.status() == "PRE_ARRIVAL"
    return hosting


def _send(hosting: Hosting, url: str, **values: Any) -> None:
    client = signed_in(hosting.user)
    address = f"/{url}"
    shown = client.get(address).context["form"]
    opened = {name: posted(shown[name].value()) for name in shown.fields}
    assert client.post(address, opened | values).status_code == 302


def test_a_child_who_joins_asks_for_more(hosting: Hosting) -> None:
    born = clock.today().isoformat()
    _send(hosting, f"households/{hosting.household.case_id}/people/add/", given_names="Ivan", birth_date=born)
    assert hosting.status() == "PARTIAL"


def test_an_age_that_is_put_right_asks_for_more(hosting: Hosting) -> None:
    with factories.writing():
        person = hosting.household.members.get().person
    url = f"households/{hosting.household.case_id}/people/{person.pk}/change/"
    _send(hosting, url, birth_date=clock.today().isoformat())
    assert hosting.status() == "PARTIAL"


def test_a_closed_record_is_closed(hosting: Hosting) -> None:
    _send(hosting, f"cases/{hosting.household.case_id}/close/")
    assert hosting.status() == "CLOSED"


def test_a_new_household_waits_for_its_checks(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    for step, answers in (
        ("route", {"route": "IS"}),
        ("lead", {"given_names": "Taras"}),
        ("journey", {"correspondence_language": "NOT_KNOWN"}),
    ):
        client.post(f"/households/add/{step}/", answers)
    url = client.post("/households/add/check/").headers["Location"]
    with factories.writing():
        assert ChecksSummary.objects.filter(case_id=url.rstrip("/").rsplit("/", 1)[1], status="REQUIRED").exists()
