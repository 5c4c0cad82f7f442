"""Giving a household that belongs to no council to the one that looks after it."""

import pytest
from django.db import ProgrammingError, connection

from opensponsor.audit.models import Event
from opensponsor.cases.services.cases import transfer_case
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.feeds import queries as feeds
from opensponsor.feeds.models import SourceRow
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import HostAddress, OfferedProperty, Sponsor, Sponsorship
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.people import queries as people
from opensponsor.people.models import Household
from opensponsor.visas import queries, waiting
from opensponsor.visas.models import Application
from opensponsor.visas.services.placing import assign_to_council, assign_waiting
from opensponsor.visas.waiting import Queue
from tests import factories


class Place:
    """A household with a sponsor that belongs to nobody, two councils, and the national administrator."""

    def __init__(self):
        self.nobody = factories.organisation(OrganisationKind.UNASSIGNED, name_en="Unassigned (Wales)")
        self.council, self.other = factories.organisation(name_en="Conwy CC"), factories.organisation()
        self.nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
        self.household = factories.household(self.nobody, "Olena Koval", fed_owner=self.nobody)
        self.sponsor = factories.sponsor(self.nobody, "Gwen Parry", source_key="parry gwen|LL328LD")
        address = factories.address(self.sponsor)
        factories.sponsorship(self.household, self.sponsor, address)
        self.application = factories.application(
            self.nobody, self.household, sponsor=self.sponsor, address=address, lower_authority_name="Aberconwy"
        )
        factories.source_row(self.application, factories.load(self.nation), {"visa_status": "issued"})
        self.administrator = factories.actor(self.nation, Role.NATIONAL_ADMINISTRATOR)

    def assign(self, household=None, *, by=None, to=None, version=1):
        by, to = by or self.administrator, to or self.council
        with factories.as_actor(by):
            return assign_to_council(
                actor=by, case_id=(household or self.household).case_id, version=version, council_id=to.pk
            )

    def owners(self):
        with factories.writing():
            found = (Household.objects.get(pk=self.household.pk), Sponsor.objects.get(pk=self.sponsor.pk))
            return [one.owner_id for one in found]


@pytest.fixture
def place(db):
    return Place()


def test_the_household_its_sponsor_and_every_raw_row_go_to_the_council(place):
    place.assign()
    assert place.owners() == [place.council.pk, place.council.pk]
    caseworker = factories.actor(place.council, Role.CASEWORKER)
    with factories.as_actor(caseworker):
        found = queries.get_application(caseworker, place.application.pk)
        source = feeds.source_of(caseworker, Feed.APPLICATIONS, place.application.uan)
    assert (found.sponsor_name, found.case_id) == ("Gwen Parry", place.household.case_id)
    assert source and source.raw == {"visa_status": "issued"}
    with factories.writing():
        events = Event.objects.filter(code="case.assigned_to_council")
        told = {(one.case_id, one.owner_id, one.detail["from_id"], one.detail["to_id"]) for one in events}
        assert Household.objects.get(pk=place.household.pk).fed_owner_id == place.nobody.pk
    ids = (place.council.pk, place.nobody.pk, place.council.pk)
    assert told == {(place.household.case_id, *ids), (place.sponsor.case_id, *ids)}


@pytest.mark.rule("FEED-003")
def test_what_the_sponsor_offers_goes_along(place):
    home = factories.address(place.sponsor, "2 High Street", offer_offer_reference="EOI-1")
    assert place.assign() == []
    assert place.owners() == [place.council.pk, place.council.pk]
    with factories.writing():
        assert OfferedProperty.objects.get(address=home).owner_id == place.council.pk


@pytest.mark.rule("FEED-008")
def test_a_sponsor_whom_another_household_needs_stays_and_the_council_has_a_record_of_its_own(place):
    second = factories.household(place.nobody, "Petro Bondar")
    factories.sponsorship(second, place.sponsor)
    assert place.assign() == []
    assert place.owners() == [place.council.pk, place.nobody.pk]
    with factories.writing():
        own = Sponsor.objects.get(owner=place.council)
        assert (own.source_key, own.case.title, own.pk != place.sponsor.pk) == (
            place.sponsor.source_key,
            "Gwen Parry",
            True,
        )
        [address] = own.addresses.all()
        assert address.offer.status == "NEW" and address.owner_id == place.council.pk
        [link] = Sponsorship.objects.filter(case=place.household.case)
        application = Application.objects.get(pk=place.application.pk)
        assert {(one.sponsor_id, one.address_id) for one in (link, application)} == {(own.pk, address.pk)}
        assert Sponsorship.objects.get(case=second.case).sponsor_id == place.sponsor.pk
    # The second household finds the record that the first one brought.
    assert place.assign(second) == ["Gwen Parry"]
    with factories.writing():
        assert Sponsor.objects.filter(owner=place.council).count() == 1
        assert {one.sponsor_id for one in Sponsorship.objects.all()} == {own.pk}


@pytest.mark.rule("FEED-008")
def test_of_a_sponsor_whom_the_council_has_recorded_no_second_record_is_made(place):
    own = factories.sponsor(place.council, "Gwen Parry", source_key="parry gwen|LL328LD")
    assert place.assign() == ["Gwen Parry"]
    assert place.owners() == [place.council.pk, place.nobody.pk]
    caseworker = factories.actor(place.council, Role.CASEWORKER)
    with factories.as_actor(caseworker):
        found = queries.get_application(caseworker, place.application.pk)
    assert (found.sponsor_case_id, found.address) == (own.case_id, "1 Castle Street, Conwy")
    # Nobody needs the first record any more: it is closed, and no feed finds it.
    with factories.writing():
        left = Sponsor.objects.select_related("case").get(pk=place.sponsor.pk)
        assert (left.case.status, left.status, left.source_key) == ("CLOSED", "HST006", "")
        [event] = Event.objects.filter(case_id=left.case_id, kind="EVENT")
        assert (event.code, event.owner_id) == ("sponsor.closed_as_duplicate", place.nobody.pk)


@pytest.mark.rule("FEED-008")
@pytest.mark.parametrize("why", ["household", "application", "offer"])
def test_whom_others_name_or_who_offers_a_home_is_not_closed(place, why):
    factories.sponsor(place.council, "Gwen Parry", source_key="parry gwen|LL328LD")
    if why == "household":
        factories.sponsorship(factories.household(place.nobody), place.sponsor, ends_on=factories.LONG_AGO)
    elif why == "application":
        factories.application(place.nobody, sponsor=place.sponsor)
    else:
        factories.address(place.sponsor, "2 High Street", offer_offer_reference="EOI-1")
    assert place.assign() == ["Gwen Parry"]
    with factories.writing():
        left = Sponsor.objects.select_related("case").get(pk=place.sponsor.pk)
        assert (left.case.status, left.status, left.source_key) == ("OPEN", "HST001", "parry gwen|LL328LD")


def test_somebody_whom_the_council_has_recorded_is_told(place):
    factories.household(place.council, "Olena Koval", lead_source_key="same")
    twice = factories.household(place.nobody, "Olena Koval", lead_source_key="same")
    with pytest.raises(Refused, match="has recorded somebody"):
        place.assign(twice)
    ours = factories.actor(place.council, Role.CASEWORKER)
    third = factories.household(place.other, "Olena Koval", lead_source_key="same")
    theirs = factories.actor(place.other, Role.CASEWORKER)
    with factories.as_actor(theirs), pytest.raises(Refused, match="has recorded somebody"):
        transfer_case(actor=theirs, case_id=third.case_id, version=1, new_owner_id=place.council.pk)
    with factories.as_actor(ours):
        assert people.household_cases(ours).count() == 1


def test_what_belongs_to_a_council_is_not_given_again(place):
    place.assign()
    with pytest.raises(Refused, match="belongs to a council already"):
        place.assign(to=place.other, version=2)
    assert place.owners()[0] == place.council.pk


def test_a_version_that_is_old_is_a_conflict(place):
    with pytest.raises(Conflict):
        place.assign(version=7)
    assert place.owners() == [place.nobody.pk, place.nobody.pk]


def test_only_a_council_of_the_nation_takes_over(place):
    english = factories.organisation(realm=Realm.ENGLAND)
    board = factories.organisation(OrganisationKind.HEALTH_BOARD)
    for body in (english, board, place.nobody):
        with pytest.raises(Refused, match="Choose the council"):
            place.assign(to=body)


def test_nobody_else_assigns(place):
    english = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.ENGLAND, reads_realms=["ENGLAND"])
    others = (
        factories.actor(place.council, Role.CASEWORKER, Role.DATA_CHAMPION),
        factories.actor(place.nation, Role.ANALYST),
        factories.actor(english, Role.NATIONAL_ADMINISTRATOR),
    )
    for actor in others:
        with pytest.raises(NotVisible):
            place.assign(by=actor)
    assert place.owners() == [place.nobody.pk, place.nobody.pk]


@pytest.mark.rule("ORG-003")
def test_a_raw_row_leaves_with_a_household_that_is_transferred(place):
    household = factories.household(place.council)
    application = factories.application(place.council, household)
    factories.source_row(application, factories.load(place.nation), {"visa_status": "issued"})
    ours = factories.actor(place.council, Role.CASEWORKER)
    theirs = factories.actor(place.other, Role.CASEWORKER)
    with factories.as_actor(ours):
        assert feeds.source_of(ours, Feed.APPLICATIONS, application.uan)
        transfer_case(actor=ours, case_id=household.case_id, version=1, new_owner_id=place.other.pk)
        assert feeds.source_of(ours, Feed.APPLICATIONS, application.uan) is None
    with factories.as_actor(theirs):
        assert feeds.source_of(theirs, Feed.APPLICATIONS, application.uan)


class Waiting(Place):
    """Besides: a host who only offers a home, and two applications that were submitted together before any decision."""

    def __init__(self):
        super().__init__()
        self.host = factories.sponsor(self.nobody, "Huw Rees", source="OFFER", source_key="rees huw|LL11AA")
        self.home = factories.address(self.host, "2 High Street", offer_offer_reference="EOI-1")
        self.named = factories.sponsor(self.nobody, "Mair Owen", source="FEED", source_key="owen mair|LL11AB")
        home = factories.address(self.named, "3 High Street")
        given = {"submission": "S-1", "sponsor": self.named, "address": home, "visa_status": "PENDING"}
        self.first, self.second = (factories.application(self.nobody, **given) for _ in range(2))
        for one in (self.first, self.second):
            factories.source_row(one, factories.load(self.nation), {"visa_status": "pending"})

    def waiting(self, queue, by=None):
        with factories.as_actor(by or self.administrator) as actor:
            return waiting.rows(actor, queue, limit=9)

    def give(self, queue, *, by=None, to=None, versions=None):
        versions = versions or {one.id: one.version for one in self.waiting(queue)}
        with factories.as_actor(by or self.administrator) as actor:
            return assign_waiting(actor=actor, queue=queue, versions=versions, council_id=(to or self.council).pk)


@pytest.fixture
def queues(db):
    return Waiting()


def _references(rows):
    return {str(one.title) or one.reference for one in rows}


@pytest.mark.rule("CMS-007")
def test_what_has_no_household_waits_in_a_queue_of_its_own(queues):
    assert _references(queues.waiting(Queue.HOUSEHOLDS)) == {"Olena Koval"}
    [host] = queues.waiting(Queue.SPONSORS)
    assert (host.title, host.address) == ("Huw Rees", "2 High Street")
    [application] = queues.waiting(Queue.APPLICATIONS)
    assert (application.reference, application.count, application.version) == (queues.first.uan, 2, 2)


@pytest.mark.rule("CMS-007")
@pytest.mark.parametrize(
    ("source", "linked", "waits"),
    [
        ("FEED", None, True),
        ("MANUAL", None, True),
        ("FEED", {}, False),
        ("MANUAL", {}, False),
        ("FEED", {"ends_on": factories.LONG_AGO}, True),
    ],
)
def test_whom_nobody_names_any_more_waits_too(place, source, linked, waits):
    left = factories.sponsor(place.nobody, "Huw Rees", source=source)
    if linked is not None:
        factories.sponsorship(place.household, left, **linked)
    closed = factories.sponsor(place.nobody, case_status="CLOSED", case_closed_on=factories.LONG_AGO)
    with factories.as_actor(place.administrator) as actor:
        found = [one.id for one in waiting.rows(actor, Queue.SPONSORS, limit=9)]
    assert found == [left.case_id] * waits and closed.case_id not in found


@pytest.mark.rule("CMS-007", "FEED-008")
def test_a_host_goes_to_the_council_with_address_offer_and_raw_row(queues):
    load = factories.load(queues.nation, feed=Feed.OFFERS)
    with factories.writing():
        row = SourceRow.objects.create(owner=queues.nobody, feed=Feed.OFFERS, key="EOI-1", load=load, line=2, raw={})
    assert queues.give(Queue.SPONSORS).count == 1
    with factories.writing():
        row.refresh_from_db()
        rows = [Sponsor.objects.get(pk=queues.host.pk), HostAddress.objects.get(pk=queues.home.pk), row]
        rows.append(OfferedProperty.objects.get(address=queues.home))
        assert {one.owner_id for one in rows} == {queues.council.pk}
        [event] = Event.objects.filter(code="case.assigned_to_council")
        assert (event.case_id, event.detail["to_id"]) == (queues.host.case_id, queues.council.pk)
    assert queues.waiting(Queue.SPONSORS) == []


@pytest.mark.rule("CMS-007", "FEED-008")
def test_what_a_host_offers_goes_to_the_record_that_the_council_has(queues):
    own = factories.sponsor(queues.council, "Huw Rees", source_key="rees huw|LL11AA")
    load = factories.load(queues.nation, feed=Feed.OFFERS)
    with factories.writing():
        row = SourceRow.objects.create(owner=queues.nobody, feed=Feed.OFFERS, key="EOI-1", load=load, line=2, raw={})
    assert queues.give(Queue.SPONSORS).known == ("Huw Rees",)
    assert queues.waiting(Queue.SPONSORS) == []
    with factories.writing():
        [address] = HostAddress.objects.select_related("offer").filter(sponsor=own)
        assert (address.pk, address.case_id, address.offer.case_id) == (queues.home.pk, own.case_id, own.case_id)
        row.refresh_from_db()
        assert {address.owner_id, address.offer.owner_id, row.owner_id} == {queues.council.pk}
        left = Sponsor.objects.select_related("case").get(pk=queues.host.pk)
        assert (left.status, left.source_key, left.case.status) == ("HST006", "", "CLOSED")


def test_hosts_whom_the_council_has_and_others_go_at_once(queues):
    factories.sponsor(queues.council, "Huw Rees", source_key="rees huw|LL11AA")
    second = factories.sponsor(queues.nobody, "Nia Puw", source="OFFER", source_key="puw nia|LL11AC")
    done = queues.give(Queue.SPONSORS)
    assert (done.count, done.known) == (2, ("Huw Rees",))
    with factories.writing():
        assert Sponsor.objects.get(pk=second.pk).owner_id == queues.council.pk


@pytest.mark.rule("FEED-008", "FEED-010")
@pytest.mark.parametrize(
    ("recorded", "stands"),
    [
        ({}, ("EOI-1", 2, 1)),
        ({"single_rooms": 5}, ("EOI-1", 5, 1)),
        ({"offer_reference": "EOI-9", "single_rooms": 5}, ("EOI-9", 5, None)),
    ],
)
def test_what_the_council_recorded_of_the_same_place_stands(queues, recorded, stands):
    with factories.writing():
        HostAddress.objects.filter(pk=queues.home.pk).update(source_key="2 high street")
        OfferedProperty.objects.filter(address=queues.home).update(single_rooms=2, double_rooms=1)
    own = factories.sponsor(queues.council, "Huw Rees", source_key="rees huw|LL11AA")
    of_offer = {f"offer_{name}": value for name, value in recorded.items()}
    there = factories.address(own, "2 HIGH STREET", source_key="2 high street", **of_offer)
    queues.give(Queue.SPONSORS)
    with factories.writing():
        offer = OfferedProperty.objects.get(address=there)
        assert (offer.offer_reference, offer.single_rooms, offer.double_rooms) == stands
        assert [one.pk for one in HostAddress.objects.filter(sponsor=own)] == [there.pk]
        assert OfferedProperty.objects.get(address=queues.home).offer_reference == ""


@pytest.mark.rule("CMS-007", "FEED-008")
def test_applications_go_together_with_their_sponsor_and_raw_rows(queues):
    assert queues.give(Queue.APPLICATIONS).count == 1
    caseworker = factories.actor(queues.council, Role.CASEWORKER)
    with factories.as_actor(caseworker):
        found = [queries.get_application(caseworker, one.pk) for one in (queues.first, queues.second)]
        assert all(feeds.source_of(caseworker, Feed.APPLICATIONS, one.uan) for one in found)
    assert {one.sponsor_case_id for one in found} == {queues.named.case_id}
    assert queues.waiting(Queue.APPLICATIONS) == []
    with factories.writing():
        assert Event.objects.filter(code="application.assigned_to_council").count() == 2


def test_several_go_at_once_or_none_of_them(queues):
    second = factories.household(queues.nobody, "Petro Bondar")
    rows = {one.id: one.version for one in queues.waiting(Queue.HOUSEHOLDS)}
    with pytest.raises(Refused, match=f"changed {second.case.reference} meanwhile"):
        queues.give(Queue.HOUSEHOLDS, versions=rows | {second.case_id: 7})
    assert len(queues.waiting(Queue.HOUSEHOLDS)) == 2
    assert queues.give(Queue.HOUSEHOLDS).count == 2
    with pytest.raises(Refused, match="belongs to a council already"):
        queues.give(Queue.HOUSEHOLDS, versions=rows)


@pytest.mark.rule("FEED-008")
@pytest.mark.parametrize("queue", [Queue.HOUSEHOLDS, Queue.APPLICATIONS])
def test_a_sponsor_whom_only_they_name_goes_with_those_that_go_at_once(queues, queue):
    if queue == Queue.HOUSEHOLDS:
        sponsor = queues.sponsor
        factories.sponsorship(factories.household(queues.nobody, "Petro Bondar"), sponsor)
    else:
        sponsor = queues.named
        factories.application(queues.nobody, submission="S-2", sponsor=sponsor, visa_status="PENDING")
    done = queues.give(queue)
    assert (done.count, done.known) == (2, ())
    with factories.writing():
        [own] = Sponsor.objects.filter(owner=queues.council)
        assert (own.pk, own.status) == (sponsor.pk, sponsor.status)
        assert not Sponsor.objects.filter(status="HST006").exists()


@pytest.mark.parametrize("queue", Queue)
def test_an_old_version_is_told_and_nothing_changes(queues, queue):
    versions = {one.id: one.version + 1 for one in queues.waiting(queue)}
    with pytest.raises(Refused, match="Somebody else changed"):
        queues.give(queue, versions=versions)
    assert len(queues.waiting(queue)) == 1


@pytest.mark.parametrize("queue", Queue)
def test_nobody_else_gives_any_of_them(queues, queue):
    england = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.ENGLAND, reads_realms=["ENGLAND"])
    versions = {one.id: one.version for one in queues.waiting(queue)}
    for actor in (factories.actor(queues.council, Role.CASEWORKER), factories.actor(queues.nation, Role.ANALYST)):
        with pytest.raises(NotVisible):
            queues.give(queue, by=actor, versions=versions)
    other = factories.actor(england, Role.NATIONAL_ADMINISTRATOR)
    assert queues.waiting(queue, by=other) == []
    with pytest.raises(Refused):
        queues.give(queue, by=other, versions=versions)
    with pytest.raises(Refused, match="Choose the council"):
        queues.give(queue, to=factories.organisation(realm=Realm.ENGLAND))


def test_the_database_gives_no_application_of_whom_the_actor_does_not_write_for(queues):
    caseworker = factories.actor(queues.council, Role.CASEWORKER)
    with pytest.raises(ProgrammingError), factories.as_actor(caseworker), connection.cursor() as cursor:
        cursor.execute("SELECT visas_give_applications('S-1', %s, %s)", [queues.nobody.pk, queues.council.pk])
