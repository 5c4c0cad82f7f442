"""Whatever hangs on a case has the owner of the case: PostgreSQL sees to it, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from opensponsor.cases.models import Case
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


def test_a_record_is_on_a_case_that_there_is(two_councils):
    household = factories.household(two_councils[0])
    with factories.writing():
        gone = Case(owner=two_councils[0])
        with pytest.raises(IntegrityError, match="owner_of_case"), transaction.atomic():
            HouseholdMember.objects.filter(household=household).update(case=gone.pk)
            check_now()
