"""Adding and changing licences: the Home Office all of it, the sponsor how it is reached."""

import datetime as dt

import pytest

from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing import permissions, queries, services
from tests import factories

TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def farm(db):
    return factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED)


@pytest.fixture
def home_office(db):
    at = factories.organisation(
        OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.LICENSED, reads_realms=[Realm.LICENSED]
    )
    return factories.actor(at, Role.HOME_OFFICE_CASEWORKER)


def add(actor, farm, number="L-1"):
    return services.add_licence(
        actor=actor,
        organisation_id=farm.pk,
        number=number,
        today=TODAY,
        sponsor_name="Cwm Farms Ltd",
        granted_on=dt.date(2026, 4, 1),
    )


def test_the_home_office_adds_a_licence_which_the_sponsor_owns(home_office, farm, acting_as):
    with acting_as(home_office):
        licence = add(home_office, farm)
    level_1 = factories.actor(farm, Role.SPONSOR_LEVEL_1)
    with acting_as(level_1):
        record = queries.get_licence(level_1, licence.case_id)
    assert (record.owner_id, record.reference, record.title) == (farm.pk, "L-1", "Cwm Farms Ltd")
    assert record.rating == "A"


def test_a_number_exists_once_whoever_holds_the_licence(home_office, farm, acting_as):
    other = factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED)
    with acting_as(home_office):
        add(home_office, farm)
        for holder in (farm, other):
            with pytest.raises(Refused, match="exists already"):
                add(home_office, holder)


def test_only_a_licensed_sponsor_holds_a_licence(home_office, acting_as):
    with acting_as(home_office), pytest.raises(Refused, match="sponsor that holds"):
        add(home_office, factories.organisation())


def test_a_sponsor_adds_no_licence_and_changes_only_how_it_is_reached(farm, acting_as):
    licence = factories.licence(farm)
    level_1, level_2 = factories.actor(farm, Role.SPONSOR_LEVEL_1), factories.actor(farm, Role.SPONSOR_LEVEL_2)
    with acting_as(level_1):
        services.change_licence(actor=level_1, licence_id=licence.pk, version=1, contact_email="a@example.test")
        assert queries.get_licence(level_1, licence.case_id).contact_email == "a@example.test"
        with pytest.raises(NotVisible):
            services.change_licence(actor=level_1, licence_id=licence.pk, version=2, rating="B")
        with pytest.raises(NotVisible):
            add(level_1, farm)
    with acting_as(level_2), pytest.raises(NotVisible):
        services.change_licence(actor=level_2, licence_id=licence.pk, version=2, contact_email="b@example.test")


def test_another_sponsor_sees_no_licence(farm, acting_as):
    licence = factories.licence(farm)
    stranger = factories.actor(
        factories.organisation(OrganisationKind.LICENSED_SPONSOR, realm=Realm.LICENSED), Role.SPONSOR_LEVEL_1
    )
    with acting_as(stranger):
        with pytest.raises(NotVisible):
            queries.get_licence(stranger, licence.case_id)
        with pytest.raises(NotVisible):
            services.change_licence(actor=stranger, licence_id=licence.pk, version=1, contact_phone="1")


def test_the_home_office_changes_a_licence_and_its_name(home_office, farm, acting_as):
    licence = factories.licence(farm)
    with acting_as(home_office):
        services.change_licence(
            actor=home_office, licence_id=licence.pk, version=1, rating="B", sponsor_name="Cwm Growers Ltd"
        )
        record = queries.get_licence(home_office, licence.case_id)
        assert (record.rating, record.title) == ("B", "Cwm Growers Ltd")
        with pytest.raises(Conflict):
            services.change_licence(actor=home_office, licence_id=licence.pk, version=1, rating="A")
        with pytest.raises(Refused, match="name"):
            services.change_licence(actor=home_office, licence_id=licence.pk, version=2, sponsor_name=" ")


def test_councils_see_no_licences(farm, acting_as):
    licence = factories.licence(farm)
    caseworker = factories.actor(None, Role.CASEWORKER)
    with acting_as(caseworker), pytest.raises(NotVisible):
        queries.get_licence(caseworker, licence.case_id)
    assert permissions.changeable_fields(caseworker, frozenset({"rating"})) == frozenset()
