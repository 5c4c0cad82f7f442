"""The national team gives what a feed brought without a council to one, several at once."""

import pytest

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.e2e import people
from tests.e2e.audit import must_be_sound


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(request, somebody):
    return somebody(has_scripts=request.param)


def test_hosts_without_a_council_are_given_to_one(visitor):
    nation = people.an_organisation(OrganisationKind.DEVOLVED_GOVERNMENT, "Nation", reads_realms=["WALES"])
    nobody = people.an_organisation(OrganisationKind.UNASSIGNED, "Nobody yet")
    council = people.a_council()
    for name in ("Huw Rees", "Mair Owen"):
        host = factories.sponsor(nobody, name, source="OFFER", source_key=name)
        factories.address(host, f"2 High Street, {name}", offer_offer_reference=name[:8])
    people.comes_in(visitor, people.a_member(nation, Role.NATIONAL_ADMINISTRATOR))
    visitor.opens("/unassigned/")
    visitor.presses("Sponsors and hosts", within=visitor.page.locator("main"))
    visitor.sees("2 High Street, Huw Rees")
    must_be_sound(visitor, "unassigned-queue")
    for name in ("Huw Rees", "Mair Owen"):
        visitor.page.locator("tbody tr", has_text=name).get_by_role("checkbox").check()
    visitor.presses("Assign the chosen to a council")
    visitor.sees("2 records are chosen.")
    must_be_sound(visitor, "unassigned-several")
    visitor.selects("Council", council.name)
    visitor.presses("Assign to the council")
    visitor.sees_message(f"2 records went to {council.name}.")


def test_an_application_that_the_wrong_council_was_given_goes_on(visitor):
    nation = people.an_organisation(OrganisationKind.DEVOLVED_GOVERNMENT, "Nation", reads_realms=["WALES"])
    wrong, right = people.a_council(), people.a_council()
    sponsor = factories.sponsor(wrong, "Mair Owen", source="FEED", source_key="owen mair")
    given = factories.application(wrong, given_to=wrong, sponsor=sponsor, visa_status="PENDING")
    people.comes_in(visitor, people.a_member(nation, Role.NATIONAL_ADMINISTRATOR))
    visitor.opens(f"/applications/{given.pk}/")
    must_be_sound(visitor, "application-given")
    visitor.presses("Give to another council")
    visitor.sees(wrong.name)
    must_be_sound(visitor, "application-give-on")
    visitor.selects("Council", right.name)
    visitor.presses("Give to the council")
    visitor.sees_message(f"{given.uan} belongs to {right.name} now. {wrong.name} no longer sees it.")
