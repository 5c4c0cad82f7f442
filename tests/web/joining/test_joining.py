"""From a stranger to a member, page by page."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from opensponsor.core import clock
from opensponsor.identity.models import AccessRequest, Invitation, User
from opensponsor.identity.services import invitations
from opensponsor.identity.states import AccountStatus
from opensponsor.messages import delivery, jobs
from opensponsor.messages.models import Notice
from tests import factories
from tests.web.browsing import signed_in

PASSWORD = "seven quiet otters paddle"
ASKED = {"full_name": "Olwen Hughes", "email": "olwen@council.example", "operational_need": "Housing team"}
CONFIRMED = {
    "work_account_checked": "on",
    "knows_where_to_get_help": "on",
    "was_trained": "on",
    "training_confirmed_on": "2026-01-05",
}


def ask(organisation, **given):
    return Client().post(reverse("access_request_ask", args=[organisation.code]), ASKED | given)


def stored(model, **filters):
    with factories.writing():
        return model.objects.filter(**filters).first()


def send_mail(organisation):
    with factories.restored():
        jobs.tell_of_request(organisation.pk)
    with factories.writing():
        waiting = list(Notice.objects.filter(sent_at=None).order_by("pk").values_list("pk", flat=True))
    with factories.restored():
        for notice_id in waiting:
            delivery.deliver(notice_id)
    return mail.outbox


@pytest.mark.rule("ORG-015", "ORG-016", "ORG-017", "ORG-018")
def test_from_the_first_page_to_an_open_account(team):
    council = team.ours.organisation
    found = Client().get(reverse("access_request"), {"q": "our coun"})
    address = reverse("access_request_ask", args=[council.code])
    assert address in found.content.decode()
    answer = ask(council)
    assert answer.url == reverse("access_request_sent", args=[council.code])
    assert "an administrator of the platform makes your account" in Client().get(answer.url).content.decode()

    champion = signed_in(team.ours.champion)
    request = stored(AccessRequest)
    page = champion.get(reverse("team:requests")).content.decode()
    assert "Olwen Hughes" in page
    done = champion.post(reverse("team:request", args=[request.pk]), CONFIRMED | {"version": 1}, follow=True)
    assert "You vouched for Olwen Hughes" in done.content.decode()

    administrator = signed_in(team.first)
    page = administrator.get(reverse("administration:request", args=[request.pk])).content.decode()
    assert "Champion of Our Council" in page
    done = administrator.post(
        reverse("administration:request", args=[request.pk]), {"version": 2, "role": "CASEWORKER"}, follow=True
    )
    assert "The account of Olwen Hughes was made" in done.content.decode()

    letter = send_mail(council)[-1]
    path = re.search(r"http://localhost:8000(/invitation/\S+/)", letter.body)[1]
    opening = Client()
    assert "olwen@council.example" in opening.get(path).content.decode()
    opened = opening.post(path, {"password": PASSWORD})
    assert opened.url == reverse("account_login")
    user = stored(User, email="olwen@council.example")
    assert (user.status, user.check_password(PASSWORD)) == (AccountStatus.ACTIVE, True)
    again = opening.get(path)
    assert (again.status_code, "already" in again.content.decode()) == (410, True)


class TestAsking:
    @pytest.mark.rule("ORG-015")
    def test_a_known_address_a_second_try_and_a_new_one_look_alike(self, team):
        council = team.ours.organisation
        answers = [ask(council), ask(council), ask(council, email=team.ours.caseworker.email)]
        assert {(answer.status_code, answer.url) for answer in answers} == {
            (302, reverse("access_request_sent", args=[council.code]))
        }

    def test_what_is_missing_is_said_in_sentences(self, team):
        page = ask(team.ours.organisation, full_name="", email="olwen", operational_need="").content.decode()
        for sentence in (
            "Enter your full name",
            "Enter an email address like name@example.com",
            "Say what you need access for",
        ):
            assert sentence in page
        assert stored(AccessRequest) is None

    def test_an_address_of_elsewhere_is_refused_beside_the_field(self, team):
        with factories.writing():
            team.ours.organisation.email_domains = ["gov.example"]
            team.ours.organisation.save()
        page = ask(team.ours.organisation).content.decode()
        assert "Use the work address of Our Council. It ends in: gov.example." in page
        assert 'value="olwen@council.example"' in page

    @pytest.mark.parametrize("fields", [{"kind": "PLATFORM"}, {"is_active": False}, {"kind": "UNASSIGNED"}])
    def test_what_nobody_joins_is_no_page(self, db, fields):
        organisation = factories.organisation(**fields)
        for name in ("access_request_ask", "access_request_sent"):
            assert Client().get(reverse(name, args=[organisation.code])).status_code == 404
        assert organisation.name_en not in Client().get(reverse("access_request"), {"q": "body"}).content.decode()

    def test_a_name_that_nobody_bears_says_so(self, team):
        assert "No organisation with this name" in Client().get(reverse("access_request"), {"q": "zz"}).content.decode()
        assert "No organisation" not in Client().get(reverse("access_request")).content.decode()

    def test_too_many_from_one_place_are_stopped(self, team):
        answers = [ask(team.ours.organisation, email=f"p{number}@council.example") for number in range(21)]
        assert [answer.status_code for answer in answers[-2:]] == [302, 429]
        with factories.writing():
            assert AccessRequest.objects.count() == 20

    def test_the_page_after_asking_is_nobodys(self, team):
        council = team.ours.organisation
        client = Client()
        client.post(reverse("access_request_ask", args=[council.code]), ASKED)
        with factories.restored():
            assert not AccessRequest.objects.exists()


class TestOpening:
    @pytest.fixture
    def invited(self, team):
        user = factories.member(team.ours.organisation, full_name="Olwen Hughes", is_active=False)
        with factories.writing():
            return invitations.open_invitation(user=user, organisation_id=team.ours.pk)

    @pytest.fixture
    def path(self, invited):
        return reverse("invitation", args=[invitations.token_for(invited.pk)])

    def test_looking_changes_nothing(self, path, invited):
        for _ in range(3):
            assert Client().get(path).status_code == 200
        assert stored(Invitation, pk=invited.pk).used_at is None

    @pytest.mark.parametrize(
        ("password", "sentence"), [("short", "15 characters or more"), ("passwordpassword", "too easy to guess")]
    )
    def test_a_weak_password_is_refused_and_the_link_still_works(self, path, password, sentence):
        assert sentence in Client().post(path, {"password": password}).content.decode()
        assert Client().post(path, {"password": PASSWORD}).status_code == 302

    def test_one_that_ran_out_says_whom_to_ask(self, path, time_machine):
        time_machine.move_to(clock.now() + dt.timedelta(days=7))
        answer = Client().get(path)
        assert answer.status_code == 410
        assert "Ask the data champion of Our Council" in answer.content.decode()
        assert Client().post(path, {"password": PASSWORD}).status_code == 410

    def test_a_made_up_link_is_no_page(self, db):
        assert Client().get(reverse("invitation", args=["0" * 32 + ":x"])).status_code == 404

    def test_guessing_is_slowed_down(self, db):
        answers = [Client().get(reverse("invitation", args=["x"])).status_code for _ in range(31)]
        assert answers[-2:] == [404, 429]
