"""The operator's pages: organisations, accounts, requests, and the directory that everybody has."""

import re

import pytest
from django.urls import reverse

from opensponsor.core.privacy import DataClass
from opensponsor.identity.models import AccessRequest, Organisation
from opensponsor.identity.permissions import Permission
from opensponsor.identity.roles import DEFINITIONS, Role
from opensponsor.identity.services import access_requests
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.web.directory.words import CLASS_NAMES, PERMISSION_NAMES
from tests import factories
from tests.web.browsing import signed_in


@pytest.fixture
def administrator(team):
    return signed_in(team.first)


def address(name, *parts):
    return reverse(f"administration:{name}", args=parts)


def text(answer):
    return answer.content.decode()


def stored(organisation):
    with factories.writing():
        return Organisation.objects.get(pk=organisation.pk)


class TestOrganisations:
    def test_the_list_filters_and_pages(self, team, administrator):
        for number in range(60):
            factories.organisation(name_en=f"Council {number:02d}", name_cy="Cyngor Prawf" if number == 7 else "")
        page = text(administrator.get(address("organisations")))
        assert "Next page" in page
        following = administrator.get(address("organisations") + re.search(r'href="(\?after=\d+)"', page)[1])
        assert "Council 59" in text(following)
        assert "Council 00" not in text(following)
        found = text(administrator.get(address("organisations"), {"name": "cyngor PRAWF"}))
        assert "Council 07" in found
        assert "Council 08" not in found
        assert "No organisation fits" in text(administrator.get(address("organisations"), {"kind": "HEALTH_BOARD"}))

    @pytest.mark.rule("ORG-006")
    def test_the_page_shows_who_controls_the_data_and_for_whom(self, team, administrator):
        government = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, name_en="Welsh Government")
        centre = factories.organisation(
            OrganisationKind.CONTACT_CENTRE,
            controller_role="PROCESSOR",
            acts_for=government,
            reaches=(team.ours.organisation,),
        )
        page = text(administrator.get(address("organisation", centre.pk)))
        for words in ("Processor", "Welsh Government", "Our Council"):
            assert words in page

    @pytest.mark.rule("ORG-006")
    def test_changing_the_settings(self, team, administrator):
        url = address("change_organisation", team.ours.pk)
        answer = administrator.post(
            url,
            {
                "version": 1,
                "before": "",
                "controller_role": "PROCESSOR",
                "acts_for_id": team.operator.pk,
                "email_domains": "@Council.example\r\nmail.council.example\r\n",
            },
        )
        assert answer.status_code == 302, text(answer)
        changed = stored(team.ours.organisation)
        assert (changed.controller_role, changed.acts_for_id) == ("PROCESSOR", team.operator.pk)
        assert changed.email_domains == ["council.example", "mail.council.example"]
        assert not changed.assigns_tasks

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"controller_role": "PROCESSOR"}, "Choose the controller that the organisation acts for"),
            ({"controller_role": "CONTROLLER", "email_domains": "not a domain"}, "Enter each domain like"),
        ],
    )
    def test_what_is_wrong_is_said(self, team, administrator, fields, sentence):
        url = address("change_organisation", team.ours.pk)
        assert sentence in text(administrator.post(url, {"version": 1, "before": "", **fields}))

    def test_two_editors_see_both_texts(self, team, administrator):
        url = address("change_organisation", team.ours.pk)
        before = re.search(r'name="before" value="([^"]*)"', text(administrator.get(url)))[1].replace("&quot;", '"')
        given = {"version": 1, "before": before, "controller_role": "CONTROLLER"}
        signed_in(team.second).post(url, given | {"email_domains": "second.example"})
        answer = administrator.post(url, given | {"email_domains": "first.example"})
        assert answer.status_code == 409
        page = text(answer)
        for words in ("Someone else changed this record", "first.example", "second.example", "Second Administrator"):
            assert words in page

    def test_stopping_its_use_asks_first(self, team, administrator):
        url = address("organisation_activity", team.ours.pk)
        assert "Its people can no longer sign in for it" in text(administrator.get(url))
        administrator.post(url, {"version": 1})
        assert not stored(team.ours.organisation).is_active
        administrator.post(url, {"version": 2})
        assert stored(team.ours.organisation).is_active

    @pytest.mark.rule("ORG-031")
    def test_a_national_reader_sees_its_nation_and_changes_nothing(self, team):
        national = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=[Realm.WALES])
        reader = signed_in(factories.member(national, Role.NATIONAL_ADMINISTRATOR))
        scottish = factories.organisation(realm=Realm.SCOTLAND)
        page = text(reader.get(address("organisation", team.ours.pk)))
        assert "Champion of Our Council" in page
        assert "Change the settings" not in page
        refused = [
            address("change_organisation", team.ours.pk),
            address("organisation_activity", team.ours.pk),
            address("organisation", scottish.pk),
            address("requests"),
            address("accounts"),
        ]
        assert {reader.get(url).status_code for url in refused} == {404}


class TestAccounts:
    def test_the_first_champion_takes_two_administrators(self, team, administrator):
        council = factories.organisation(name_en="New Council")
        assert "Add the first person" in text(administrator.get(address("organisation", council.pk)))
        administrator.post(
            address("nominate", council.pk),
            {
                "full_name": "Gwen Parry",
                "email": "gwen@council.example",
                "work_account_checked": "on",
                "knows_where_to_get_help": "on",
                "was_trained": "on",
                "training_confirmed_on": "2026-01-05",
            },
        )
        with factories.writing():
            request = AccessRequest.objects.get()
        url = address("request", request.pk)
        assert "Another administrator makes the account" in text(administrator.get(url))
        given = {"version": 1, "role": "DATA_CHAMPION"}
        assert "Another administrator must decide" in text(administrator.post(url, given)).replace("&#x27;", "'")
        assert signed_in(team.second).post(url, given).status_code == 302

    def test_a_request_where_there_is_no_champion_is_vouched_for_by_an_administrator(self, team, administrator):
        council = factories.organisation()
        with factories.restored():
            access_requests.ask(
                organisation_id=council.pk, full_name="Olwen", email="o@council.example", operational_need=""
            )
        with factories.writing():
            request = AccessRequest.objects.get()
        assert address("request_vouch", request.pk) in text(administrator.get(address("request", request.pk)))

    def test_suspended_and_invited_accounts(self, team, administrator):
        assert "There is none." in text(administrator.get(address("accounts")))
        factories.member(team.ours.organisation, full_name="Slept", is_active=False, suspended_on="2026-01-01")
        factories.member(team.ours.organisation, full_name="Coming", is_active=False)
        suspended, invited = (
            text(administrator.get(address("accounts"), {"status": status})) for status in ("SUSPENDED", "INVITED")
        )
        assert ("Slept" in suspended, "Coming" in suspended) == (True, False)
        assert ("Slept" in invited, "Coming" in invited) == (False, True)

    @pytest.mark.rule("ORG-020")
    def test_the_service_desk_looks_an_address_up_in_its_nation(self, team):
        desk = factories.organisation(OrganisationKind.SERVICE_DESK)
        officer = signed_in(factories.member(desk, Role.SERVICE_DESK_OFFICER))
        scottish = factories.member(factories.organisation(realm=Realm.SCOTLAND))

        def find(email):
            return text(officer.post(address("find"), {"email": email}))

        found = find(team.ours.caseworker.email)
        assert "This address has an account" in found
        assert "Our Council" in found
        assert "has no account in the organisations you look after" in find(scottish.email)
        assert "has no account in the organisations you look after" in find("nobody@council.example")


class TestTheDirectory:
    @pytest.mark.rule("ORG-037", "ORG-039")
    def test_champions_of_every_organisation(self, team):
        reader = signed_in(team.ours.caseworker)
        page = text(reader.get(reverse("directory:champions")))
        assert team.theirs.champion.email in page
        assert "super-users" in page
        assert team.theirs.champion.email not in text(reader.get(reverse("directory:champions"), {"q": "our"}))
        assert "No data champion fits." in text(reader.get(reverse("directory:champions"), {"q": "zz"}))

    def test_not_for_roles_without_it(self, team):
        reader = signed_in(factories.member(team.ours.organisation, Role.AUDITOR))
        assert reader.get(reverse("directory:champions")).status_code == 404

    @pytest.mark.rule("ORG-030")
    def test_every_role_with_its_sentence_and_what_it_sees(self, team):
        page = text(signed_in(team.ours.caseworker).get(reverse("directory:roles"))).replace("&#x27;", "'")
        for role in Role:
            assert str(DEFINITIONS[role].sentence) in page
        assert page.count("safeguarding details") >= len(Role)

    def test_no_permission_and_no_class_of_data_is_without_words(self):
        assert set(PERMISSION_NAMES) == set(Permission)
        assert set(CLASS_NAMES) == set(DataClass)
