"""The way into a new account, open for a few days and for one use."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opensponsor.core import clock
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity.models import Invitation
from opensponsor.identity.services import invitations
from opensponsor.identity.services.memberships import end_access
from opensponsor.identity.states import AccountStatus, InvitationStatus
from tests import factories

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
PASSWORD = "seven quiet otters paddle"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def invited(team):
    user = factories.member(team.ours.organisation, full_name="Olwen Hughes", is_active=False)
    return invite(user, team.ours.organisation)


def invite(user, organisation):
    with factories.writing():
        return invitations.open_invitation(user=user, organisation_id=organisation.pk)


def accept(token, password=PASSWORD):
    with factories.restored():
        return invitations.accept(token=token, password=password)


def look_at(token):
    with factories.restored():
        return invitations.look_at(token)[1]


@pytest.mark.rule("ORG-017")
def test_an_invitation_opens_the_account_once(invited):
    token = invitations.token_for(invited.pk)
    assert look_at(token) == InvitationStatus.OPEN
    user = accept(token)
    assert (user.status, user.check_password(PASSWORD), user.active_from) == (
        AccountStatus.ACTIVE,
        True,
        clock.today(),
    )
    assert look_at(token) == InvitationStatus.USED
    with pytest.raises(Refused, match="no longer works"):
        accept(token, "another quiet otter paddles")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("days", "seconds", "status"),
    [(7, -1, InvitationStatus.OPEN), (7, 0, InvitationStatus.EXPIRED), (400, 0, InvitationStatus.EXPIRED)],
)
def test_it_runs_out_after_seven_days(invited, time_machine, days, seconds, status):
    time_machine.move_to(NOW + dt.timedelta(days=days, seconds=seconds), tick=False)
    token = invitations.token_for(invited.pk)
    assert look_at(token) == status
    if status == InvitationStatus.EXPIRED:
        with pytest.raises(Refused, match="Ask your data champion"):
            accept(token)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "a" + t, lambda t: t.partition(":")[0], lambda t: ""])
def test_a_link_that_was_not_made_here_is_no_page(invited, change):
    forged = change(invitations.token_for(invited.pk))
    for attempt in (look_at, accept):
        with pytest.raises(NotVisible):
            attempt(forged)


def test_a_new_link_ends_the_old_one(team, invited):
    actor = team.champion()
    with factories.as_actor(actor):
        again = invitations.invite_again(
            actor=actor, organisation_id=team.ours.pk, user_id=invited.user_id, today=clock.today()
        )
    assert look_at(invitations.token_for(invited.pk)) == InvitationStatus.WITHDRAWN
    assert accept(invitations.token_for(again.pk)).status == AccountStatus.ACTIVE


def test_who_came_in_is_not_invited_again(team):
    actor = team.champion()
    with factories.as_actor(actor), pytest.raises(Refused, match="already accepted"):
        invitations.invite_again(
            actor=actor, organisation_id=team.ours.pk, user_id=team.ours.caseworker.pk, today=clock.today()
        )


def test_strangers_send_no_links(team, invited):
    for actor in (
        factories.actor(team.theirs.organisation, of=team.theirs.champion),
        factories.actor(team.ours.organisation, of=team.ours.caseworker),
    ):
        with factories.as_actor(actor), pytest.raises(NotVisible):
            invitations.invite_again(
                actor=actor, organisation_id=team.ours.pk, user_id=invited.user_id, today=clock.today()
            )


@pytest.mark.rule("ORG-022")
def test_who_leaves_before_coming_in_never_comes_in(team, invited):
    actor = team.champion()
    with factories.as_actor(actor):
        end_access(actor=actor, organisation_id=team.ours.pk, user_id=invited.user_id, today=clock.today())
    with pytest.raises(Refused):
        accept(invitations.token_for(invited.pk))


@pytest.mark.rule("ORG-019")
def test_with_an_identity_provider_nobody_gets_a_password(invited, settings):
    settings.IDENTITY_PROVIDER = object()
    user = accept(invitations.token_for(invited.pk), PASSWORD)
    assert (user.status, user.has_usable_password()) == (AccountStatus.ACTIVE, False)


def test_without_one_a_password_is_needed(invited):
    with pytest.raises(Refused, match="Choose a password"):
        accept(invitations.token_for(invited.pk), None)


def test_the_database_holds_one_open_invitation_each_and_none_both_used_and_withdrawn(team, invited):
    with factories.writing():
        with pytest.raises(IntegrityError, match="invitation_open_once"), transaction.atomic():
            Invitation.objects.create(user=invited.user, organisation=team.ours.organisation, expires_at=NOW)
        with pytest.raises(IntegrityError, match="invitation_used_or_withdrawn"), transaction.atomic():
            Invitation.objects.filter(pk=invited.pk).update(used_at=NOW, withdrawn_at=NOW)


def test_nothing_in_the_database_opens_an_account(invited):
    assert invited.pk.hex not in {None, ""}
    with pytest.raises(NotVisible):
        accept(invited.pk.hex)
