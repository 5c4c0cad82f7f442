"""A champion asks about an address or a person; the national team decides (ORG-035)."""

import datetime as dt

import pytest

from opensponsor.cases.models import ApprovalRequest
from opensponsor.hosts.models import HostAddress, OfferedProperty
from opensponsor.identity.states import Realm
from opensponsor.people.models import HouseholdMember, Person
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


def _asked_about(world: World) -> tuple[Person, str]:
    """A person of whom a champion said that they died, and the address of the decision."""
    with factories.writing():
        person = Person.objects.get(case=world.case)
    signed_in(world.champion).post(f"/cases/{world.case.pk}/people/{person.pk}/died/", {"reason": "Died on 2 May 2026"})
    with factories.writing():
        return person, f"/requests/{ApprovalRequest.objects.get().pk}/decide/"


APPROVED = {"version": 1, "approve": "yes", "reason": ""}
REFUSED = {"version": 1, "approve": "no", "reason": "Ask again"}


@pytest.mark.rule("ORG-035")
def test_somebody_who_left_the_household_meanwhile_is_decided_about_all_the_same(world: World) -> None:
    person, url = _asked_about(world)
    with factories.writing():
        HouseholdMember.objects.filter(person=person).update(ends_on=factories.LONG_AGO + dt.timedelta(days=90))
    administrator = signed_in(world.administrator)
    assert "Olena Kovalenko, no longer in this household" in main_of(administrator.get(url))
    assert "Approved and done." in main_of(administrator.post(url, APPROVED, follow=True))
    with factories.writing():
        assert Person.objects.get(pk=person.pk).inactive_since is not None


@pytest.mark.rule("ORG-031", "ORG-035")
@pytest.mark.parametrize("whose", ["a council's of the nation", "a council's of another nation", "nobody's"])
def test_somebody_who_is_recorded_elsewhere_by_now_is_refused_with_a_sentence(world: World, whose: str) -> None:
    person, url = _asked_about(world)
    realm = Realm.ENGLAND if whose == "a council's of another nation" else Realm.WALES
    elsewhere = factories.household(factories.organisation(realm=realm), "Petro Bondar")
    with factories.writing():
        member = HouseholdMember.objects.get(person=person)
        if whose == "nobody's":
            member.delete()
            person.delete()
        else:
            others = HouseholdMember.objects.get(household=elsewhere)
            ApprovalRequest.objects.update(subject_id=others.person_id)
    administrator = signed_in(world.administrator)
    shows = "Petro Bondar, no longer in this household" if realm == Realm.WALES else "No longer on the record"
    page = main_of(administrator.get(url))
    assert (shows if whose != "nobody's" else "No longer on the record") in page
    refused = administrator.post(url, APPROVED)
    assert "not recorded by the organisation that asked any more. Refuse the request." in main_of(refused)
    with factories.writing():
        assert not Person.objects.exclude(inactive_since=None).exists()
    assert "The request was refused." in main_of(administrator.post(url, REFUSED, follow=True))


@pytest.mark.rule("ORG-035")
@pytest.mark.parametrize("is_kept", [True, False])
def test_an_address_that_left_the_record_meanwhile_is_refused_with_a_sentence(world: World, is_kept: bool) -> None:
    address = factories.address(factories.sponsor(world.ours), "3 Old Street, Conwy")
    other = factories.sponsor(world.ours)
    ask = f"/cases/{address.case_id}/addresses/{address.pk}/remove/"
    signed_in(world.champion).post(ask, {"reason": "Recorded again"})
    with factories.writing():
        if is_kept:
            HostAddress.objects.filter(pk=address.pk).update(sponsor=other, case_id=other.case_id)
            OfferedProperty.objects.filter(address=address).update(case_id=other.case_id)
        else:
            OfferedProperty.objects.filter(address=address).delete()
            HostAddress.objects.filter(pk=address.pk).delete()
        url = f"/requests/{ApprovalRequest.objects.get().pk}/decide/"
    administrator = signed_in(world.administrator)
    assert "No longer on the record" in main_of(administrator.get(url))
    assert "not on the record any more. Refuse the request." in main_of(administrator.post(url, APPROVED))
    with factories.writing():
        assert not HostAddress.objects.exclude(removed_on=None).exists()
    assert "The request was refused." in main_of(administrator.post(url, REFUSED, follow=True))


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
