"""Somebody asks, a champion vouches, an administrator creates; each guard with the case that it stops."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from opensponsor.audit.models import Event
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.models import AccessRequest, Membership, User
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.queries import access_requests as requests
from opensponsor.identity.queries import seats_of
from opensponsor.identity.roles import Role
from opensponsor.identity.services import access_requests as services
from opensponsor.identity.services.account_creation import create_account, create_administrator, usual_role
from opensponsor.identity.states import AccessRequestStatus, AccountStatus, OrganisationKind, Realm
from tests import factories

TODAY = dt.date(2026, 11, 21)
CONFIRMED = Confirmation(True, dt.date(2026, 11, 20), True)


def ask(organisation, email="olwen@council.example", **given):
    """What the public page does."""
    with factories.restored():
        services.ask(
            organisation_id=organisation.pk,
            full_name=given.pop("full_name", "Olwen Hughes"),
            email=email,
            operational_need=given.pop("operational_need", "Housing team"),
            **given,
        )
    return AccessRequest.objects.none()


def only_request():
    with factories.writing():
        return AccessRequest.objects.select_related("organisation").get()


def vouch(actor, request, confirmed=CONFIRMED, version=None):
    with factories.as_actor(actor):
        return services.vouch(
            actor=actor, request_id=request.pk, version=version or request.version, confirmed=confirmed, today=TODAY
        )


def refuse(actor, request, reason="Not one of ours"):
    with factories.as_actor(actor):
        return services.refuse(actor=actor, request_id=request.pk, version=request.version, reason=reason, today=TODAY)


def create(actor, request, role=Role.CASEWORKER, **given):
    with factories.as_actor(actor):
        return create_account(
            actor=actor, request_id=request.pk, version=request.version, role=role, today=TODAY, **given
        )


@pytest.fixture
def asked(team):
    ask(team.ours.organisation)
    return only_request()


@pytest.fixture
def vouched(team, asked):
    vouch(team.champion(), asked)
    return only_request()


@pytest.mark.rule("ORG-015", "ORG-016", "ORG-018")
def test_from_the_request_to_the_account(team, asked):
    assert (asked.status, asked.email) == (AccessRequestStatus.SUBMITTED, "olwen@council.example")
    vouch(team.champion(), asked)
    request = only_request()
    assert (request.status, request.vouched_by_id) == (AccessRequestStatus.VOUCHED, team.ours.champion.pk)
    assert (request.training_confirmed_on, request.work_account_checked) == (dt.date(2026, 11, 20), True)
    created = create(team.administrator(), request)
    assert created.user.status == AccountStatus.INVITED
    assert created.invitation is not None
    with factories.writing():
        [held] = Membership.objects.filter(user=created.user)
        assert (held.organisation_id, held.role, held.starts_on) == (team.ours.pk, Role.CASEWORKER, TODAY)
        codes = set(Event.objects.filter(kind="EVENT").values_list("code", flat=True))
    assert {"access.asked", "access.vouched", "account.created"} <= codes


class TestAsking:
    @pytest.mark.rule("ORG-015")
    @pytest.mark.parametrize("kind", ["PSEUDO_AUTHORITY", "UNASSIGNED", "PLATFORM", "LICENSED_SPONSOR"])
    def test_nobody_joins_what_has_no_champions(self, db, kind):
        with pytest.raises(Refused, match="Choose the organisation"):
            ask(factories.organisation(OrganisationKind(kind)))

    def test_nobody_joins_an_organisation_that_is_not_in_use(self, db):
        with pytest.raises(Refused, match="Choose the organisation"):
            ask(factories.organisation(is_active=False))

    @pytest.mark.rule("ORG-015", "ORG-021")
    def test_only_work_addresses_of_the_organisation(self, db):
        council = factories.organisation(email_domains=["council.example"])
        with pytest.raises(Refused, match=r"It ends in: council\.example"):
            ask(council, "olwen@private.example")
        ask(council, "Olwen@Council.Example")
        assert only_request().email == "olwen@council.example"

    def test_a_second_request_while_one_waits_is_dropped_without_a_word(self, team, asked):
        ask(team.ours.organisation, " OLWEN@council.example", full_name="Somebody else")
        assert only_request().full_name == "Olwen Hughes"

    def test_the_same_person_may_ask_elsewhere_and_again_after_a_refusal(self, team, asked):
        refuse(team.champion(), asked)
        ask(team.ours.organisation)
        ask(team.theirs.organisation)
        with factories.writing():
            assert AccessRequest.objects.count() == 3

    def test_an_account_that_exists_makes_no_difference(self, team):
        ask(team.ours.organisation, team.ours.caseworker.email)
        assert only_request().status == AccessRequestStatus.SUBMITTED


class TestVouching:
    @pytest.mark.rule("ORG-018", "ORG-021")
    @pytest.mark.parametrize(
        ("confirmed", "sentence"),
        [
            (Confirmation(False, TODAY, True), "work account"),
            (Confirmation(True, None, True), "trained"),
            (Confirmation(True, TODAY + dt.timedelta(days=1), True), "must have taken place"),
            (Confirmation(True, TODAY, False), "where to get help"),
        ],
    )
    def test_everything_must_be_confirmed(self, team, asked, confirmed, sentence):
        with pytest.raises(Refused, match=sentence):
            vouch(team.champion(), asked, confirmed)

    @pytest.mark.rule("ORG-018")
    @pytest.mark.parametrize("missing", ["work_account_checked", "training_confirmed_on", "knows_where_to_get_help"])
    def test_the_database_holds_no_half_confirmed_request(self, team, vouched, missing):
        nothing = None if missing == "training_confirmed_on" else False
        with factories.writing(), pytest.raises(IntegrityError, match="access_request_is_vouched"):
            AccessRequest.objects.filter(pk=vouched.pk).update(**{missing: nothing})

    @pytest.mark.rule("ORG-015", "ORG-016")
    def test_only_a_champion_of_that_organisation_vouches(self, team, asked):
        strangers = [
            factories.actor(team.theirs.organisation, of=team.theirs.champion),
            factories.actor(team.ours.organisation, of=team.ours.caseworker),
        ]
        for actor in strangers:
            with pytest.raises(NotVisible):
                vouch(actor, asked)

    def test_a_champion_of_a_county_does_not_vouch_for_its_districts(self, db):
        district = factories.organisation()
        county = factories.organisation(reaches=(district,))
        ask(district)
        with pytest.raises(NotVisible):
            vouch(factories.actor(county, Role.DATA_CHAMPION), only_request())

    def test_an_administrator_does_not_vouch_past_a_champion(self, team, asked):
        with pytest.raises(Refused, match="has a data champion"):
            vouch(team.administrator(), asked)

    def test_an_administrator_vouches_where_there_is_no_champion(self, team):
        council = factories.organisation()
        ask(council)
        vouch(team.administrator(), only_request())
        assert only_request().vouched_by_id == team.first.pk

    def test_nobody_vouches_for_themselves(self, team):
        ask(team.ours.organisation, team.ours.champion.email)
        with pytest.raises(Refused, match="nobody decides about their own access"):
            vouch(team.champion(), only_request())

    def test_a_request_is_vouched_for_once(self, team, vouched):
        with pytest.raises(Refused, match="already been dealt with"):
            vouch(team.champion(), vouched)

    def test_the_second_of_two_champions_is_told(self, team, asked):
        vouch(team.champion(), asked)
        refuse(team.administrator(), only_request())
        with pytest.raises(Refused, match="already been dealt with"):
            vouch(team.champion(), asked)

    def test_a_stale_page_overwrites_nothing(self, team, asked):
        with pytest.raises(Conflict):
            vouch(team.champion(), asked, version=7)


class TestRefusing:
    @pytest.mark.rule("ORG-016")
    def test_the_champion_ends_the_request_with_a_reason(self, team, asked):
        with pytest.raises(Refused, match="Say why"):
            refuse(team.champion(), asked, reason="  ")
        refuse(team.champion(), asked)
        request = only_request()
        assert (request.status, request.refusal_reason) == (AccessRequestStatus.REFUSED, "Not one of ours")
        for again in (lambda: vouch(team.champion(), request), lambda: create(team.administrator(), request)):
            with pytest.raises(Refused, match="already been dealt with"):
                again()

    def test_what_was_vouched_for_only_the_administrator_refuses(self, team, vouched):
        with pytest.raises(Refused, match="waits for the administrator"):
            refuse(team.champion(), vouched)
        refuse(team.administrator(), vouched)
        assert only_request().status == AccessRequestStatus.REFUSED

    def test_a_stranger_refuses_nothing(self, team, asked):
        with pytest.raises(NotVisible):
            refuse(factories.actor(team.theirs.organisation, of=team.theirs.champion), asked)


class TestCreating:
    @pytest.mark.rule("ORG-015", "ORG-016", "ORG-018")
    def test_nothing_is_created_without_a_champion(self, team, asked):
        with pytest.raises(Refused, match="must vouch for this person first"):
            create(team.administrator(), asked)

    @pytest.mark.rule("ORG-016")
    def test_only_an_administrator_creates(self, team, vouched):
        with pytest.raises(NotVisible):
            create(team.champion(), vouched)

    def test_who_vouched_does_not_create(self, team):
        ask(factories.organisation())
        vouch(team.administrator(), only_request())
        with pytest.raises(Refused, match="Another administrator must decide"):
            create(team.administrator(), only_request())
        assert create(team.other_administrator(), only_request()).user.pk

    def test_the_database_holds_no_account_decided_by_one_person(self, team, vouched):
        with factories.writing(), pytest.raises(IntegrityError, match="access_request_two_persons"):
            AccessRequest.objects.filter(pk=vouched.pk).update(decided_by_id=team.ours.champion.pk)

    @pytest.mark.rule("ORG-002", "ORG-009", "ORG-014")
    def test_the_role_fits_the_organisation(self, team, vouched):
        for role in (Role.HEALTH_OFFICER, Role.PLATFORM_ADMINISTRATOR, Role.NATIONAL_ADMINISTRATOR):
            with pytest.raises(Refused, match="cannot hold the role"):
                create(team.administrator(), vouched, role)

    @pytest.mark.rule("ORG-039")
    def test_who_asked_to_be_a_champion_is_offered_it(self, team):
        ask(team.ours.organisation, wants_champion=True)
        assert usual_role(only_request()) == Role.DATA_CHAMPION

    def test_the_domain_is_looked_at_again(self, team, vouched):
        with factories.writing():
            team.ours.organisation.email_domains = ["gov.example"]
            team.ours.organisation.save()
        with pytest.raises(Refused, match="Use the work address"):
            create(team.administrator(), vouched)

    def test_an_organisation_that_left_takes_nobody(self, team, vouched):
        with factories.writing():
            team.ours.organisation.is_active = False
            team.ours.organisation.save()
        with pytest.raises(Refused, match="no longer uses the platform"):
            create(team.administrator(), vouched)

    def test_a_member_is_not_made_twice(self, team):
        ask(team.ours.organisation, team.ours.caseworker.email)
        vouch(team.champion(), only_request())
        with pytest.raises(Refused, match="a member already"):
            create(team.administrator(), only_request())

    @pytest.mark.rule("ORG-002")
    def test_a_second_organisation_only_when_the_administrator_says_so(self, team):
        ask(team.ours.organisation, team.theirs.caseworker.email)
        vouch(team.champion(), only_request())
        with pytest.raises(Refused, match="already works for Their Council"):
            create(team.administrator(), only_request())
        created = create(team.administrator(), only_request(), may_be_second=True)
        assert created.invitation is None
        assert created.user == team.theirs.caseworker
        assert {seat.organisation_id for seat in seats_of(created.user.pk, today=TODAY)} == {
            team.ours.pk,
            team.theirs.pk,
        }

    def test_who_left_comes_back_with_the_old_account_and_a_new_invitation(self, team):
        gone = factories.user(email="olwen@council.example", is_active=False, left_on=dt.date(2026, 1, 1))
        ask(team.ours.organisation)
        vouch(team.champion(), only_request())
        created = create(team.administrator(), only_request())
        assert created.user == gone
        assert (created.user.status, created.invitation is None) == (AccountStatus.INVITED, False)

    def test_two_administrators_make_one_account(self, team, vouched):
        create(team.administrator(), vouched)
        with pytest.raises(Refused, match="already been dealt with"):
            create(team.other_administrator(), vouched)


class TestTheFirstOfAnOrganisation:
    def nominate(self, actor, organisation, **given):
        values = {"full_name": "Gwen Parry", "email": "gwen@council.example", "operational_need": "", **given}
        with factories.as_actor(actor):
            return services.nominate(
                actor=actor, organisation_id=organisation.pk, confirmed=CONFIRMED, today=TODAY, **values
            )

    def test_two_administrators_make_the_first_champion(self, team):
        council = factories.organisation()
        request = self.nominate(team.administrator(), council)
        assert usual_role(request) == Role.DATA_CHAMPION
        with pytest.raises(Refused, match="Another administrator"):
            create(team.administrator(), request)
        assert create(team.other_administrator(), request, Role.DATA_CHAMPION).invitation

    def test_another_administrator_of_the_platform_takes_two_as_well(self, team):
        request = self.nominate(team.administrator(), team.operator)
        assert usual_role(request) == Role.PLATFORM_ADMINISTRATOR
        assert create(team.other_administrator(), request, Role.PLATFORM_ADMINISTRATOR).invitation

    def test_not_where_there_is_a_champion(self, team):
        with pytest.raises(Refused, match="has a data champion"):
            self.nominate(team.administrator(), team.ours.organisation)

    def test_not_by_a_champion(self, team):
        with pytest.raises(NotVisible):
            self.nominate(team.champion(), factories.organisation())

    def test_not_for_oneself_and_not_twice(self, team):
        council = factories.organisation()
        with pytest.raises(Refused, match="their own access"):
            self.nominate(team.administrator(), council, email=team.first.email)
        self.nominate(team.administrator(), council)
        with pytest.raises(Refused, match="already waiting"):
            self.nominate(team.other_administrator(), council)

    def test_the_operator_makes_the_first_administrator_at_the_command_line(self, db):
        with pytest.raises(Refused, match="Load the organisations first"):
            create_administrator(email="root@operator.example", full_name="Root", today=TODAY)
        factories.organisation(OrganisationKind.PLATFORM, code="platform", realm=Realm.PLATFORM)
        invitation = create_administrator(email="Root@operator.example", full_name="Root", today=TODAY)
        assert invitation.user.status == AccountStatus.INVITED
        with pytest.raises(Refused, match="exists already"):
            create_administrator(email="root@operator.example", full_name="Root", today=TODAY)


class TestTheQueues:
    def waiting(self, actor):
        with factories.as_actor(actor):
            return [request.pk for request in requests.waiting_for(actor, today=TODAY)]

    @pytest.mark.rule("ORG-031")
    def test_each_sees_what_waits_for_them(self, team, asked):
        stranger = factories.actor(team.theirs.organisation, of=team.theirs.champion)
        assert self.waiting(team.champion()) == [asked.pk]
        assert self.waiting(team.administrator()) == self.waiting(stranger) == []
        vouch(team.champion(), asked)
        assert self.waiting(team.administrator()) == [asked.pk]
        assert self.waiting(team.champion()) == self.waiting(stranger) == []

    def test_what_no_champion_can_answer_waits_for_the_administrator(self, team):
        ask(factories.organisation())
        assert self.waiting(team.administrator()) == [only_request().pk]

    @pytest.mark.rule("ORG-031")
    def test_row_security_alone_keeps_requests_apart(self, team, asked):
        with factories.as_actor(factories.actor(team.theirs.organisation, of=team.theirs.champion)):
            assert not AccessRequest.objects.exists()
        with factories.as_actor(team.champion()):
            assert AccessRequest.objects.exists()

    @pytest.mark.rule("ORG-031")
    def test_scoping_alone_keeps_requests_apart(self, team, asked):
        stranger = factories.actor(team.theirs.organisation, of=team.theirs.champion)
        with factories.writing():
            assert not requests.visible(stranger).exists()
            assert requests.visible(team.champion()).exists()


def test_an_address_is_one_account_however_it_is_spelt(db):
    factories.user(email="olwen@council.example")
    with factories.writing(), pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="OLWEN@council.example", full_name="Olwen")
