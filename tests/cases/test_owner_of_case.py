"""Whatever hangs on a case has the owner of the case: PostgreSQL sees to it, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from opensponsor.cases.models import Case
from opensponsor.checks.models import ChecksSummary
from opensponsor.hosts.models import HostAddress, OfferedProperty, Sponsorship
from opensponsor.people.models import Household, HouseholdMember
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_councils():
    return factories.organisation(), factories.organisation()


def check_now():
    """What PostgreSQL checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.rule("ORG-003")
def test_a_record_has_no_other_owner_than_its_case(two_councils):
    one, other = two_councils
    household = factories.household(one)
    members = HouseholdMember.objects.filter(household=household)
    with factories.writing():
        check_now()
        member = members.get()
        for row in (
            HouseholdMember(
                household=household,
                person=member.person,
                case=household.case,
                owner=other,
                starts_on=member.starts_on,
                ends_on=member.starts_on,
            ),
            Household(case=factories.case(one, "HOUSEHOLD", "Ivan Bondar"), owner=other, route="IS"),
        ):
            with pytest.raises(IntegrityError, match="owner_of_case"), transaction.atomic():
                row.save(force_insert=True)
                check_now()


@pytest.mark.rule("ORG-003")
def test_a_case_leaves_nothing_behind_with_its_old_owner(two_councils):
    one, other = two_councils
    household = factories.household(one)
    with factories.writing(), pytest.raises(IntegrityError, match="owner_of_case"), transaction.atomic():
        Case.objects.filter(pk=household.case_id).update(owner=other)
        check_now()


PARTS = {
    "a member": lambda household, address: HouseholdMember.objects.filter(household=household),
    "a sponsorship": lambda household, address: Sponsorship.objects.filter(household=household),
    "the checks": lambda household, address: ChecksSummary.objects.filter(household=household),
    "an address": lambda household, address: HostAddress.objects.filter(pk=address.pk),
    "an offer": lambda household, address: OfferedProperty.objects.filter(address=address),
}


@pytest.mark.rule("ORG-003")
@pytest.mark.parametrize("rows_of", PARTS.values(), ids=PARTS)
def test_a_part_of_a_record_is_on_the_case_of_the_record(two_councils, rows_of):
    council = two_councils[0]
    household, sponsor, other = factories.household(council), factories.sponsor(council), factories.household(council)
    address = factories.address(sponsor)
    factories.sponsorship(household, sponsor, address)
    with factories.writing():
        ChecksSummary.objects.create(household=household, case=household.case, owner=council)
        check_now()
        rows = rows_of(household, address)
        with pytest.raises(IntegrityError, match="owner_of_case"), transaction.atomic():
            assert rows.update(case=other.case) == 1
            check_now()


def test_a_record_is_on_a_case_that_there_is(two_councils):
    household = factories.household(two_councils[0])
    with factories.writing():
        gone = Case(owner=two_councils[0])
        with pytest.raises(IntegrityError, match="owner_of_case"), transaction.atomic():
            HouseholdMember.objects.filter(household=household).update(case=gone.pk)
            check_now()
