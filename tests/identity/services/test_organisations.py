"""The organisations of an installation, made from the register."""

import datetime as dt
from collections import Counter

import pytest

from opensponsor.audit.models import Event
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.models import Organisation, Reach
from opensponsor.identity.roles import Role
from opensponsor.identity.services.organisations import (
    change_organisation,
    load_organisations,
    plan_organisations,
    set_active,
)
from opensponsor.identity.states import ControllerRole, OrganisationKind
from opensponsor.reference.services import load_authorities
from tests import factories

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def loaded(db):
    with factories.writing():
        load_authorities()
        return load_organisations(today=TODAY)


def reached(code):
    return dict(Reach.objects.filter(organisation__code=code).values_list("reached__code", "may_write"))


@pytest.mark.rule("ORG-002", "ORG-013")
def test_every_kind_of_organisation_is_there(loaded):
    assert Counter(Organisation.objects.values_list("kind", flat=True)) == {
        OrganisationKind.AUTHORITY: 382,
        OrganisationKind.HEALTH_BOARD: 7,
        OrganisationKind.DEVOLVED_GOVERNMENT: 3,
        OrganisationKind.CENTRAL_GOVERNMENT: 2,
        OrganisationKind.CONTACT_CENTRE: 1,
        OrganisationKind.ADVISORY_SERVICE: 1,
        OrganisationKind.SERVICE_DESK: 1,
        OrganisationKind.PLATFORM: 1,
        OrganisationKind.PSEUDO_AUTHORITY: 4,
        OrganisationKind.UNASSIGNED: 4,
    }


@pytest.mark.rule("ORG-006", "ORG-010")
def test_the_contact_centre_is_a_processor_that_works_for_all_of_wales(loaded):
    centre = Organisation.objects.get(code="contact-centre-wales")
    assert centre.controller_role == ControllerRole.PROCESSOR
    assert centre.acts_for.code == "welsh-government"
    assert len(reached(centre.code)) == 22
    assert all(reached(centre.code).values())


@pytest.mark.rule("ORG-006")
def test_government_councils_and_health_boards_are_controllers(loaded):
    kinds = ("AUTHORITY", "HEALTH_BOARD", "DEVOLVED_GOVERNMENT")
    assert set(Organisation.objects.filter(kind__in=kinds).values_list("controller_role", "acts_for")) == {
        ("CONTROLLER", None)
    }


@pytest.mark.rule("ORG-014")
def test_a_health_board_reads_its_councils_and_writes_to_none(loaded):
    assert reached("W11000029") == {"W06000014": False, "W06000015": False}


@pytest.mark.rule("ORG-031")
def test_a_county_reaches_its_districts_and_a_district_nobody(loaded):
    surrey = reached("E10000030")
    assert len(surrey) == 11
    assert all(surrey.values())
    assert set(surrey) == set(
        Organisation.objects.filter(authority__county_id="E10000030").values_list("code", flat=True)
    )
    assert reached("E07000207") == {}


@pytest.mark.rule("ORG-005")
def test_national_bodies_read_their_nation_and_what_left(loaded):
    realms = dict(Organisation.objects.exclude(reads_realms=[]).values_list("code", "reads_realms"))
    assert realms["welsh-government"] == ["WALES", "ELSEWHERE"]
    assert realms["mhclg"] == ["ENGLAND", "ELSEWHERE"]
    assert realms["home-office"] == ["LICENSED"]
    assert realms["scottish-government"] == ["SCOTLAND"]
    assert "contact-centre-wales" not in realms


def test_loading_again_changes_nothing(loaded):
    with factories.writing():
        assert load_organisations(today=TODAY).is_empty


def test_a_plan_says_what_would_change_and_changes_nothing(db):
    with factories.writing():
        load_authorities()
        assert len(plan_organisations(TODAY).created) == 406
    assert not Organisation.objects.exists()


def test_organisations_follow_a_reorganisation(db):
    with factories.writing():
        load_authorities()
        load_organisations(today=dt.date(2023, 3, 31))
        before = Organisation.objects.get(code="E07000026")
        assert before.is_active
        recoded = Organisation.objects.get(code="E08000016").pk
        plan = load_organisations(today=dt.date(2026, 4, 1))
        before.refresh_from_db()
        assert not before.is_active
        assert "E06000063" in {body.code for body in plan.created}
        assert Organisation.objects.get(pk=recoded).code == plan.recoded["E08000016"].code == "E08000038"
        assert Organisation.objects.get(pk=recoded).authority_id == "E08000038"
        assert reached("E10000006") == {}


def test_what_an_administrator_set_outlives_loading(loaded):
    cardiff = Organisation.objects.get(code="W06000015")
    actor = factories.actor(Organisation.objects.get(code="platform"), Role.PLATFORM_ADMINISTRATOR)
    with factories.as_actor(actor):
        change_organisation(
            actor=actor,
            organisation_id=cardiff.pk,
            version=1,
            controller_role=ControllerRole.PROCESSOR,
            acts_for_id=Organisation.objects.get(code="welsh-government").pk,
            email_domains=["@Cardiff.gov.uk", " cardiff.gov.uk", ""],
            assigns_tasks=False,
        )
        set_active(actor=actor, organisation_id=cardiff.pk, version=2, is_active=False)
    with factories.writing():
        assert load_organisations(today=TODAY).is_empty
        assert set(Event.objects.filter(kind="EVENT", row_id=str(cardiff.pk)).values_list("code", flat=True)) == {
            "organisation.changed",
            "organisation.deactivated",
        }
    cardiff.refresh_from_db()
    assert (cardiff.email_domains, cardiff.assigns_tasks, cardiff.is_active) == (["cardiff.gov.uk"], False, False)


class TestGuards:
    @pytest.fixture
    def platform(self, db):
        return factories.organisation(OrganisationKind.PLATFORM, realm="PLATFORM", reads_realms=["WALES", "PLATFORM"])

    def change(self, actor, organisation, **given):
        values = {
            "version": organisation.version,
            "controller_role": ControllerRole.CONTROLLER,
            "acts_for_id": None,
            "email_domains": [],
            "assigns_tasks": True,
        } | given
        with factories.as_actor(actor):
            return change_organisation(actor=actor, organisation_id=organisation.pk, **values)

    @pytest.mark.rule("ORG-006")
    def test_a_processor_names_its_controller(self, platform):
        actor, council = factories.actor(platform), factories.organisation()
        for nobody in (None, council.pk):
            with pytest.raises(Refused, match="Choose the controller"):
                self.change(actor, council, controller_role=ControllerRole.PROCESSOR, acts_for_id=nobody)

    def test_a_controller_acts_for_nobody_whatever_was_chosen(self, platform):
        changed = self.change(factories.actor(platform), factories.organisation(), acts_for_id=platform.pk)
        assert changed.acts_for_id is None

    def test_only_an_administrator_changes_an_organisation(self, platform):
        council = factories.organisation()
        for role in (Role.CASEWORKER, Role.DATA_CHAMPION):
            with pytest.raises(NotVisible):
                self.change(factories.actor(council, role), council)

    def test_the_second_of_two_editors_is_told(self, platform):
        actor, council = factories.actor(platform), factories.organisation()
        self.change(actor, council)
        with pytest.raises(Conflict):
            self.change(actor, council)

    def test_what_the_platform_needs_cannot_be_switched_off(self, platform):
        actor = factories.actor(platform)
        needed = [platform, factories.organisation("PSEUDO_AUTHORITY"), factories.organisation("UNASSIGNED")]
        for organisation in needed:
            with factories.as_actor(actor), pytest.raises(Refused, match="cannot do without"):
                set_active(actor=actor, organisation_id=organisation.pk, version=1, is_active=False)

    def test_an_organisation_of_another_realm_does_not_exist(self, platform):
        with pytest.raises(NotVisible):
            self.change(factories.actor(platform), factories.organisation(realm="SCOTLAND"))

    def test_members_of_a_deactivated_organisation_are_nobody(self, platform):
        council, actor = factories.organisation(), factories.actor(platform)
        member = factories.member(council)
        with factories.as_actor(actor):
            set_active(actor=actor, organisation_id=council.pk, version=1, is_active=False)
        with pytest.raises(AssertionError, match="not a member"):
            factories.actor(council, of=member)
