"""Adding and changing sponsors and hosts."""

import dataclasses
import datetime as dt

import pytest

from opensponsor.core.hiding import HIDDEN
from opensponsor.core.privacy import DataClass
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.hosts import queries, services
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories

TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def council(db):
    return factories.organisation()


@pytest.fixture
def caseworker(council):
    return factories.actor(council, Role.CASEWORKER)


@pytest.mark.rule("SPO-006", "ORG-032")
def test_whoever_is_added_by_hand_is_a_host_of_the_council(caseworker, acting_as):
    with acting_as(caseworker):
        sponsor = services.add_sponsor(actor=caseworker, today=TODAY, given_names="Siân", family_name="Llŷr")
        record = queries.get_sponsor(caseworker, sponsor.case_id)
    assert (record.type, record.owner_id, record.title) == (
        "HOST", caseworker.organisation_id, "Siân Llŷr",
    )  # fmt: skip
    assert sponsor.case.sort_title == "llyr sian"
    assert record.reference.startswith("SPO")


def test_a_changed_name_is_the_name_of_the_case(caseworker, council, acting_as):
    sponsor = factories.sponsor(council, "Gwen Parry")
    with acting_as(caseworker):
        services.change_sponsor(actor=caseworker, sponsor_id=sponsor.pk, version=1, family_name="Pugh", phone=" 1 ")
        record = queries.get_sponsor(caseworker, sponsor.case_id)
        assert (record.title, record.phone) == ("Gwen Pugh", "1")
        with pytest.raises(Conflict):
            services.change_sponsor(actor=caseworker, sponsor_id=sponsor.pk, version=1, phone="2")


def test_refusals(caseworker, council, acting_as):
    closed = factories.sponsor(council, case_status="CLOSED", case_closed_on=TODAY)
    foreign = factories.sponsor(factories.organisation())
    with acting_as(caseworker):
        with pytest.raises(Refused, match="name"):
            services.add_sponsor(actor=caseworker, today=TODAY, given_names=" ")
        with pytest.raises(Refused, match="closed"):
            services.change_sponsor(actor=caseworker, sponsor_id=closed.pk, version=1, phone="2")
        with pytest.raises(NotVisible):
            services.change_sponsor(actor=caseworker, sponsor_id=foreign.pk, version=1, phone="2")
        with pytest.raises(NotVisible):
            queries.get_sponsor(caseworker, foreign.case_id)
    assert queries.sponsor_rows(caseworker, [foreign.case_id]) == []


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_adds_no_hosts(council, acting_as):
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(council,))
    officer = factories.actor(centre, Role.CONTACT_CENTRE_OFFICER)
    with acting_as(officer), pytest.raises(NotVisible):
        services.add_sponsor(actor=officer, today=TODAY, owner_id=council.pk, given_names="Gwen")


@pytest.mark.rule("ORG-030")
def test_names_are_hidden_from_those_who_do_not_see_them(council, caseworker, acting_as):
    sponsor = factories.sponsor(council, phone="07000 000000", email="gwen@example.test")
    seen = caseworker.data_classes - {DataClass.PERSONAL, DataClass.CONTACT}
    blind = dataclasses.replace(caseworker, data_classes=seen)
    with acting_as(blind):
        record = queries.get_sponsor(blind, sponsor.case_id)
        (row,) = queries.sponsor_rows(blind, [sponsor.case_id])
    assert {record.title, record.given_names, record.family_name, record.birth_date, record.email} == {HIDDEN}
    assert {row.title, row.email, row.phone, record.phone} == {HIDDEN}
