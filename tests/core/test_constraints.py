"""What can never be false: each constraint of the spine and of the people on it, broken once with the ORM alone."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opensponsor.cases.models import ApprovalRequest, Case, Note, Share, Task
from opensponsor.cases.states import RequestKind
from opensponsor.core.clock import now
from opensponsor.identity.models import (
    AccessRequest,
    Draft,
    Invitation,
    Membership,
    Organisation,
    Reach,
    User,
)
from opensponsor.messages.models import Notice
from opensponsor.people.models import HouseholdMember
from opensponsor.saved_views.models import Export, SavedView
from tests import factories

DAY = dt.date(2026, 4, 1)
LATER = dt.date(2026, 5, 1)


class World:
    """Two organisations, two users, and a household with a note and a task."""

    def __init__(self):
        self.one, self.other = factories.organisation(), factories.organisation()
        self.user, self.second = factories.user(), factories.user()
        self.membership = factories.membership(self.user, self.one, starts_on=DAY)
        self.household = factories.household(self.one)
        self.case = self.household.case
        self.on_case = {"case": self.case, "owner": self.one}

    def person(self):
        """Somebody of the household."""
        return self.household.members.get(is_lead=True).person

    def share(self, **fields):
        values = {"organisation": self.other, "starts_on": DAY, "reason": "Moving", "shared_by": self.user}
        return Share.objects.create(**self.on_case, **values | fields)

    def request(self, **fields):
        values = {"kind": RequestKind.REOPEN_CASE, "reason": "Closed too early", "raised_by": self.user}
        return ApprovalRequest.objects.create(**self.on_case, **values | fields)

    def access_request(self, **fields):
        values = {"organisation": self.one, "full_name": "Siân", "email": "sian@example.test"}
        return AccessRequest.objects.create(**values | {"operational_need": "Casework"} | fields)

    def invitation(self, **fields):
        values = {"organisation": self.one, "user": self.second, "expires_at": now()}
        return Invitation.objects.create(**values | fields)

    def member(self, household=None, **fields):
        values = {"household": household or self.household, "starts_on": DAY, "person": self.person()}
        return HouseholdMember.objects.create(**self.on_case, **values | fields)

    def view(self, **fields):
        return SavedView.objects.create(**{"user": self.user, "list_key": "households"} | fields)


def _twice(make):
    return lambda world: (make(world), make(world))


BREAKS = {
    "organisation_processor_acts_for_a_controller": lambda w: Organisation.objects.filter(pk=w.one.pk).update(
        controller_role="PROCESSOR"
    ),
    "reach_once": _twice(lambda w: Reach.objects.create(organisation=w.one, reached=w.other, may_write=False)),
    "user_address_once": lambda w: User.objects.filter(pk=w.user.pk).update(email=w.second.email.upper()),
    "user_suspended_or_gone_is_not_active": lambda w: User.objects.filter(pk=w.user.pk).update(left_on=DAY),
    "membership_holds_a_day": lambda w: Membership.objects.filter(pk=w.membership.pk).update(ends_on=DAY),
    "membership_once_at_a_time": lambda w: factories.membership(w.user, w.one, starts_on=LATER),
    "access_request_is_vouched": lambda w: w.access_request(status="VOUCHED"),
    "access_request_two_persons": lambda w: w.access_request(vouched_by=w.user, decided_by=w.user),
    "access_request_open_once": _twice(World.access_request),
    "invitation_open_once": _twice(World.invitation),
    "invitation_used_or_withdrawn": lambda w: w.invitation(used_at=now(), withdrawn_at=now()),
    "draft_once_per_form": _twice(
        lambda w: Draft.objects.create(user=w.user, form_key="note", content={}, saved_at=now())
    ),
    "case_reference_once": lambda w: factories.household(w.one, case_reference=w.case.reference),
    "case_closed_has_a_date": lambda w: Case.objects.filter(pk=w.case.pk).update(status="CLOSED"),
    "share_once_per_organisation": _twice(World.share),
    "share_with_another": lambda w: w.share(organisation=w.one),
    "share_ends_after_it_starts": lambda w: w.share(starts_on=LATER, ends_on=DAY),
    "note_has_a_title": lambda w: factories.note(w.case, w.user, title=""),
    "note_removal_has_a_reason": lambda w: Note.objects.filter(pk=factories.note(w.case, w.user).pk).update(
        removed_at=now()
    ),
    "task_has_a_title": lambda w: Task.objects.filter(pk=factories.task(w.case, w.user).pk).update(title=""),
    "request_open_once": _twice(World.request),
    "request_two_persons": lambda w: w.request(status="APPROVED", decided_by=w.user),
    "member_of_one_household_at_a_time": lambda w: w.member(household=factories.household(w.one)),
    "household_has_one_lead": lambda w: factories.person(w.household, is_lead=True),
    "saved_view_name_once": _twice(lambda w: w.view(name="Mine")),
    "saved_view_one_default": lambda w: (w.view(name="A", is_default=True), w.view(name="B", is_default=True)),
    "saved_view_default_has_a_name": lambda w: w.view(is_default=True),
    "export_has_a_reason": lambda w: Export.objects.create(
        user=w.user, organisation=w.one, list_key="households", format="CSV", columns=[], language="en", reason=""
    ),
    "notice_has_one_addressee": lambda w: Notice.objects.create(letter="x", address="a@example.test", place=w.one),
}


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize("name", BREAKS)
def test_what_can_never_be_false(world, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), factories.writing():
        BREAKS[name](world)
    assert refused.value.__cause__.diag.constraint_name == name


# The other side: periods are half-open, and what has ended does not stand in the way.
ALLOWED = {
    "a role again from the day it ended": lambda w: (
        Membership.objects.filter(pk=w.membership.pk).update(ends_on=LATER),
        factories.membership(w.user, w.one, starts_on=LATER),
    ),
    "sharing again after it ended": lambda w: (w.share(ends_on=LATER), w.share(starts_on=LATER)),
    "asking again after a refusal": lambda w: (
        w.request(status="REFUSED", decided_by=w.second),
        w.request(),
    ),
    "withdrawing what one asked": lambda w: w.request(status="WITHDRAWN", decided_by=w.user),
    "another person at the same reference elsewhere": lambda w: factories.household(
        w.other, case_reference=w.case.reference
    ),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_the_constraints_allow(world, what):
    with factories.writing():
        ALLOWED[what](world)
