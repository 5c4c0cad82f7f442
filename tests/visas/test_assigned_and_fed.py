"""A household that was given to a council stays with it, whatever a later file says."""

import pytest

from opensponsor.feeds import queries as feeds
from opensponsor.feeds.models import SourceRow
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import OfferedProperty, Sponsor, Sponsorship
from opensponsor.identity.roles import Role
from opensponsor.people.models import Household
from opensponsor.visas import queries, waiting
from opensponsor.visas.models import Application
from opensponsor.visas.services.placing import assign_to_council, assign_waiting, give_on
from opensponsor.visas.waiting import Queue
from tests import factories
from tests.feeds import flow

NOWHERE = {"ltla_name": "Atlantis", "mapping_postcode": "", "Q101a_uk_address_staying": "1 Sea", "country": "England"}


@pytest.mark.rule("CMS-009", "FEED-010")
def test_a_later_file_leaves_it_there_and_tells_it_what_is_new(db):
    country = flow.make_country()
    assert flow.load(flow.table([flow.row(1, **NOWHERE)])).status == "LOADED"
    administrator = factories.actor(country.ministry, Role.NATIONAL_ADMINISTRATOR)
    with factories.as_actor(administrator):
        [row] = waiting.rows(administrator, Queue.HOUSEHOLDS, limit=5)
        assert row.named.startswith("Atlantis")
        assign_to_council(
            actor=administrator,
            case_id=row.id,
            version=row.version,
            council_id=country.dover.pk,
        )
    later = {"application_event_datetime": "2026-06-01 10:00:00", "visa_status": "Arrived"}
    assert flow.load(flow.table([flow.row(1, **NOWHERE, **later)])).status == "LOADED"
    with factories.writing():
        [household], [application] = Household.objects.all(), Application.objects.all()
        assert (household.owner_id, application.owner_id) == (country.dover.pk, country.dover.pk)
        assert application.visa_status == "ARRIVED"
        assert [one.owner_id for one in Sponsor.objects.all()] == [country.dover.pk]
        assert Sponsorship.objects.filter(ends_on=None).count() == 1
    caseworker = factories.actor(country.dover, Role.CASEWORKER)
    with factories.as_actor(caseworker):
        assert queries.get_application(caseworker, application.pk).sponsor_name.startswith("Gwen Parry")
        source = feeds.source_of(caseworker, Feed.APPLICATIONS, application.uan)
        assert source and source.raw["visa_status"] == "Arrived"


WALES = {"ltla_name": "Atlantis", "mapping_postcode": "", "Q101a_uk_address_staying": "1 Sea", "country": "Wales"}


def _give(country, queue, to):
    administrator = factories.actor(country.wales, Role.NATIONAL_ADMINISTRATOR)
    with factories.as_actor(administrator):
        versions = {one.id: one.version for one in waiting.rows(administrator, queue, limit=5)}
        assign_waiting(actor=administrator, queue=queue, versions=versions, council_id=to.pk)
    assert versions


@pytest.mark.rule("CMS-007", "CMS-010")
def test_applications_given_to_a_council_stay_there_and_so_does_the_household_that_comes_of_them(db):
    country = flow.make_country()
    together = {"submission_guid": "S1", **WALES}
    flow.load(flow.table([flow.row(number, visa_status="Pending", **together) for number in (1, 2)]))
    _give(country, Queue.APPLICATIONS, country.conwy)
    later = {"application_event_datetime": "2026-06-01 10:00:00"}
    flow.load(flow.table([flow.row(1, visa_status="Confirmed", **together, **later)]))
    with factories.writing():
        assert {one.owner_id for one in Application.objects.all()} == {country.conwy.pk}
        assert {one.owner_id for one in Sponsor.objects.all()} == {country.conwy.pk}
    latest = {"application_event_datetime": "2026-06-02 10:00:00"}
    assert flow.load(flow.table([flow.row(2, visa_status="Issued", **together, **latest)])).status == "LOADED"
    with factories.writing():
        [household] = Household.objects.all()
        assert (household.owner_id, household.fed_owner_id) == (country.conwy.pk, country.nobody_wales.pk)
        assert {one.owner_id for one in Application.objects.all()} == {country.conwy.pk}
        assert {one.case_id for one in Application.objects.all()} == {household.case_id}


LATER = {"application_event_datetime": "2026-06-01 10:00:00"}


@pytest.mark.rule("CMS-007", "FEED-008", "FEED-010")
def test_a_sponsor_whom_the_council_had_is_closed_and_no_later_file_comes_back_to_the_record(db):
    country = flow.make_country()
    one = {"Q97b_sponsor_family_name": "Parry"}
    flow.load(flow.table([flow.row(1, **one, **WALES), flow.row(2, **one, ltla_name="Conwy", country="Wales")]))
    _give(country, Queue.HOUSEHOLDS, country.conwy)
    with factories.writing():
        [left] = Sponsor.objects.filter(owner=country.nobody_wales)
        [own] = Sponsor.objects.filter(owner=country.conwy)
        assert (left.status, left.source_key) == ("HST006", "")
    later = [
        flow.table([flow.row(1, **one, **WALES, **LATER)]),
        flow.table([flow.row(3, **one, **WALES)]),
        flow.table([flow.row(2, **one, ltla_name="Conwy", country="Wales", **LATER)]),
    ]

    def after(files):
        with factories.undone():
            assert {flow.load(content).status for content in files} == {"LOADED"}
            with factories.writing():
                found = {one.pk: one for one in Sponsor.objects.filter(owner=country.nobody_wales)}
                assert (found.pop(left.pk).version, len(found)) == (left.version, 1)
                assert Sponsorship.objects.filter(ends_on=None, sponsor=own).count() == 2
            return flow.dump()

    assert after(later) == after(later[::-1])


@pytest.mark.rule("CMS-007", "FEED-003", "FEED-008")
def test_an_offer_that_went_to_the_record_of_the_council_stays_there_when_a_newer_version_comes(db):
    country = flow.make_country()
    loader = flow.loader(country.wales)
    # The same host with a home that lies in Cardiff, and one that lies nowhere.
    there = {"residential_postcode": "SA99 9AA", "different_address": "yes", "fullname": "Gwen Parry"}
    somewhere = {
        "property_one_line_1": "1 Castle Street",
        "property_one_town": "Cardiff",
        "property_one_postcode": "CF10 1AA",
    }
    nowhere = {
        "property_one_line_1": "9 Hill Road",
        "property_one_town": "Nowhere",
        "property_one_postcode": "SA99 9AB",
    }
    both = [flow.offer(1, **there, **somewhere), flow.offer(2, **there, **nowhere)]
    flow.load(flow.lines(both), feed=Feed.OFFERS, actor=loader)
    with factories.writing():
        assert Sponsor.objects.count() == 2
    _give(country, Queue.SPONSORS, country.cardiff)
    newer = [flow.offer(2, **there, **nowhere, version="2", single_room_count="4")]
    assert flow.load(flow.lines(newer), feed=Feed.OFFERS, actor=loader).status == "LOADED"
    with factories.writing():
        [own] = Sponsor.objects.exclude(status="HST006")
        homes = OfferedProperty.objects.filter(address__sponsor=own).values_list("offer_reference", "single_rooms")
        assert dict(homes) == {"ABCD-0001": 1, "ABCD-0002": 4}
        assert {one.owner_id for one in SourceRow.objects.all()} == {own.owner_id} == {country.cardiff.pk}


@pytest.mark.rule("CMS-007", "FEED-008")
def test_what_was_given_on_stays_there_with_its_sponsor(db):
    country = flow.make_country()
    flow.load(flow.table([flow.row(1, visa_status="Pending", **WALES)]))
    _give(country, Queue.APPLICATIONS, country.conwy)
    administrator = factories.actor(country.wales, Role.NATIONAL_ADMINISTRATOR)
    with factories.as_actor(administrator):
        [application] = Application.objects.all()
        given = {"version": application.version, "council_id": country.cardiff.pk}
        give_on(actor=administrator, application_id=application.pk, **given)
    assert flow.load(flow.table([flow.row(1, **WALES, **LATER)])).status == "LOADED"
    with factories.writing():
        for model in (Household, Application, Sponsor, SourceRow):
            assert [one.owner_id for one in model.objects.all()] == [country.cardiff.pk], model


@pytest.mark.rule("CMS-007", "FEED-003")
def test_a_host_given_to_a_council_stays_there_when_a_newer_version_of_the_offer_comes(db):
    country = flow.make_country()
    nowhere = {"residential_postcode": "SA99 9AA"}
    loader = flow.loader(country.wales)
    flow.load(flow.lines([flow.offer(1, **nowhere)]), feed=Feed.OFFERS, actor=loader)
    _give(country, Queue.SPONSORS, country.conwy)
    for version, rooms in (("2", "3"), ("3", "4")):
        newer = flow.offer(1, **nowhere, version=version, single_room_count=rooms)
        assert flow.load(flow.lines([newer]), feed=Feed.OFFERS, actor=loader).status == "LOADED"
        with factories.writing():
            [sponsor], [offered] = Sponsor.objects.all(), OfferedProperty.objects.all()
            assert {sponsor.owner_id, offered.owner_id} == {country.conwy.pk}
            assert (offered.single_rooms, SourceRow.objects.get().owner_id) == (int(rooms), country.conwy.pk)
