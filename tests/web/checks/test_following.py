"""What the checks say together follows at once when a household changes hands or is opened again."""

import pytest

from opensponsor.cases.models import ApprovalRequest
from opensponsor.checks.models import Check
from opensponsor.checks.services import summaries
from opensponsor.checks.states import CheckType
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.checks.place import PASSED, Hosting, make_hosting
from tests.web.browsing import signed_in


@pytest.fixture
def hosting(db: None) -> Hosting:
    """A household whose sponsor is checked."""
    hosting = make_hosting()
    hosting.record(CheckType.SPONSOR)
    assert hosting.status() == "PARTIAL"
    return hosting


@pytest.mark.rule("ORG-003")
def test_a_household_that_is_transferred_waits_for_the_checks_of_its_new_council(hosting: Hosting) -> None:
    right = factories.organisation()
    given = {"organisation_id": right.pk, "version": 1, "is_confirmed": "on"}
    with factories.writing():
        given["version"] = type(hosting.household.case).objects.get(pk=hosting.household.case_id).version
    signed_in(hosting.user).post(f"/cases/{hosting.household.case_id}/transfer/", given)
    assert hosting.status() == "REQUIRED"


@pytest.mark.rule("ORG-034")
def test_a_household_that_is_opened_again_waits_for_its_checks(hosting: Hosting) -> None:
    nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    case = hosting.household.case
    with factories.writing():
        type(case).objects.filter(pk=case.pk).update(status="CLOSED", closed_on=factories.LONG_AGO)
        summaries.refresh([case.pk])
        asked = {"case": case, "owner": hosting.council, "kind": "REOPEN_CASE", "reason": "Back"}
        request = ApprovalRequest.objects.create(raised_by=hosting.user, **asked)
    assert hosting.status() == "CLOSED"
    administrator = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    administrator.post(f"/requests/{request.pk}/decide/", {"version": 1, "approve": "yes", "reason": ""})
    assert hosting.status() == "PARTIAL"


@pytest.mark.rule("CMS-007")
@pytest.mark.parametrize("several", [False, True])
def test_a_household_that_is_given_to_a_council_has_the_checks_of_its_sponsor(hosting: Hosting, several: bool) -> None:
    nobody = factories.organisation(OrganisationKind.UNASSIGNED)
    nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    household, sponsor = factories.household(nobody), factories.sponsor(nobody, "Huw Rees", source_key="rees huw")
    factories.sponsorship(household, sponsor)
    own = factories.sponsor(hosting.council, "Huw Rees", source_key="rees huw")
    with factories.writing():
        shared = {"case_id": own.case_id, "owner_id": own.owner_id, "sponsor": own, "dbs_level": "BASIC"}
        Check.objects.create(type=CheckType.SPONSOR, **shared, **PASSED)
        summaries.refresh([household.case_id])
    assert hosting.status(household) == "REQUIRED"
    case_id = household.case_id
    url = "/unassigned/several/households/" if several else f"/unassigned/{case_id}/"
    picked = {"pick": [f"{case_id}:1"]} if several else {"version": 1}
    administrator = signed_in(factories.member(nation, Role.NATIONAL_ADMINISTRATOR))
    assert administrator.post(url, picked | {"organisation_id": hosting.council.pk}).status_code == 302
    assert hosting.status(household) == "PARTIAL"
