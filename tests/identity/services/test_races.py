"""Two people at the same moment: exactly one wins, the other reads a sentence."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.core.rowsecurity import acting
from opensponsor.identity.models import AccessRequest, Membership, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.roles import Role
from opensponsor.identity.services import access_requests, account_creation, invitations, memberships
from tests import factories

TODAY = dt.date(2026, 11, 21)
RACERS = 6

pytestmark = pytest.mark.committed


def race(act):
    """What each of several threads got: "won", or the sentence of the refusal."""
    start = Barrier(RACERS)

    def run(number):
        try:
            start.wait(10)
            act(number)
        except (Refused, NotVisible) as refusal:
            return str(refusal)
        else:
            return "won"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(RACERS) as pool:
        return sorted(pool.map(run, range(RACERS)))


def test_an_invitation_opens_the_account_for_one(team):
    user = factories.member(team.ours.organisation, is_active=False)
    with factories.writing():
        invitation = invitations.open_invitation(user=user, organisation_id=team.ours.pk)
    token = invitations.token_for(invitation.pk)
    passwords = [f"seven quiet otters paddle {number}" for number in range(RACERS)]
    results = race(lambda number: invitations.accept(token=token, password=passwords[number]))
    assert results.count("won") == 1


def test_a_role_is_given_once(team):
    actor = team.champion()

    def grant(_number):
        with acting(actor):
            memberships.grant_role(
                actor=actor,
                organisation_id=team.ours.pk,
                user_id=team.ours.caseworker.pk,
                role=Role.FINANCE_OFFICER,
                today=TODAY,
            )

    assert race(grant).count("won") == 1
    with factories.writing():
        assert Membership.objects.filter(role=Role.FINANCE_OFFICER).count() == 1


def test_an_account_is_made_once_also_when_two_councils_ask_for_the_person(team):
    champions = {place.pk: factories.actor(place.organisation, of=place.champion) for place in (team.ours, team.theirs)}
    requests = []
    for organisation_id, champion in champions.items():
        access_requests.ask(
            organisation_id=organisation_id, full_name="Olwen", email="o@council.example", operational_need=""
        )
        with factories.writing():
            request = AccessRequest.objects.get(organisation_id=organisation_id)
        with acting(champion):
            confirmed = Confirmation(True, TODAY, True)
            access_requests.vouch(actor=champion, request_id=request.pk, version=1, confirmed=confirmed, today=TODAY)
        requests.append(request)
    administrators = [team.administrator(), team.other_administrator()]

    def create(number):
        actor = administrators[number % 2]
        with acting(actor):
            account_creation.create_account(
                actor=actor, request_id=requests[number % 2].pk, version=2, role=Role.CASEWORKER, today=TODAY
            )

    assert race(create).count("won") == 1
    with factories.writing():
        user = User.objects.get(email="o@council.example")
        assert Membership.objects.filter(user=user).count() == 1
