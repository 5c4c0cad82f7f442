"""Adding and changing households, by councils and by the contact centre."""

import datetime as dt

import pytest

from opensponsor.audit.models import Event
from opensponsor.core.hiding import HIDDEN
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.people import queries, services
from opensponsor.people.models import Household, HouseholdMember, Person
from opensponsor.people.states import Route
from tests import factories

TODAY = dt.date(2026, 5, 4)
LEAD = services.PersonDetails(given_names=" Олена ", family_name="Коваль", birth_date=dt.date(1988, 2, 1))


@pytest.fixture
def council(db):
    return factories.organisation()


@pytest.fixture
def caseworker(council):
    return factories.actor(council, Role.CASEWORKER)


def add(actor, **given):
    return services.add_household(
        **{"actor": actor, "today": TODAY, "route": Route.INDIVIDUAL_SPONSOR, "lead": LEAD} | given
    )


@pytest.mark.rule("HH-001", "HH-006", "ORG-032")
def test_a_household_begins_with_its_lead_applicant_and_belongs_to_the_council(caseworker, acting_as):
    with acting_as(caseworker):
        household = add(caseworker, expected_on=dt.date(2026, 6, 1))
        record = queries.get_household(caseworker, household.case_id)
        (member,) = record.members
        assert record.owner_id == caseworker.organisation_id
        assert (record.title, household.case.sort_title) == ("Олена Коваль", "koval olena")
        assert (member.given_names, member.family_name, member.is_lead, member.joined_on) == (
            "Олена", "Коваль", True, TODAY,
        )  # fmt: skip
        assert record.expected_on == dt.date(2026, 6, 1)
        assert Person.objects.get().search_name == "koval olena"


@pytest.mark.rule("HH-002")
def test_the_platform_numbers_its_own_households(caseworker, acting_as):
    with acting_as(caseworker):
        first, second = add(caseworker).case.reference, add(caseworker).case.reference
    assert first[:2] == second[:2] == "WG"
    assert first[2:].isdecimal() and int(second[2:]) > int(first[2:])


@pytest.mark.rule("ORG-032")
def test_colleagues_see_a_new_household_at_once_and_other_councils_do_not(caseworker, council, acting_as):
    with acting_as(caseworker):
        household = add(caseworker)
    colleague, stranger = factories.actor(council, Role.CASEWORKER), factories.actor(None, Role.CASEWORKER)
    with acting_as(colleague):
        assert queries.get_household(colleague, household.case_id).id == household.pk
    with acting_as(stranger), pytest.raises(NotVisible):
        queries.get_household(stranger, household.case_id)


def test_the_history_names_no_one(caseworker, acting_as):
    with acting_as(caseworker):
        household = add(caseworker)
        event = Event.objects.get(case_id=household.case_id, code="household.added")
    assert event.detail == {"route": "IS"}


def test_a_name_is_needed(caseworker, acting_as):
    with acting_as(caseworker), pytest.raises(Refused, match="name"):
        add(caseworker, lead={"given_names": " ", "family_name": ""})


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_adds_super_sponsor_households_for_a_council(council, acting_as):
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(council,))
    officer = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER)
    with acting_as(officer):
        household = add(officer, route=Route.SUPER_SPONSOR, owner_id=council.pk)
        assert (household.owner_id, household.case.contact_centre_works) == (council.pk, True)
        with pytest.raises(Refused, match="individual sponsor"):
            add(officer, owner_id=council.pk)
        with pytest.raises(Refused, match="council"):
            add(officer, route=Route.SUPER_SPONSOR)
        with pytest.raises(Refused):
            add(officer, route=Route.SUPER_SPONSOR, owner_id=factories.organisation().pk)


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_changes_only_super_sponsor_households(council, acting_as):
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(council,))
    officer = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER)
    theirs, ours = factories.household(council), factories.household(council, route=Route.SUPER_SPONSOR)
    with acting_as(officer):
        services.change_household(actor=officer, household_id=ours.pk, version=1, is_complex=True)
        with pytest.raises(Refused):
            services.change_household(actor=officer, household_id=theirs.pk, version=1, is_complex=True)
        with pytest.raises(Refused):
            services.add_person(actor=officer, household_id=theirs.pk, today=TODAY, given_names="Ivan")
        with pytest.raises(Refused):
            services.change_household(actor=officer, household_id=ours.pk, version=2, route=Route.INDIVIDUAL_SPONSOR)


@pytest.mark.rule("ORG-010", "APP-011")
def test_the_route_decides_whether_the_contact_centre_works_on_the_case(caseworker, council, acting_as):
    household = factories.household(council)
    with acting_as(caseworker):
        changed = services.change_household(
            actor=caseworker, household_id=household.pk, version=1, route=Route.SUPER_SPONSOR
        )
        assert Household.objects.get(pk=household.pk).case.contact_centre_works is True
        services.change_household(
            actor=caseworker, household_id=household.pk, version=changed.version, route=Route.INDIVIDUAL_SPONSOR
        )
        assert Household.objects.get(pk=household.pk).case.contact_centre_works is False


def test_somebody_joins_from_the_day_they_are_added(caseworker, council, acting_as):
    household = factories.household(council)
    with acting_as(caseworker):
        person = services.add_person(
            actor=caseworker, household_id=household.pk, today=TODAY, given_names="Ivan", family_name="Koval"
        )
        member = HouseholdMember.objects.get(person=person)
        assert (member.starts_on, member.ends_on, member.is_lead) == (TODAY, None, False)
        assert [one.given_names for one in queries.get_household(caseworker, household.case_id).members] == [
            "Olena", "Ivan",
        ]  # fmt: skip


def test_the_case_is_called_after_its_lead_applicant(caseworker, council, acting_as):
    household = factories.household(council, "Olena Koval")
    child = factories.person(household, "Ivan Koval")
    lead = HouseholdMember.objects
    with acting_as(caseworker):
        lead_id = lead.get(household=household, is_lead=True).person_id
        services.change_person(actor=caseworker, person_id=child.pk, version=1, given_names="Petro")
        assert queries.get_household(caseworker, household.case_id).title == "Olena Koval"
        services.change_person(actor=caseworker, person_id=lead_id, version=1, family_name="O'Brien")
        record = queries.get_household(caseworker, household.case_id)
        assert record.title == "Olena O'Brien"
        assert Person.objects.get(pk=lead_id).search_name == "obrien olena"


def test_of_two_editors_one_wins(caseworker, council, acting_as):
    household = factories.household(council)
    with acting_as(caseworker):
        person_id = queries.get_household(caseworker, household.case_id).members[0].person_id
        services.change_person(actor=caseworker, person_id=person_id, version=1, email="first@example.test")
        with pytest.raises(Conflict):
            services.change_person(actor=caseworker, person_id=person_id, version=1, email="second@example.test")
        services.change_household(actor=caseworker, household_id=household.pk, version=1, is_complex=True)
        with pytest.raises(Conflict):
            services.change_household(actor=caseworker, household_id=household.pk, version=1, is_complex=False)


@pytest.mark.rule("ORG-030")
def test_what_a_role_does_not_see_is_hidden_and_cannot_be_written(caseworker, council, acting_as):
    household = factories.household(
        council, lead_passport_number="AB123456", lead_nhs_number="9434765919", lead_phone="07000 000000"
    )
    analyst_at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    analyst = factories.actor(analyst_at, Role.ANALYST)
    with acting_as(caseworker):
        (member,) = queries.get_household(caseworker, household.case_id).members
        assert (member.passport_number, member.nhs_number) == ("AB123456", HIDDEN)
        with pytest.raises(NotVisible):
            services.change_person(actor=caseworker, person_id=member.person_id, version=1, nhs_number="9434765870")
    with acting_as(analyst):
        record = queries.get_household(analyst, household.case_id)
        (member,) = record.members
        assert {record.title, member.given_names, member.family_name, member.birth_date} == {HIDDEN}
        assert {member.phone, member.passport_number, member.nhs_number, record.correspondence_language} == {HIDDEN}
        values = queries.household_values(analyst, [household.case_id])
        assert [queries.HouseholdRow(*one).title for one in values] == [HIDDEN]


def test_who_may_not_write_may_not(council, acting_as):
    household = factories.household(council)
    finance = factories.actor(council, Role.FINANCE_OFFICER)
    stranger = factories.actor(None, Role.CASEWORKER)
    with acting_as(finance):
        with pytest.raises(NotVisible):
            add(finance)
        with pytest.raises(NotVisible):
            services.change_household(actor=finance, household_id=household.pk, version=1, is_complex=True)
    with acting_as(stranger), pytest.raises(NotVisible):
        services.change_household(actor=stranger, household_id=household.pk, version=1, is_complex=True)


def test_a_closed_household_is_not_changed(caseworker, council, acting_as):
    household = factories.household(council, case_status="CLOSED", case_closed_on=TODAY)
    with acting_as(caseworker):
        with pytest.raises(Refused, match="closed"):
            services.change_household(actor=caseworker, household_id=household.pk, version=1, is_complex=True)
        with pytest.raises(Refused, match="closed"):
            services.add_person(actor=caseworker, household_id=household.pk, today=TODAY, given_names="Ivan")


def test_long_names_fit(caseworker, acting_as):
    long = services.PersonDetails(given_names="Щ" * 200, family_name="Щ" * 200)
    with acting_as(caseworker):
        assert len(add(caseworker, lead=long).case.title) == 200
