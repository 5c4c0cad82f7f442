"""Acts on accounts tell those whom they concern, in the same transaction."""

import datetime as dt
import re

import pytest
from django.core import mail

from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.identity.models import AccessRequest, Membership, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.roles import Role
from opensponsor.identity.services import invitations
from opensponsor.identity.states import AccountStatus
from opensponsor.messages import delivery, jobs
from opensponsor.messages.models import Notice
from opensponsor.messages.services import accounts
from opensponsor.messages.states import Letter
from tests import factories

TODAY = dt.date(2026, 11, 21)
CONFIRMED = Confirmation(True, TODAY, True)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))


def ask(organisation, email="olwen@council.example"):
    with factories.restored():
        accounts.ask(organisation_id=organisation.pk, full_name="Olwen Hughes", email=email, operational_need="")
        jobs.tell_of_request(organisation.pk)


def request():
    with factories.writing():
        return AccessRequest.objects.select_related("organisation").get()


def letters():
    with factories.writing():
        return list(Notice.objects.order_by("pk").values_list("letter", flat=True))


def send_all():
    with factories.restored():
        for notice_id in list(_unsent()):
            delivery.deliver(notice_id)
    return mail.outbox


def _unsent():
    with factories.writing():
        return list(Notice.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True))


@pytest.mark.rule("ORG-015", "ORG-016", "ORG-017")
def test_everybody_on_the_way_from_request_to_account_is_told(team):
    ask(team.ours.organisation)
    champion, administrator = team.champion(), team.administrator()
    with factories.as_actor(champion):
        accounts.vouch(actor=champion, request_id=request().pk, version=1, confirmed=CONFIRMED, today=TODAY)
    with factories.as_actor(administrator):
        created = accounts.create_account(
            actor=administrator, request_id=request().pk, version=2, role=Role.CASEWORKER, today=TODAY
        )
    assert letters() == [Letter.ACCESS_ASKED, Letter.ACCESS_VOUCHED, Letter.INVITATION]
    assert clock.now() - request().notified_at < dt.timedelta(seconds=30)
    to_champion, to_administrators, to_olwen = send_all()
    assert to_champion.to == [team.ours.champion.email]
    assert set(to_administrators.bcc) == {team.first.email, team.second.email}
    assert to_olwen.to == ["olwen@council.example"]
    for sent in (to_champion, to_administrators):
        assert "Olwen" not in sent.subject + sent.body
    [token] = set(re.findall(r"/([0-9a-f]{32}:[\w-]+)/", to_olwen.body))
    with factories.restored():
        user = invitations.accept(token=token, password="seven quiet otters paddle")
    assert (user.pk, user.status) == (created.user.pk, AccountStatus.ACTIVE)


def test_nothing_is_told_of_what_did_not_happen(team):
    ask(team.ours.organisation)
    administrator = team.administrator()
    with factories.as_actor(administrator), pytest.raises(Refused):
        accounts.create_account(
            actor=administrator, request_id=request().pk, version=1, role=Role.CASEWORKER, today=TODAY
        )
    assert letters() == [Letter.ACCESS_ASKED]


def test_who_asks_twice_makes_one_letter(team, time_machine):
    for _ in range(3):
        ask(team.ours.organisation)
        time_machine.shift(dt.timedelta(hours=1))
    assert letters() == [Letter.ACCESS_ASKED]
    ask(team.ours.organisation, "second@council.example")
    assert letters() == [Letter.ACCESS_ASKED] * 2


def test_where_there_is_no_champion_the_administrators_are_told(team):
    ask(factories.organisation())
    [sent] = send_all()
    assert set(sent.bcc) == {team.first.email, team.second.email}


def test_who_is_refused_is_told_but_not_why(team):
    ask(team.ours.organisation)
    champion = team.champion()
    with factories.as_actor(champion):
        accounts.refuse(actor=champion, request_id=request().pk, version=1, reason="Left in anger", today=TODAY)
    sent = send_all()[-1]
    assert sent.to == ["olwen@council.example"]
    assert "anger" not in sent.body


def test_who_joins_a_second_organisation_is_told_without_an_invitation(team):
    ask(team.ours.organisation, team.theirs.caseworker.email)
    champion, administrator = team.champion(), team.administrator()
    with factories.as_actor(champion):
        accounts.vouch(actor=champion, request_id=request().pk, version=1, confirmed=CONFIRMED, today=TODAY)
    with factories.as_actor(administrator):
        accounts.create_account(
            actor=administrator,
            request_id=request().pk,
            version=2,
            role=Role.CASEWORKER,
            today=TODAY,
            may_be_second=True,
        )
    assert letters()[-1] == Letter.FURTHER_ORGANISATION


@pytest.mark.rule("ORG-023")
def test_who_is_warned_or_suspended_is_told(team):
    with factories.writing():
        User.objects.filter(pk=team.ours.caseworker.pk).update(last_seen_on=TODAY - dt.timedelta(days=60))
        User.objects.filter(pk=team.theirs.caseworker.pk).update(last_seen_on=TODAY - dt.timedelta(days=90))
        User.objects.update(created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        others = User.objects.exclude(pk__in=[team.ours.caseworker.pk, team.theirs.caseworker.pk])
        others.update(last_seen_on=TODAY)
        Membership.objects.update(attested_on=TODAY)
    with factories.restored():
        assert accounts.review_accounts(today=TODAY) == 2
        assert accounts.review_accounts(today=TODAY) == 0
    warned, suspended = send_all()
    assert warned.to == [team.ours.caseworker.email]
    assert "before 21 December 2026" in warned.body
    assert suspended.to == [team.theirs.caseworker.email]
    assert "You have not signed in to OpenSponsor for 90 days" in suspended.body


def test_champions_are_reminded_of_a_confirmation_once_a_fortnight(team, time_machine):
    with factories.writing():
        Membership.objects.update(attested_on=TODAY)
        Membership.objects.filter(organisation=team.ours.organisation).update(attested_on=TODAY - dt.timedelta(days=90))

    def remind():
        with factories.restored():
            return accounts.remind_champions(today=clock.today())

    assert [remind(), remind()] == [1, 0]
    time_machine.shift(dt.timedelta(days=13))
    assert remind() == 0
    time_machine.shift(dt.timedelta(days=1))
    assert remind() == 1
    assert letters() == [Letter.ATTESTATION_DUE] * 4
    to_champion, to_administrators, *_again = send_all()
    assert to_champion.to == [team.ours.champion.email]
    assert set(to_administrators.bcc) == {team.first.email, team.second.email}


def test_who_is_given_back_the_account_is_told(team):
    user = factories.member(team.ours.organisation, is_active=False, suspended_on=TODAY)
    administrator = team.administrator()
    with factories.as_actor(administrator):
        accounts.reactivate(actor=administrator, user_id=user.pk, today=TODAY)
    assert send_all()[-1].to == [user.email]


def test_the_daily_job_suspends_reminds_and_forgets(team):
    with factories.writing():
        Membership.objects.exclude(user=team.ours.caseworker).update(attested_on=TODAY)
        old = clock.now() - dt.timedelta(days=91)
        Notice.objects.create(address="a@b.example", letter=Letter.ACCESS_ASKED, sent_at=old)
        due = factories.member(team.theirs.organisation)
        Membership.objects.filter(user=due).update(attested_on=TODAY - dt.timedelta(days=100))
    with factories.restored():
        jobs.review_accounts(0)
    with factories.writing():
        assert list(User.objects.exclude(suspended_on=None)) == [team.ours.caseworker]
    assert letters() == [Letter.ACCOUNT_SUSPENDED, Letter.ATTESTATION_DUE, Letter.ATTESTATION_DUE]
