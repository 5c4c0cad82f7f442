"""The data champion's pages: people, roles, requests, confirmation, report."""

import datetime as dt

import pytest
from django.urls import reverse

from opensponsor.audit.models import Event
from opensponsor.core import clock
from opensponsor.identity.models import AccessRequest, Membership, User
from opensponsor.identity.roles import Role
from opensponsor.identity.services import access_requests
from opensponsor.identity.states import AccountStatus, OrganisationKind, Realm
from tests import factories
from tests.web.browsing import signed_in


@pytest.fixture
def champion(team):
    return signed_in(team.ours.champion)


def address(name, *parts):
    return reverse(f"team:{name}", args=parts)


def text(answer):
    return answer.content.decode()


class TestPeople:
    def test_the_team_with_roles_and_accounts(self, team, champion):
        page = text(champion.get(address("own")))
        for words in ("Caseworker of Our Council", "Data champion", team.ours.caseworker.email, "Active", "Never"):
            assert words in page
        assert "Their Council" not in page

    def test_who_looked_is_on_record(self, team, champion):
        champion.get(address("own"))
        champion.get(address("member", team.ours.pk, team.ours.caseworker.pk))
        with factories.writing():
            lines = dict(Event.objects.filter(kind="ACCESS").values_list("code", "detail"))
        assert lines["members.listed"]["count"] == 2
        assert "member.opened" in lines

    def test_a_search_goes_by_post_and_finds_name_or_address(self, team, champion):
        for words in ("CASEworker", team.ours.caseworker.email[:8]):
            page = text(champion.post(address("own"), {"name": words}))
            assert "Caseworker of Our Council" in page
        assert "Nobody of this name works here." in text(champion.post(address("own"), {"name": "zzz"}))

    @pytest.mark.rule("ORG-031")
    def test_people_of_others_are_no_pages(self, team, champion):
        pages = [
            address("people", team.theirs.pk),
            address("member", team.theirs.pk, team.theirs.caseworker.pk),
            address("member", team.ours.pk, team.theirs.caseworker.pk),
            address("attest", team.theirs.pk),
            address("inactive_people", team.theirs.pk),
            address("people", 999_999_999),
        ]
        assert {champion.get(page).status_code for page in pages} == {404}

    def test_a_caseworker_has_none_of_these_pages(self, team):
        caseworker = signed_in(team.ours.caseworker)
        pages = [address("own"), address("requests"), address("find"), address("attest", team.ours.pk)]
        assert {caseworker.get(page).status_code for page in pages} == {404}

    def test_a_sponsors_own_manager_sees_colleagues_and_changes_none(self, db):
        sponsor = factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED)
        manager = signed_in(factories.member(sponsor, Role.SPONSOR_LEVEL_1))
        colleague = factories.member(sponsor, Role.SPONSOR_LEVEL_2, full_name="Colleague")
        page = text(manager.get(address("member", sponsor.pk, colleague.pk)))
        assert "Colleague" in page
        assert "End access" not in page
        assert manager.post(address("end_access", sponsor.pk, colleague.pk)).status_code == 404


class TestRoles:
    def test_giving_a_role(self, team, champion):
        url = address("grant", team.ours.pk, team.ours.caseworker.pk)
        page = text(champion.get(url))
        assert "Sees households, hosts and bank details" in page
        for forbidden in ("Data champion", "Safeguarding lead", "Auditor", "Caseworker</label>"):
            assert f"> {forbidden}" not in page
            assert f">{forbidden}</label>" not in page
        done = champion.post(url, {"role": "FINANCE_OFFICER"}, follow=True)
        assert "Caseworker of Our Council is now Finance officer." in text(done)

    @pytest.mark.parametrize("role", ["DATA_CHAMPION", "AUDITOR", "PLATFORM_ADMINISTRATOR", "nonsense"])
    def test_a_role_that_was_not_offered_is_not_given(self, team, champion, role):
        champion.post(address("grant", team.ours.pk, team.ours.caseworker.pk), {"role": role})
        with factories.writing():
            assert Membership.objects.filter(user=team.ours.caseworker).count() == 1

    def test_ending_a_role_asks_first(self, team, champion):
        extra = factories.membership(team.ours.caseworker, team.ours.organisation, Role.FINANCE_OFFICER)
        url = address("end_role", team.ours.pk, team.ours.caseworker.pk, extra.pk)
        assert "End this role?" in text(champion.get(url))
        assert "no longer Finance officer" in text(champion.post(url, {"version": 1}, follow=True))
        assert champion.get(url).status_code == 404

    def test_a_stale_confirmation_is_told(self, team, champion):
        extra = factories.membership(team.ours.caseworker, team.ours.organisation, Role.FINANCE_OFFICER)
        with factories.writing():
            Membership.objects.filter(pk=extra.pk).update(version=2)
        url = address("end_role", team.ours.pk, team.ours.caseworker.pk, extra.pk)
        assert "Somebody else changed this" in text(champion.post(url, {"version": 1}))

    @pytest.mark.rule("ORG-022")
    def test_ending_access_asks_first_and_signs_out_at_once(self, team, champion):
        leaver = signed_in(team.ours.caseworker)
        assert leaver.get(reverse("directory:roles")).status_code == 200
        url = address("end_access", team.ours.pk, team.ours.caseworker.pk)
        assert "End all access of this person?" in text(champion.get(url))
        assert "has no access any more" in text(champion.post(url, follow=True))
        refused = leaver.get(reverse("directory:roles"))
        assert (refused.status_code, reverse("account_login") in refused.url) == (302, True)

    def test_one_cannot_end_oneself(self, team, champion):
        page = text(champion.get(address("member", team.ours.pk, team.ours.champion.pk)))
        assert "This is you." in page
        assert "End access" not in page
        answer = champion.post(address("end_access", team.ours.pk, team.ours.champion.pk))
        assert (answer.status_code, "their own access" in text(answer)) == (409, True)

    def test_a_new_invitation(self, team, champion):
        invited = factories.member(team.ours.organisation, is_active=False)
        page = text(champion.get(address("member", team.ours.pk, invited.pk)))
        assert "Send a new invitation" in page
        done = champion.post(address("invite_again", team.ours.pk, invited.pk), follow=True)
        assert f"on its way to {invited.email}" in text(done)
        assert champion.get(address("invite_again", team.ours.pk, invited.pk)).status_code == 405

    def test_only_an_administrator_gives_an_account_back(self, team, champion):
        user = factories.member(team.ours.organisation, is_active=False, suspended_on=clock.today())
        url = address("reactivate", team.ours.pk, user.pk)
        assert champion.post(url).status_code == 404
        administrator = signed_in(team.first)
        assert "Give this account back?" in text(administrator.get(url))
        administrator.post(url)
        user.refresh_from_db()
        assert user.status == AccountStatus.ACTIVE


class TestRequests:
    @pytest.fixture
    def asked(self, team):
        with factories.restored():
            access_requests.ask(
                organisation_id=team.ours.pk, full_name="Olwen", email="o@council.example", operational_need="Work"
            )
        with factories.writing():
            return AccessRequest.objects.get()

    def test_an_empty_queue_says_so(self, champion):
        page = text(champion.get(address("requests")))
        assert "Nobody waits for you." in page
        assert "There are no other requests." in page

    @pytest.mark.rule("ORG-018")
    def test_every_box_must_be_ticked(self, champion, asked):
        page = text(champion.post(address("request", asked.pk), {"version": 1}))
        for sentence in (
            "Check that the work account exists",
            "Confirm that they know how to use the platform",
            "Confirm that they have been trained",
            "Enter the day of the training",
        ):
            assert sentence in page

    def test_refusing_needs_a_reason_and_leaves_the_queue(self, champion, asked):
        url = address("request_refuse", asked.pk)
        assert "Say why you refuse" in text(champion.post(url, {"version": 1, "reason": ""}))
        assert "was refused" in text(champion.post(url, {"version": 1, "reason": "Unknown here"}, follow=True))
        page = text(champion.get(address("request", asked.pk)))
        assert "Unknown here" in page
        assert "Vouch for this person" not in page

    @pytest.mark.rule("ORG-031")
    def test_requests_of_others_are_no_pages(self, team, asked):
        stranger = signed_in(team.theirs.champion)
        for url in (address("request", asked.pk), address("request_refuse", asked.pk)):
            assert stranger.get(url).status_code == 404
        assert "Olwen" not in text(stranger.get(address("requests")))

    @pytest.mark.rule("ORG-020")
    def test_looking_an_address_up(self, team, champion, asked):
        def find(email):
            return text(champion.post(address("find"), {"email": email}))

        assert "has an account in your organisation" in find(team.ours.caseworker.email)
        assert "has no account in your organisation" in find(team.theirs.caseworker.email)
        assert "A request for this address is waiting" in find("o@council.example")
        with factories.writing():
            assert Event.objects.filter(code="account.looked_up").count() == 3


class TestConfirming:
    def test_each_is_a_decision(self, team, champion):
        url = address("attest", team.ours.pk)
        page = text(champion.get(url))
        assert "Caseworker of Our Council" in page
        assert "Champion of Our Council" not in page.split("<main")[1]
        assert "checked" not in page
        assert "Choose who still needs access" in text(champion.post(url, {"sent": "empty"}))
        done = champion.post(url, {"people": [team.ours.caseworker.pk]}, follow=True)
        assert "You confirmed 1 person." in text(done)
        assert "There is nobody to confirm now." in text(done)

    def test_nobody_else_can_be_slipped_in(self, team, champion):
        champion.post(address("attest", team.ours.pk), {"people": [team.theirs.caseworker.pk, team.ours.champion.pk]})
        with factories.writing():
            assert not Membership.objects.exclude(attested_on=None).exists()


class TestTheReport:
    @pytest.mark.rule("ORG-023")
    def test_a_champion_sees_the_own_people_after_so_many_days(self, team, champion):
        with factories.writing():
            User.objects.update(created_at=clock.now() - dt.timedelta(days=400))
            User.objects.filter(pk=team.ours.caseworker.pk).update(last_seen_on=clock.today() - dt.timedelta(days=30))
        url = champion.get(address("inactivity")).url
        assert "Everybody signed in within these days." in text(champion.get(url))
        assert "Caseworker of Our Council" in text(champion.get(url, {"days": 30}))
        assert "must be 1 or more" in text(champion.get(url, {"days": 0}))

    @pytest.mark.rule("ORG-023", "ORG-031")
    def test_a_national_body_sees_its_nation_and_can_open_no_account(self, team):
        national = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=[Realm.WALES])
        reader = signed_in(factories.member(national, Role.NATIONAL_ADMINISTRATOR))
        scottish = factories.organisation(realm=Realm.SCOTLAND, name_en="Scottish Council")
        factories.member(scottish)
        page = text(reader.get(address("inactivity")))
        assert "Our Council" in page
        assert "Scottish Council" not in page
        people = text(reader.get(address("inactive_people", team.ours.pk), {"days": 1}))
        assert address("member", team.ours.pk, team.ours.caseworker.pk) not in people
        assert reader.get(address("inactive_people", scottish.pk)).status_code == 404
