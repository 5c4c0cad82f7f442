"""Whatever champions do, in whatever order, none ends with more rights than before and none makes another champion."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity.models import AccessRequest, Membership, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.queries import champions, seats_of
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, Role, permissions_of
from opensponsor.identity.services import (
    access_requests,
    account_creation,
    accounts,
    invitations,
    memberships,
    organisations,
)
from opensponsor.identity.states import ControllerRole, OrganisationKind
from tests import factories

TODAY = dt.date(2026, 11, 21)
CONFIRMED = Confirmation(True, TODAY, True)

people = st.integers(0, 5)
places = st.integers(0, 1)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), people, places, st.sampled_from(list(Role))),
        st.tuples(st.just("end"), people, places, st.sampled_from(list(Role))),
        st.tuples(st.just("let_go"), people, places),
        st.tuples(st.just("ask_and_vouch"), people, places),
        st.tuples(st.just("create"), places, st.sampled_from(list(Role))),
        st.tuples(st.just("reactivate"), people),
        st.tuples(st.just("invite_again"), people, places),
        st.tuples(st.just("change_organisation"), places),
    ),
    max_size=12,
)


class Attempts:
    """What a champion can call, each with the arguments of an attacker."""

    def __init__(self, team, actor):
        self.actor = actor
        self.places = [team.ours.pk, team.theirs.pk]
        self.people = [
            team.ours.champion,
            team.ours.caseworker,
            team.theirs.champion,
            team.theirs.caseworker,
            team.first,
            team.second,
        ]

    def grant(self, person, place, role):
        memberships.grant_role(
            actor=self.actor,
            organisation_id=self.places[place],
            user_id=self.people[person].pk,
            role=role,
            today=TODAY,
        )

    def end(self, person, place, role):
        held = Membership.objects.filter(user=self.people[person], role=role).first()
        if held:
            memberships.end_role(
                actor=self.actor,
                organisation_id=self.places[place],
                membership_id=held.pk,
                version=held.version,
                today=TODAY,
            )

    def let_go(self, person, place):
        memberships.end_access(
            actor=self.actor, organisation_id=self.places[place], user_id=self.people[person].pk, today=TODAY
        )

    def ask_and_vouch(self, person, place):
        request = AccessRequest.objects.filter(organisation_id=self.places[place], status="SUBMITTED").first()
        if request:
            access_requests.vouch(
                actor=self.actor, request_id=request.pk, version=request.version, confirmed=CONFIRMED, today=TODAY
            )

    def create(self, place, role):
        request = AccessRequest.objects.filter(organisation_id=self.places[place]).first()
        if request:
            account_creation.create_account(
                actor=self.actor,
                request_id=request.pk,
                version=request.version,
                role=role,
                today=TODAY,
                may_be_second=True,
            )

    def reactivate(self, person):
        accounts.reactivate(actor=self.actor, user_id=self.people[person].pk, today=TODAY)

    def invite_again(self, person, place):
        invitations.invite_again(
            actor=self.actor, organisation_id=self.places[place], user_id=self.people[person].pk, today=TODAY
        )

    def change_organisation(self, place):
        organisations.change_organisation(
            actor=self.actor,
            organisation_id=self.places[place],
            version=1,
            controller_role=ControllerRole.CONTROLLER,
            acts_for_id=None,
            email_domains=["evil.example"],
            assigns_tasks=True,
        )


def rights(user):
    return {
        (seat.organisation_id, permission)
        for seat in seats_of(user.pk, today=TODAY)
        for permission in permissions_of(seat.roles, OrganisationKind(seat.kind))
    }


def trusted_roles():
    with factories.writing():
        held = Membership.objects.exclude(role__in=CHAMPION_MAY_GRANT).on(TODAY)
        return set(held.values_list("user_id", "organisation_id", "role"))


def check_a_series(team, moves):
    """Both champions take turns; afterwards their rights and everybody else's roles of trust are as before, or less."""
    both = (team.ours.champion, team.theirs.champion)
    before = {user: rights(user) for user in both}
    trusted = trusted_roles()
    accounts_before = User.objects.count()
    for number, (act, *arguments) in enumerate(moves):
        user = both[number % 2]
        place = (team.ours, team.theirs)[number % 2]
        actor = factories.actor(place.organisation, of=user)
        with suppress(Refused, NotVisible), factories.as_actor(actor):
            getattr(Attempts(team, actor), act)(*arguments)
    for user in both:
        assert rights(user) <= before[user]
    assert trusted_roles() <= trusted
    assert User.objects.count() == accounts_before
    assert {champion.email for champion in champions.champions(today=TODAY)} == {user.email for user in both}


@pytest.fixture
def tempting(team):
    """Requests wait in both councils, one of them for a champion's own address."""
    for place, email in ((team.ours, team.ours.champion.email), (team.theirs, "new@council.example")):
        with factories.restored():
            access_requests.ask(
                organisation_id=place.pk, full_name="New", email=email, operational_need="", wants_champion=True
            )
    return team


series = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@series
@given(moves=acts)
def test_no_series_of_acts_raises_a_champion(tempting, moves):
    with factories.undone():
        check_a_series(tempting, moves)


@pytest.mark.soak
@settings(series, max_examples=3000, derandomize=False)
@given(moves=acts)
def test_no_long_series_of_acts_raises_a_champion(tempting, moves):
    with factories.undone():
        check_a_series(tempting, moves)


@pytest.mark.rule("ORG-037", "ORG-039")
def test_the_directory_tells_every_council_the_champions_of_the_others(team):
    gone = factories.member(team.theirs.organisation, Role.DATA_CHAMPION, is_active=False, suspended_on=TODAY)
    actor = factories.actor(team.ours.organisation, of=team.ours.caseworker)
    with factories.as_actor(actor):
        found = champions.champions(today=TODAY)
        assert [champion.full_name for champion in found] == ["Champion of Our Council", "Champion of Their Council"]
        assert gone.email not in {champion.email for champion in found}
        assert [one.name_en for one in champions.champions(today=TODAY, text="theIR")] == ["Their Council"]
        assert champions.champions(today=dt.date(2020, 1, 1)) == []
