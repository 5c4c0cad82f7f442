"""Two years of a few organisations, day by day: no account is ever open that a rule would have closed."""

import datetime as dt
import random
from contextlib import suppress

import pytest
from django.db.models import F

from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.identity.models import Invitation, Membership, User
from opensponsor.identity.services import invitations, memberships, sign_in
from opensponsor.identity.states import AccountStatus
from opensponsor.messages import jobs
from opensponsor.messages.models import Notice
from opensponsor.messages.services import accounts
from opensponsor.messages.states import Letter
from tests import factories

START = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


class Years:
    """Organisations with people of different habits. `chance` decides everything that people do."""

    def __init__(self, team, seed):
        self.team = team
        self.chance = random.Random(seed)
        self.habits = {}
        for place in (team.ours, team.theirs):
            for habit in (0.9, 0.05, 0.01, 0.0):
                self.habits[factories.member(place.organisation).pk] = habit
        for user in (team.ours.champion, team.theirs.champion, team.first, team.second):
            self.habits[user.pk] = 0.5
        with factories.writing():
            Membership.objects.update(starts_on=clock.today())

    def live_a_day(self):
        """What people do, then what the nightly job does."""
        self._sign_in()
        if self.chance.random() < 0.02:
            self._champions_confirm()
        if self.chance.random() < 0.1:
            self._invite_somebody()
        if self.chance.random() < 0.2:
            self._accept_something()
        if self.chance.random() < 0.05:
            self._administrator_gives_back()
        with factories.restored():
            jobs.review_accounts(0)

    def _sign_in(self):
        with factories.writing():
            for user in User.objects.filter(is_active=True):
                if self.chance.random() < self.habits.get(user.pk, 0.2):
                    sign_in.note_seen(user, clock.today())

    def _champions_confirm(self):
        for place in (self.team.ours, self.team.theirs):
            self._confirm(place.organisation, place.champion)
        self._confirm(self.team.operator, self.team.first)

    def _confirm(self, organisation, by):
        by.refresh_from_db()
        if by.is_active:
            actor = factories.actor(organisation, of=by)
            with factories.as_actor(actor):
                memberships.attest(
                    actor=actor, organisation_id=organisation.pk, user_ids=list(self.habits), today=clock.today()
                )

    def _invite_somebody(self):
        user = factories.user(is_active=False)
        factories.membership(user, self.team.ours.organisation, starts_on=clock.today())
        self.habits[user.pk] = self.chance.choice([0.0, 0.02, 0.5])
        with factories.writing():
            accounts.send_invitation(invitations.open_invitation(user=user, organisation_id=self.team.ours.pk))

    def _accept_something(self):
        with factories.writing():
            found = list(Invitation.objects.filter(used_at=None).values_list("pk", flat=True))
        if found:
            token = invitations.token_for(self.chance.choice(found))
            with suppress(Refused), factories.restored():
                invitations.accept(token=token, password="seven quiet otters paddle")

    def _administrator_gives_back(self):
        self.team.second.refresh_from_db()
        with factories.writing():
            suspended = User.objects.exclude(suspended_on=None).exclude(pk=self.team.second.pk).first()
        if suspended and self.team.second.is_active:
            actor = self.team.other_administrator()
            with factories.as_actor(actor):
                accounts.reactivate(actor=actor, user_id=suspended.pk, today=clock.today())

    def check(self):
        """The rules, in words of their own: nothing here calls what decides them."""
        today = clock.today()
        with factories.writing():
            invited = set(Invitation.objects.filter(used_at=None, withdrawn_at=None).values_list("user_id", flat=True))
            for user in User.objects.filter(is_active=True).prefetch_related("memberships"):
                since = max(day for day in (user.last_seen_on, user.active_from, user.created_at.date()) if day)
                assert (today - since).days < 90, "not used for ninety days and still open"
                held = [row for row in user.memberships.all() if row.ends_on is None or row.ends_on > today]
                confirmed = min(max(filter(None, (row.starts_on, row.attested_on, user.active_from))) for row in held)
                assert (today - confirmed).days < 120, "not confirmed for a quarter and a month and still open"
                assert user.pk not in invited, "open although the invitation was not accepted"
            late = Invitation.objects.filter(used_at__gte=F("expires_at"))
            assert not late.exists(), "came in by a link that had run out"

    def check_mail(self):
        """Everybody suspended for not being here had been warned in time, once."""
        with factories.writing():
            kinds = list(Notice.objects.values_list("letter", flat=True))
            assert {Letter.INACTIVITY_WARNING, Letter.ACCOUNT_SUSPENDED} <= set(kinds)
            idle = [user for user in User.objects.exclude(suspended_on=None) if user.inactivity_warned_on]
            for user in idle:
                assert user.status == AccountStatus.SUSPENDED
                assert (user.suspended_on - user.inactivity_warned_on).days <= 60


def live(team, time_machine, days, seed):
    time_machine.move_to(START, tick=False)
    with factories.writing():
        User.objects.update(created_at=START)
    years = Years(team, seed)
    for _ in range(days):
        years.live_a_day()
        years.check()
        time_machine.shift(dt.timedelta(days=1))
    years.check_mail()


@pytest.mark.rule("ORG-022", "ORG-023")
def test_four_months(team, time_machine):
    live(team, time_machine, 125, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_two_years(team, time_machine, seed):
    live(team, time_machine, 731, seed)
