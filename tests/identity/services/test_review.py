"""Accounts that nothing speaks for are warned, then suspended; an administrator gives them back."""

import datetime as dt

import pytest
from django.db import IntegrityError

from opensponsor.audit.models import Event
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity.models import Membership
from opensponsor.identity.queries import accounts as queries
from opensponsor.identity.roles import Role
from opensponsor.identity.rules.inactivity import Reason, Step
from opensponsor.identity.services import accounts
from opensponsor.identity.states import AccountStatus
from tests import factories

TODAY = dt.date(2026, 11, 21)


def days_ago(number):
    return TODAY - dt.timedelta(days=number)


def somebody(team, *, seen=None, since=None, attested=0, **fields):
    """A caseworker of our council who was last here, and last confirmed, that many days ago."""
    user = factories.user(
        last_seen_on=None if seen is None else days_ago(seen),
        active_from=None if since is None else days_ago(since),
        **fields,
    )
    factories.membership(user, team.ours.organisation, starts_on=days_ago(300), attested_on=days_ago(attested))
    with factories.writing():
        type(user).objects.filter(pk=user.pk).update(created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        Membership.objects.exclude(user=user).update(attested_on=TODAY)
    return user


def review(user, today=TODAY):
    with factories.writing():
        return accounts.review_account(actor=factories.job(), user_id=user.pk, today=today).verdict


def due(today=TODAY):
    with factories.restored():
        return accounts.due_accounts(today=today)


@pytest.mark.rule("ORG-023")
@pytest.mark.parametrize(
    ("facts", "step", "reason"),
    [
        ({"seen": 59}, None, None),
        ({"seen": 60}, Step.WARN, Reason.NOT_SEEN),
        ({"seen": 89}, Step.WARN, Reason.NOT_SEEN),
        ({"seen": 90}, Step.SUSPEND, Reason.NOT_SEEN),
        # Never here: counted from the day the account was opened, or given back.
        ({"since": 59}, None, None),
        ({"since": 90}, Step.SUSPEND, Reason.NOT_SEEN),
        ({"seen": 200, "since": 3}, None, None),
        ({}, Step.SUSPEND, Reason.NOT_SEEN),
        # In use, but nobody confirmed it.
        ({"seen": 1, "attested": 119}, None, None),
        ({"seen": 1, "attested": 120}, Step.SUSPEND, Reason.NOT_ATTESTED),
        ({"seen": 1, "attested": 200, "since": 100}, None, None),
    ],
)
def test_each_account_by_its_own_days(team, facts, step, reason):
    user = somebody(team, **facts)
    assert (user.pk in due()) is (step is not None)
    verdict = review(user)
    assert (verdict and (verdict.step, verdict.reason)) == (step and (step, reason))
    user.refresh_from_db()
    assert user.status == (AccountStatus.SUSPENDED if step == Step.SUSPEND else AccountStatus.ACTIVE)
    assert (user.suspended_on, user.inactivity_warned_on) == (
        TODAY if step == Step.SUSPEND else None,
        TODAY if step == Step.WARN else None,
    )


@pytest.mark.rule("ORG-023")
def test_a_second_look_on_the_same_day_finds_nothing(team):
    warned, suspended = somebody(team, seen=60), somebody(team, seen=90)
    for user in (warned, suspended):
        assert review(user) is not None
        assert review(user) is None
    assert not set(due()) & {warned.pk, suspended.pk}
    with factories.writing():
        [line] = Event.objects.filter(code="account.suspended")
    assert (line.row_id, line.detail["rule"], line.detail["days"]) == (str(suspended.pk), "ORG-023", 90)


def test_who_signs_in_between_the_look_and_the_lock_stays(team):
    user = somebody(team, seen=90)
    assert user.pk in due()
    with factories.writing():
        type(user).objects.filter(pk=user.pk).update(last_seen_on=TODAY)
    assert review(user) is None


def test_the_limits_are_settings(team, settings):
    settings.INACTIVITY_WARNING_DAYS, settings.INACTIVITY_SUSPENSION_DAYS = 10, 20
    assert review(somebody(team, seen=10)).step == Step.WARN
    assert review(somebody(team, seen=20)).step == Step.SUSPEND


def test_who_was_invited_or_left_is_not_looked_at(team):
    for fields in ({"is_active": False}, {"is_active": False, "left_on": TODAY}):
        user = somebody(team, seen=400, **fields)
        assert user.pk not in due()
        assert review(user) is None


def test_one_careless_organisation_of_two_is_enough(team):
    user = somebody(team, seen=1, attested=1)
    factories.membership(user, team.theirs.organisation, starts_on=days_ago(200), attested_on=days_ago(150))
    assert review(user).reason == Reason.NOT_ATTESTED


def test_a_fresh_role_does_not_hide_that_nobody_confirmed_the_other_organisation(team):
    user = somebody(team, seen=1, attested=200)
    factories.membership(user, team.theirs.organisation, starts_on=TODAY)
    assert review(user).reason == Reason.NOT_ATTESTED


def test_the_database_holds_no_suspended_account_that_is_active(team):
    user = somebody(team)
    for field in ("suspended_on", "left_on"):
        with factories.writing(), pytest.raises(IntegrityError, match="user_suspended_or_gone_is_not_active"):
            type(user).objects.filter(pk=user.pk).update(**{field: TODAY})


class TestGivingBack:
    def give_back(self, actor, user):
        with factories.as_actor(actor):
            return accounts.reactivate(actor=actor, user_id=user.pk, today=TODAY)

    @pytest.mark.rule("ORG-023")
    def test_an_administrator_gives_the_account_back_and_both_clocks_start_again(self, team):
        user = somebody(team, seen=200, attested=200)
        review(user)
        assert self.give_back(team.administrator(), user).status == AccountStatus.ACTIVE
        assert review(user) is None
        assert review(user, TODAY + dt.timedelta(days=90)).step == Step.SUSPEND

    def test_nobody_else_does(self, team):
        user = somebody(team, seen=90)
        review(user)
        for actor in (team.champion(), factories.actor(team.theirs.organisation, of=team.theirs.champion)):
            with pytest.raises(NotVisible):
                self.give_back(actor, user)

    def test_only_what_is_suspended(self, team):
        gone = factories.member(team.ours.organisation, is_active=False, left_on=TODAY)
        for user in (team.ours.caseworker, gone):
            with pytest.raises(Refused, match="not suspended"):
                self.give_back(team.administrator(), user)
        with pytest.raises(NotVisible):
            self.give_back(team.administrator(), factories.user(is_active=False, suspended_on=TODAY))


class TestTheReport:
    @pytest.mark.rule("ORG-023")
    def test_who_was_not_here_for_so_many_days(self, team):
        quiet = somebody(team, seen=31, full_name="Quiet")
        somebody(team, seen=30, full_name="Busy")
        actor = team.champion()
        with factories.as_actor(actor):
            from opensponsor.identity.queries.members import people

            found = queries.idle_since(people(actor, team.ours.pk, today=TODAY), days_ago(31))
            assert quiet in found
            assert "Busy" not in {user.full_name for user in found}

    @pytest.mark.rule("ORG-023", "ORG-031")
    def test_counts_per_organisation_of_ones_own_reach(self, team):
        somebody(team, seen=31)
        actor = team.champion()
        with factories.as_actor(actor):
            [ours] = queries.idle_counts(actor, today=TODAY, idle_on=days_ago(31))
        assert (ours.organisation_id, ours.members, ours.idle, ours.suspended) == (team.ours.pk, 3, 1, 0)
        administrator = team.administrator()
        with factories.as_actor(administrator):
            counts = queries.idle_counts(administrator, today=TODAY, idle_on=days_ago(31))
        assert {count.organisation_id for count in counts} == {team.ours.pk, team.theirs.pk, team.operator.pk}

    @pytest.mark.rule("ORG-023")
    def test_a_national_body_reports_on_its_nation_only(self, team):
        scotland = factories.organisation(realm="SCOTLAND")
        factories.member(scotland)
        national = factories.actor(
            factories.organisation("DEVOLVED_GOVERNMENT", reads_realms=["WALES"]), Role.NATIONAL_ADMINISTRATOR
        )
        with factories.as_actor(national):
            counts = queries.idle_counts(national, today=TODAY, idle_on=TODAY)
        assert scotland.pk not in {count.organisation_id for count in counts}
        assert team.ours.pk in {count.organisation_id for count in counts}


class TestLookingUp:
    def find(self, actor, email):
        with factories.as_actor(actor):
            return queries.find_account(actor, email, today=TODAY)

    @pytest.mark.rule("ORG-020")
    def test_a_champion_learns_how_an_address_stands_in_the_own_organisation(self, team):
        gone = factories.user(email="gone@council.example", is_active=False, left_on=TODAY)
        factories.membership(gone, team.ours.organisation, ends_on=days_ago(1))
        member = self.find(team.champion(), team.ours.caseworker.email.upper())
        assert (member.is_member, member.status) == (True, AccountStatus.ACTIVE)
        left = self.find(team.champion(), gone.email)
        assert (left.is_member, left.status) == (False, AccountStatus.LEFT)

    @pytest.mark.rule("ORG-020", "ORG-031")
    def test_an_account_elsewhere_looks_like_none(self, team):
        nobody = self.find(team.champion(), "nobody@council.example")
        assert self.find(team.champion(), team.theirs.caseworker.email) == nobody
        assert (nobody.is_member, nobody.status, nobody.has_open_request) == (False, None, False)


def test_colleagues_to_confirm_are_those_nobody_spoke_for(team):
    somebody(team, seen=1, attested=89, full_name="Recent")
    somebody(team, seen=1, attested=90, full_name="Due")
    with factories.writing():
        Membership.objects.filter(user__full_name="Recent").update(attested_on=days_ago(89))
    actor = team.champion()
    with factories.as_actor(actor):
        found = queries.to_confirm(actor, team.ours.pk, today=TODAY, due_after=dt.timedelta(days=90))
        assert [user.full_name for user in found] == ["Due"]
