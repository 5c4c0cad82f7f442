"""A record goes to another council, is closed, and is opened again by the national team."""

import pytest

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests.e2e import people


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


@pytest.fixture
def window(somebody, has_scripts):
    """Opens a window for a member."""

    def enter(member):
        visitor = somebody(has_scripts=has_scripts)
        people.comes_in(visitor, member)
        return visitor

    return enter


def test_a_household_is_handed_to_another_council(window):
    mine, other = people.a_council(), people.a_council()
    mari = people.a_member(mine, Role.CASEWORKER, name="Mari Lee")
    tomos = people.a_member(other, Role.CASEWORKER, name="Tomos Ray")
    path = f"/households/{people.a_household(mari, 'Zelenko').case_id}/"
    giver, taker = window(mari), window(tomos)
    taker.opens(path)
    taker.sees_heading("Page not found")

    giver.opens(path)
    giver.presses("More actions")
    giver.presses("Transfer")
    giver.selects("Organisation", other.name_en)
    giver.presses("Continue")
    giver.sees("You and your colleagues lose sight of it at once")
    giver.presses("Transfer the record")
    giver.sees_message(f"Transferred to {other.name_en}. You no longer see the record.")
    giver.does_not_see("Zelenko")
    giver.opens(path)
    giver.sees_heading("Page not found")

    taker.opens(path)
    taker.sees_heading("Zelenko")
    taker.sees(f"Transferred to {other.name_en}")


def test_a_household_is_closed_and_opened_again_by_two_more_people(window):
    council = people.a_council("Closing Council")
    mari = people.a_member(council, Role.CASEWORKER, name="Mari Lee")
    owen = people.a_member(council, Role.DATA_CHAMPION, name="Owen Parry")
    government = people.an_organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, "Government", reads_realms=[Realm.WALES.value]
    )
    sioned = people.a_member(government, Role.NATIONAL_ADMINISTRATOR, name="Sioned Rhys")
    household = people.a_household(mari, "Zelenko")
    path = f"/households/{household.case_id}/"
    worker, champion, national = window(mari), window(owen), window(sioned)

    worker.opens(path)
    worker.presses("More actions")
    worker.presses("Close")
    worker.sees("Only the national team can reopen a closed record")
    worker.presses("Close the record")
    worker.sees_message("The record is closed")
    worker.opens(f"/households/{household.case_id}/change/")
    worker.sees("closed")

    champion.opens(path)
    champion.presses("Ask to reopen")
    champion.types("Reason", "They came back to the area.")
    champion.presses("Send the request")
    champion.sees_message("The national team was asked")

    national.opens("/")
    national.presses("Requests of councils")
    row = national.page.locator("tr", has_text="Closing Council").filter(has_text=household.case.reference)
    national.presses_element(row.get_by_role("link"))
    national.sees("They came back to the area.")
    national.ticks("Refuse")
    national.presses("Decide")
    national.sees_problem("Say why you refuse")
    national.ticks("Approve: it is done at once")
    national.presses("Decide")
    national.sees_message("Approved and done")

    worker.opens(path)
    worker.sees("Request approved")
    worker.presses("Add a task")
    worker.sees_heading("Add a task")
