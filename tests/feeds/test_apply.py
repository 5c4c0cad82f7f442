"""What was staged becomes records: linked, placed, and only as far as it is news."""

import datetime as dt
from contextlib import contextmanager

import pytest

from opensponsor.core.clock import today
from opensponsor.core.rowsecurity import acting
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import HostAddress, OfferedProperty, Sponsor, Sponsorship
from opensponsor.people.models import Household, HouseholdMember, Person
from opensponsor.visas.models import Application
from tests import factories
from tests.feeds import flow

HOME = "Q29a_applicant_will_stay_at_sponsor_address"
PASSPORT = "Q12b_applicant_passport_travel_number"
BORN = "Q11b_applicant_date_of_birth"
EVENT = "application_event_datetime"
LATER = {EVENT: "2026-05-03 10:00:00"}


@pytest.fixture
def country(db):
    return flow.make_country()


def load(*rows, **options):
    found = flow.load(flow.table(list(rows)), **options)
    assert found.status == "LOADED"
    return found


@contextmanager
def council():
    """A block in which somebody else than the feed writes."""
    with factories.restored(), acting(factories.job("council")):
        yield


def applications():
    return Application.objects.order_by("uan").select_related("case", "person", "sponsor", "address")


def owners():
    with factories.writing():
        return list(applications().values_list("owner__code", flat=True))


@pytest.mark.rule("FEED-001", "FEED-002", "HH-002", "CMS-001", "CMS-009", "ADR-006")
def test_an_application_becomes_a_household_with_its_sponsor_and_what_they_offer(country):
    load(flow.row(1))
    with factories.writing():
        [found] = applications()
        household = found.case.household
        member = household.members.get()
        assert (found.case.reference[:3], found.case.reference[3:].isdigit()) == ("FAM", True)
        assert (found.case.title, found.case.sort_title) == ("Olena Koval b", "koval b olena")
        assert (member.person, member.is_lead, member.starts_on) == (found.person, True, today())
        sponsorship = household.sponsorships.get()
        assert (sponsorship.sponsor, sponsorship.address) == (found.sponsor, found.address)
        assert (found.sponsor.type, found.sponsor.status, found.sponsor.source) == ("SPONSOR", "HST001", "FEED")
        assert OfferedProperty.objects.get(address=found.address).status == "NEW"
        assert {found.owner, household.owner, found.sponsor.owner, sponsorship.owner} == {country.york}
        assert household.checks_summary.status == "REQUIRED"


@pytest.mark.rule("FEED-010")
def test_the_same_file_again_changes_nothing_and_writes_no_history(country):
    rows = [flow.row(number) for number in range(5)]
    load(*rows)
    offers = flow.lines([flow.offer(1)])
    flow.load(offers, feed=Feed.OFFERS)
    before = flow.history()
    assert load(*rows).counts["unchanged"] == 5
    assert flow.load(offers, feed=Feed.OFFERS).counts["unchanged"] == 1
    assert flow.history() == before


@pytest.mark.rule("FEED-010", "CMS-011")
def test_newer_rows_win_and_older_ones_change_nothing(country):
    load(flow.row(1, visa_status="Pending"))
    assert load(flow.row(1, visa_status="Issued", **LATER)).counts["changed"] == 1
    before = flow.history()
    assert load(flow.row(1, visa_status="Pending")).counts["older"] == 1
    assert flow.history() == before
    with factories.writing():
        assert [one.visa_status for one in applications()] == ["ISSUED"]


def test_rows_of_the_same_time_are_decided_by_their_text(country):
    one, other = flow.row(1, Q44b_given_name="Anna"), flow.row(1, Q44b_given_name="Zoya")
    for order in ([one, other], [other, one]):
        with factories.undone():
            for row in order:
                load(row)
            with factories.writing():
                assert [one.given_names for one in applications()] == ["Zoya"]


# What a row names, and whose it is then.
PLACES = {
    "its own name": ({"ltla_name": "York"}, "E06000014"),
    "a name in Welsh": ({"ltla_name": "Caerdydd"}, "W06000015"),
    "a council that was replaced": ({"ltla_name": "Selby"}, "E06000014"),
    "the lower of two": ({"ltla_name": "Dover", "utla_name": "Kent"}, "E07000108"),
    "the county alone": ({"ltla_name": "Nowhere", "utla_name": "Kent"}, "E10000016"),
    "a postcode": ({"ltla_name": "", "mapping_postcode": "CT16 1AA"}, "E07000108"),
    "nothing, in England": ({"ltla_name": "", "mapping_postcode": ""}, "unassigned-england"),
    "nothing, in Wales": ({"ltla_name": "", "mapping_postcode": "", "country": "Wales"}, "unassigned-wales"),
}


@pytest.mark.rule("CMS-003", "CMS-005", "CMS-007")
@pytest.mark.parametrize("what", PLACES)
def test_a_row_belongs_to_the_lowest_authority_it_names(country, what):
    fields, code = PLACES[what]
    found = load(flow.row(1, **fields))
    assert owners() == [code]
    assert found.counts["unassigned"] == code.startswith("unassigned")


@pytest.mark.rule("CMS-005")
def test_a_devolved_government_loads_its_own_nation_and_the_ministry_all(country):
    rows = [flow.row(1), flow.row(2, ltla_name="Cardiff")]
    found = load(*rows, actor=flow.loader(country.wales))
    assert (found.counts["good"], found.counts["rejected"], owners()) == (1, 1, ["W06000015"])
    with factories.writing():
        assert [(one.line, one.reason) for one in found.rejects.all()] == [(2, "OTHER_NATION")]
    load(*rows, actor=flow.loader(country.ministry))
    assert owners() == ["E06000014", "W06000015"]


@pytest.mark.rule("CMS-010")
def test_england_sees_people_at_once_and_wales_once_a_visa_is_granted(country):
    load(flow.row(1, visa_status="Pending"), flow.row(2, visa_status="Pending", ltla_name="Cardiff"))
    with factories.writing():
        english, welsh = applications()
        assert english.person is not None
        assert (welsh.person, welsh.case, welsh.sponsor is not None) == (None, None, True)
    load(flow.row(2, visa_status="Issued", ltla_name="Cardiff", **LATER))
    with factories.writing():
        assert applications()[1].case.household.sponsorships.get().sponsor == applications()[1].sponsor
    load(flow.row(2, visa_status="Withdrawn", ltla_name="Cardiff", **{EVENT: "2026-05-04 10:00:00"}))
    with factories.writing():
        assert applications()[1].case.household is not None
        assert applications()[1].visa_status == "WITHDRAWN"


@pytest.mark.rule("FEED-009")
def test_an_application_without_a_name_is_called_by_its_number(country):
    load(flow.row(1, Q44b_given_name="", Q44c_family_name=""))
    with factories.writing():
        assert applications().get().case.title == "343400000001"
    load(flow.row(1, **LATER))
    with factories.writing():
        assert applications().get().case.title == "Olena Koval b"


@pytest.mark.rule("FEED-008", "SPO-039")
def test_sponsors_of_one_name_and_home_are_one_and_the_same_person_twice_is_one(country):
    same = {"Q97a_sponsor_given_name": "GWEN", "Q97b_sponsor_family_name": "Párry B", PASSPORT: "FB12"}
    load(flow.row(1, **{PASSPORT: "FB12"}), flow.row(2, **same, **LATER), flow.row(3, **same, ltla_name="Dover"))
    with factories.writing():
        assert Sponsor.objects.count() == 2  # one for each council
        assert HostAddress.objects.count() == 2
        one, two, three = applications()
        assert one.person == two.person != three.person
        assert one.case == two.case
        assert two.case.household.source_key == "S2"
        assert not Household.objects.filter(source_key="S1").exists()


def test_the_super_sponsor_is_nobody(country):
    load(flow.row(1, ltla_name="Cardiff", Q97c_sponsor_name="Welsh Government"))
    with factories.writing():
        found = applications().get()
        assert (found.route, found.sponsor, found.case.contact_centre_works) == ("SS", None, True)
        assert not Sponsor.objects.exists()


def test_the_oldest_leads_and_the_first_arrival_counts(country):
    young = {BORN: "2015-01-01", "Q66a_uk_arrival_date": "2026-06-01"}
    late = {"submission_guid": "S1", "applicant_arrival_time": "2026-05-20 23:30:00"}
    load(flow.row(1, **young), flow.row(2, **late), flow.row(3, submission_guid="S1", **{BORN: ""}))
    with factories.writing():
        household = Household.objects.get()
        assert household.members.get(is_lead=True).person.source_key == "343400000002"
        assert household.case.title == "Olena Koval c"
        assert (household.expected_on, household.arrived_on) == (dt.date(2026, 6, 1), dt.date(2026, 5, 21))


@pytest.mark.rule("FEED-010")
def test_what_a_council_set_stands_and_the_feeds_word_is_beside_it(country):
    load(flow.row(1, Q43a_preferred_contact_number="07700900001", **{BORN: "1990-01-02"}))
    with council():
        Person.objects.update(given_names="Олена", phone="07700900999")
        Sponsor.objects.update(email="right@example.test")
        Household.objects.update(arrived_on=dt.date(2026, 5, 5))
    arrived = {"applicant_arrival_time": "2026-05-20 10:00:00", "Q43a_preferred_contact_number": "07700900002"}
    load(flow.row(1, Q44b_given_name="Helena", Q44c_family_name="Kowal", **arrived, **LATER))
    with factories.writing():
        person = Person.objects.get()
        assert (person.given_names, person.family_name, person.phone) == ("Олена", "Kowal", "07700900999")
        assert (person.fed["given_names"], person.fed["phone"]) == ("Helena", "07700900002")
        assert person.search_name == "kowal olena"
        assert person.case.title == "Олена Kowal"
        assert Sponsor.objects.get().email == "right@example.test"
        assert Household.objects.get().arrived_on == dt.date(2026, 5, 5)


def test_a_household_follows_the_feed_to_another_council_until_somebody_hands_it_on(country):
    load(flow.row(1))
    load(flow.row(1, ltla_name="Dover", **LATER))
    with factories.writing():
        found = applications().get()
        assert {found.owner, found.case.owner, found.person.owner} == {country.dover}
        assert HouseholdMember.objects.get().owner == country.dover
        assert Sponsor.objects.get().owner == country.dover
    with council():
        case_id = Household.objects.get().case_id
        flow.hand_on(case_id, country.dover, country.cardiff)
    load(flow.row(1, ltla_name="York", **{EVENT: "2026-05-05 10:00:00"}))
    with factories.writing():
        found = applications().get()
        assert (found.owner, found.fed_owner, found.case.owner) == (country.cardiff, country.york, country.cardiff)


def test_a_sponsorship_ends_when_no_application_names_it_and_what_a_council_ended_stays_ended(country):
    load(flow.row(1))
    load(flow.row(1, Q101a_uk_address_staying="9 Other Road, York", **LATER))
    with factories.writing():
        [current] = Sponsorship.objects.filter(ends_on=None)
        assert current.address.address == "9 Other Road, York"
    with council():
        Sponsorship.objects.filter(ends_on=None).update(ends_on=today())
    load(flow.row(1, Q101a_uk_address_staying="9 Other Road, York", **{EVENT: "2026-05-06 10:00:00"}))
    with factories.writing():
        assert not Sponsorship.objects.filter(ends_on=None).exists()


@pytest.mark.rule("FEED-013")
@pytest.mark.parametrize("status", ["Lapsed", "Withdrawn", "Refused"])
def test_a_household_that_does_not_come_stays_linked_until_somebody_ends_it(country, status):
    load(flow.row(1))
    load(flow.row(1, visa_status=status, **LATER))
    with factories.writing():
        [link] = Sponsorship.objects.filter(ends_on=None)
        assert link.household == applications().get().case.household
    with council():
        Sponsorship.objects.update(ends_on=today())
    load(flow.row(1, visa_status=status, **{EVENT: "2026-05-06 10:00:00"}))
    with factories.writing():
        assert not Sponsorship.objects.filter(ends_on=None).exists()


def test_what_somebody_wrote_on_is_never_taken_away(country):
    load(flow.row(1, **{PASSPORT: "FB12"}))
    with factories.writing():
        case = applications().get().case
    factories.note(case, factories.user(), title="Met them")
    load(flow.row(1, submission_guid="S9", **{PASSPORT: "FB12"}, **LATER))
    with factories.writing():
        assert Household.objects.filter(case=case).exists()
        assert applications().get().case.household.source_key == "S9"


@pytest.mark.rule("FEED-003", "SPO-047", "ADR-006")
def test_an_offer_becomes_a_host_with_an_address_and_what_is_offered(country):
    found = flow.load(flow.lines([flow.offer(1), flow.offer(2, residential_postcode="")]), feed=Feed.OFFERS)
    assert found.counts["unassigned"] == 1
    with factories.writing():
        offered = OfferedProperty.objects.select_related("address__sponsor").get(offer_reference="ABCD-0001")
        sponsor = offered.address.sponsor
        assert (sponsor.type, sponsor.source, sponsor.status) == ("HOST", "OFFER", "HST001")
        assert (offered.owner, offered.status, offered.single_rooms) == (country.cardiff, "NEW", 1)
        assert (offered.family_type, offered.step_free, offered.allows_pets) == ("WITH_CHILDREN", "ALL", True)
    flow.load(flow.lines([flow.offer(1, version="2", single_room_count="3")]), feed=Feed.OFFERS)
    flow.load(flow.lines([flow.offer(1, version="1", single_room_count="4")]), feed=Feed.OFFERS)
    with factories.writing():
        assert OfferedProperty.objects.get(offer_reference="ABCD-0001").single_rooms == 3


def test_a_host_who_is_named_in_an_application_is_one_record(country):
    flow.load(flow.lines([flow.offer(1)]), feed=Feed.OFFERS)
    home = {"Q18b_sponsor_address_uk": "1 Castle Street, Cardiff, CF10 1AA", HOME: "yes", "mapping_postcode": ""}
    load(flow.row(1, ltla_name="Cardiff", Q101a_uk_address_staying="", **home))
    with factories.writing():
        sponsor = Sponsor.objects.get()
        assert (sponsor.type, sponsor.source) == ("SPONSOR", "FEED")
        assert HostAddress.objects.get().offer.offer_reference == "ABCD-0001"


@pytest.mark.rule("FEED-001")
def test_every_bad_row_is_named_and_every_good_one_loaded(country):
    rows = [flow.row(number) for number in range(100)]
    for number in range(0, 100, 20):
        rows[number][BORN] = "31/31/1990"
    found = load(*rows)
    assert (found.counts["rows"], found.counts["good"], found.counts["rejected"]) == (100, 95, 5)
    with factories.writing():
        named = list(found.rejects.order_by("line").values_list("line", "field", "reason", "value"))
        assert named == [(line, BORN, "INVALID_DATE", "31/31/1990") for line in range(2, 102, 20)]
        assert Application.objects.count() == 95
