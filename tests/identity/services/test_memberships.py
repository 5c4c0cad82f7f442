"""Who gives and ends which role; what a leaver keeps, which is nothing."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from opensponsor.audit.models import Event
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.models import Membership, User
from opensponsor.identity.queries import members, seats_of
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, Role, roles_for
from opensponsor.identity.services.memberships import attest, end_access, end_role, grant_role
from opensponsor.identity.states import AccountStatus, OrganisationKind
from tests import factories

TODAY = dt.date(2026, 11, 21)


def grant(actor, place, user, role=Role.FINANCE_OFFICER):
    with factories.as_actor(actor):
        return grant_role(actor=actor, organisation_id=place.pk, user_id=user.pk, role=role, today=TODAY)


def end(actor, place, membership, version=None):
    with factories.as_actor(actor):
        end_role(
            actor=actor,
            organisation_id=place.pk,
            membership_id=membership.pk,
            version=version or membership.version,
            today=TODAY,
        )


def let_go(actor, place, user):
    with factories.as_actor(actor):
        end_access(actor=actor, organisation_id=place.pk, user_id=user.pk, today=TODAY)


def roles(user):
    return {role for seat in seats_of(user.pk, today=TODAY) for role in seat.roles}


class TestGiving:
    def test_a_champion_gives_a_role_to_a_colleague(self, team):
        held = grant(team.champion(), team.ours, team.ours.caseworker)
        assert (held.starts_on, held.ends_on, held.granted_by_id) == (TODAY, None, team.ours.champion.pk)
        assert roles(team.ours.caseworker) == {Role.CASEWORKER, Role.FINANCE_OFFICER}
        with factories.writing():
            event = Event.objects.get(code="role.granted")
        assert (event.actor, event.owner_id, event.row_id) == (
            str(team.ours.champion.pk),
            team.ours.pk,
            str(team.ours.caseworker.pk),
        )

    def test_never_to_oneself(self, team):
        with pytest.raises(Refused, match="nobody decides about their own access"):
            grant(team.champion(), team.ours, team.ours.champion)
        with pytest.raises(Refused, match="nobody decides about their own access"):
            grant(team.administrator(), team.operator, team.first, Role.PLATFORM_ADMINISTRATOR)

    @pytest.mark.parametrize("role", sorted(set(Role) - CHAMPION_MAY_GRANT))
    def test_a_champion_gives_no_role_of_trust(self, team, role):
        with pytest.raises(Refused):
            grant(team.champion(), team.ours, team.ours.caseworker, role)

    @pytest.mark.parametrize("role", [Role.DATA_CHAMPION, Role.SAFEGUARDING_LEAD, Role.AUDITOR])
    def test_an_administrator_does(self, team, role):
        grant(team.administrator(), team.ours, team.ours.caseworker, role)
        assert role in roles(team.ours.caseworker)

    @pytest.mark.rule("ORG-002", "ORG-009")
    def test_not_a_role_of_another_kind_of_organisation(self, team):
        with pytest.raises(Refused, match="cannot hold the role"):
            grant(team.champion(), team.ours, team.ours.caseworker, Role.HEALTH_OFFICER)
        with pytest.raises(Refused, match="cannot hold the role"):
            grant(team.administrator(), team.ours, team.ours.caseworker, Role.PLATFORM_ADMINISTRATOR)

    @pytest.mark.rule("ORG-031")
    def test_not_to_people_of_others(self, team):
        for place, user in (
            (team.theirs, team.theirs.caseworker),
            (team.ours, team.theirs.caseworker),
            (team.theirs, team.ours.caseworker),
        ):
            with pytest.raises(NotVisible):
                grant(team.champion(), place, user)

    def test_not_by_a_caseworker(self, team):
        with pytest.raises(NotVisible):
            grant(
                factories.actor(team.ours.organisation, of=team.ours.caseworker),
                team.ours,
                team.ours.champion,
                Role.CASEWORKER,
            )

    def test_not_twice(self, team):
        grant(team.champion(), team.ours, team.ours.caseworker)
        with pytest.raises(Refused, match="already holds this role"):
            grant(team.champion(), team.ours, team.ours.caseworker)

    def test_a_county_gives_no_roles_in_its_districts(self, db):
        district = factories.organisation()
        county = factories.organisation(reaches=(district,))
        worker = factories.member(district)
        champion = factories.actor(county, Role.DATA_CHAMPION)
        with pytest.raises(NotVisible):
            grant(champion, district, worker)
        insert = (
            "INSERT INTO identity_membership (id, user_id, organisation_id, role, starts_on, version, created_at,"
            " updated_at) VALUES (gen_random_uuid(), %s, %s, 'AUDITOR', %s, 1, now(), now())"
        )
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with factories.as_actor(champion), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert, [champion.user_id, district.pk, TODAY])


class TestEnding:
    def test_the_role_ends_today_and_stays_in_the_history(self, team):
        extra = factories.membership(team.ours.caseworker, team.ours.organisation, Role.FINANCE_OFFICER)
        end(team.champion(), team.ours, extra)
        assert roles(team.ours.caseworker) == {Role.CASEWORKER}
        with factories.writing():
            assert Membership.objects.get(pk=extra.pk).ends_on == TODAY

    def test_one_that_began_today_leaves_only_its_history(self, team):
        extra = grant(team.champion(), team.ours, team.ours.caseworker)
        end(team.champion(), team.ours, extra)
        assert roles(team.ours.caseworker) == {Role.CASEWORKER}
        with factories.writing():
            assert not Membership.objects.filter(pk=extra.pk).exists()
            lines = Event.objects.filter(table_name="identity_membership", row_id=str(extra.pk))
            assert set(lines.values_list("code", flat=True)) == {"NEW", "DELETE"}

    def test_the_last_role_is_not_ended_but_the_access(self, team):
        only = self.role_of(team.ours.caseworker)
        with pytest.raises(Refused, match="End their access instead"):
            end(team.champion(), team.ours, only)
        assert roles(team.ours.caseworker) == {Role.CASEWORKER}

    def test_a_champion_ends_no_role_of_trust(self, team):
        trusted = factories.membership(team.ours.caseworker, team.ours.organisation, Role.SAFEGUARDING_LEAD)
        with pytest.raises(Refused, match="Only an administrator"):
            end(team.champion(), team.ours, trusted)
        end(team.administrator(), team.ours, trusted)

    def test_not_of_oneself_not_of_strangers_not_from_a_stale_page(self, team):
        mine = factories.membership(team.ours.champion, team.ours.organisation, Role.CASEWORKER)
        theirs = factories.membership(team.theirs.caseworker, team.theirs.organisation, Role.FINANCE_OFFICER)
        stale = factories.membership(team.ours.caseworker, team.ours.organisation, Role.FINANCE_OFFICER)
        fresh = grant(team.champion(), team.ours, factories.member(team.ours.organisation))
        for membership, place, error in (
            (mine, team.ours, Refused),
            (theirs, team.theirs, NotVisible),
            (theirs, team.ours, NotVisible),
        ):
            with pytest.raises(error):
                end(team.champion(), place, membership)
        for membership in (stale, fresh):
            with pytest.raises(Conflict):
                end(team.champion(), team.ours, membership, version=9)

    def role_of(self, user):
        with factories.writing():
            return Membership.objects.get(user=user)


class TestLettingGo:
    @pytest.mark.rule("ORG-022")
    def test_a_leaver_has_nothing_from_this_moment_on(self, team, client):
        worker = team.ours.caseworker
        sign_in(client, worker)
        let_go(team.champion(), team.ours, worker)
        worker.refresh_from_db()
        assert (worker.status, worker.left_on, worker.is_active) == (AccountStatus.LEFT, TODAY, False)
        assert seats_of(worker.pk, today=TODAY) == []
        assert not client.session.keys()
        with factories.writing():
            assert User.objects.filter(pk=worker.pk).exists()
            assert Membership.objects.filter(user=worker, ends_on=TODAY).count() == 1
            assert Event.objects.filter(code="access.ended", row_id=str(worker.pk)).count() == 1

    def test_who_works_elsewhere_too_keeps_that(self, team):
        factories.membership(team.ours.caseworker, team.theirs.organisation)
        let_go(team.champion(), team.ours, team.ours.caseworker)
        team.ours.caseworker.refresh_from_db()
        assert team.ours.caseworker.status == AccountStatus.ACTIVE
        assert [seat.organisation_id for seat in seats_of(team.ours.caseworker.pk, today=TODAY)] == [team.theirs.pk]

    def test_a_champion_lets_go_somebody_with_a_role_of_trust(self, team):
        factories.membership(team.ours.caseworker, team.ours.organisation, Role.SAFEGUARDING_LEAD)
        let_go(team.champion(), team.ours, team.ours.caseworker)
        assert roles(team.ours.caseworker) == set()

    def test_a_champion_does_not_remove_another_and_nobody_themselves(self, team):
        rival = factories.member(team.ours.organisation, Role.DATA_CHAMPION)
        with pytest.raises(Refused, match="Only an administrator"):
            let_go(team.champion(), team.ours, rival)
        for actor, place, user in (
            (team.champion(), team.ours, team.ours.champion),
            (team.administrator(), team.operator, team.first),
        ):
            with pytest.raises(Refused, match="their own access"):
                let_go(actor, place, user)
        let_go(team.administrator(), team.ours, rival)

    @pytest.mark.rule("ORG-031")
    def test_strangers_do_not_exist(self, team):
        with pytest.raises(NotVisible):
            let_go(team.champion(), team.theirs, team.theirs.caseworker)
        with pytest.raises(NotVisible):
            let_go(team.champion(), team.ours, team.theirs.caseworker)


class TestConfirming:
    def test_colleagues_are_confirmed_oneself_and_strangers_never(self, team):
        actor = team.champion()
        everybody = [team.ours.champion.pk, team.ours.caseworker.pk, team.theirs.caseworker.pk, 0]
        with factories.as_actor(actor):
            assert attest(actor=actor, organisation_id=team.ours.pk, user_ids=everybody, today=TODAY) == 1
        with factories.writing():
            assert set(Membership.objects.filter(attested_on=TODAY).values_list("user_id", flat=True)) == {
                team.ours.caseworker.pk
            }

    def test_an_administrator_confirms_a_champion_on_their_own(self, team):
        actor = team.administrator()
        with factories.as_actor(actor):
            assert attest(actor=actor, organisation_id=team.ours.pk, user_ids=[team.ours.champion.pk], today=TODAY) == 1

    @pytest.mark.rule("ORG-031")
    def test_not_elsewhere(self, team):
        actor = team.champion()
        with factories.as_actor(actor), pytest.raises(NotVisible):
            attest(actor=actor, organisation_id=team.theirs.pk, user_ids=[team.theirs.caseworker.pk], today=TODAY)

    def test_not_by_a_caseworker(self, team):
        actor = factories.actor(team.ours.organisation, of=team.ours.caseworker)
        with factories.as_actor(actor), pytest.raises(NotVisible):
            attest(actor=actor, organisation_id=team.ours.pk, user_ids=[team.ours.champion.pk], today=TODAY)


class TestSeeing:
    def names(self, actor, organisation, **given):
        with factories.as_actor(actor):
            found = members.people(actor, organisation.pk, today=TODAY)
            return [
                member.full_name
                for member in members.page_of_members(actor, found, organisation.pk, today=TODAY, **given)[0]
            ]

    @pytest.mark.rule("ORG-031")
    def test_the_team_is_the_own_organisation(self, team):
        assert self.names(team.champion(), team.ours.organisation) == [
            "Caseworker of Our Council",
            "Champion of Our Council",
        ]
        assert self.names(team.champion(), team.theirs.organisation) == []
        assert len(self.names(team.administrator(), team.theirs.organisation)) == 2

    @pytest.mark.rule("ORG-031")
    def test_each_layer_alone_keeps_strangers_out(self, team):
        stranger = factories.actor(team.theirs.organisation, of=team.theirs.champion)
        with factories.as_actor(stranger):
            assert set(Membership.objects.values_list("organisation_id", flat=True)) == {team.theirs.pk}
        with factories.writing():
            assert set(Membership.objects.visible_to(stranger).values_list("organisation_id", flat=True)) == {
                team.theirs.pk
            }

    def test_a_county_does_not_see_its_districts_staff(self, db):
        district = factories.organisation()
        factories.member(district)
        champion = factories.actor(factories.organisation(reaches=(district,)), Role.DATA_CHAMPION)
        assert self.names(champion, district) == []
        with factories.as_actor(champion):
            assert Membership.objects.count() == 1

    def test_pages_follow_one_another_without_gap_or_repetition(self, team, monkeypatch):
        monkeypatch.setattr(members, "PAGE", 3)
        for _ in range(6):
            factories.member(team.ours.organisation, full_name="Same Name")
        actor, seen, after = team.champion(), [], None
        with factories.as_actor(actor):
            while True:
                found = members.people(actor, team.ours.pk, today=TODAY)
                page, after = members.page_of_members(actor, found, team.ours.pk, today=TODAY, after=after)
                seen += [member.user_id for member in page]
                if after is None:
                    break
        assert len(seen) == len(set(seen)) == 8


@pytest.mark.rule("ORG-012")
def test_welcome_centre_staff_are_members_of_their_council(team):
    # There is no kind of organisation for a welcome centre: its staff hold roles at the council in which it lies.
    assert "WELCOME_CENTRE" not in OrganisationKind
    assert Role.CASEWORKER in roles_for(OrganisationKind.AUTHORITY)


@pytest.mark.rule("ORG-002")
def test_a_user_without_an_organisation_acts_for_nobody(db):
    assert seats_of(factories.user().pk, today=TODAY) == []


def test_the_same_role_twice_at_a_time_is_impossible(team):
    with pytest.raises(IntegrityError, match="membership_once_at_a_time"), transaction.atomic():
        factories.membership(team.ours.caseworker, team.ours.organisation, Role.CASEWORKER)


def sign_in(client, user):
    """A session that the list of sessions knows."""
    from allauth.usersessions.models import UserSession

    with factories.writing():
        client.force_login(user)
        UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="-")
