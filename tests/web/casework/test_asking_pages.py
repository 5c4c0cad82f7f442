"""A champion asks about an address or a person; the national team decides (ORG-035)."""

import pytest

from opensponsor.cases.models import ApprovalRequest
from opensponsor.people.models import Person
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World


def _decide(world: World) -> str:
    """The words of the page, before it is approved."""
    with factories.writing():
        request = ApprovalRequest.objects.get()
    administrator = signed_in(world.administrator)
    url = f"/requests/{request.pk}/decide/"
    text = main_of(administrator.get(url))
    done = administrator.post(url, {"version": 1, "approve": "yes", "reason": ""}, follow=True)
    assert "Approved and done." in main_of(done)
    return text


@pytest.mark.rule("ORG-035")
def test_an_old_address_is_removed(world: World) -> None:
    address = factories.address(factories.sponsor(world.ours), "3 Old Street, Conwy")
    section = f"/sponsors/{address.case_id}/addresses/"
    ask = f"/cases/{address.case_id}/addresses/{address.pk}/remove/"
    assert "Ask to remove" not in main_of(signed_in(world.caseworker).get(section))
    assert signed_in(world.caseworker).get(ask).status_code == 404
    champion = signed_in(world.champion)
    assert "Ask to remove this address" in main_of(champion.get(section))
    assert "Enter the reason" in main_of(champion.post(ask, {"reason": " "}))
    assert "The national team was asked." in main_of(champion.post(ask, {"reason": "Recorded again"}, follow=True))
    assert "waits for a decision" in main_of(champion.get(ask))
    assert "3 Old Street, Conwy" in _decide(world)
    assert "3 Old Street" not in main_of(champion.get(section))


@pytest.mark.rule("ORG-035")
def test_somebody_who_has_died_is_kept_among_the_inactive(world: World) -> None:
    with factories.writing():
        person = Person.objects.get(case=world.case)
    section = f"/households/{world.case.pk}/people/"
    ask = f"/cases/{world.case.pk}/people/{person.pk}/died/"
    assert "has died" not in main_of(signed_in(world.caseworker).get(section))
    assert signed_in(world.caseworker).get(ask).status_code == 404
    champion = signed_in(world.champion)
    assert "This person has died" in main_of(champion.get(section))
    champion.post(ask, {"reason": "Died on 2 May 2026"})
    assert "Olena Kovalenko" in _decide(world)
    text = main_of(champion.get(section))
    assert "Inactive since" in text and "This person has died" not in text
    change = f"/households/{world.case.pk}/people/{person.pk}/change/"
    refused = champion.post(change, {"version": 2, "given_names": "Olena", "family_name": "Other"})
    assert "This record is inactive" in main_of(refused)
    assert "Kovalenko" not in main_of(champion.get("/applicants/"))
    assert "Kovalenko" in main_of(champion.get("/applicants/?inactive=yes"))


@pytest.mark.rule("ORG-031", "ORG-035")
def test_another_council_asks_about_nothing_of_ours(world: World) -> None:
    address = factories.address(factories.sponsor(world.ours))
    other = factories.address(factories.sponsor(world.ours))
    with factories.writing():
        person = Person.objects.get(case=world.case)
    stranger = signed_in(world.stranger)
    champion = signed_in(world.champion)
    foreign = (
        f"/cases/{address.case_id}/addresses/{address.pk}/remove/",
        f"/cases/{world.case.pk}/people/{person.pk}/died/",
    )
    for url in foreign:
        assert stranger.post(url, {"reason": "Ours"}).status_code == 404
    # The address of one record does not lead to a row of another.
    assert champion.get(f"/cases/{address.case_id}/addresses/{other.pk}/remove/").status_code == 404
    assert champion.get(f"/cases/{address.case_id}/people/{person.pk}/died/").status_code == 404
