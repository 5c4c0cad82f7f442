"""Giving a household that belongs to no council to the one that looks after it."""

import pytest

from opensponsor.audit.models import Event
from opensponsor.cases.services.cases import transfer_case
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.feeds import queries as feeds
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import Sponsor
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.people import queries as people
from opensponsor.people.models import Household
from opensponsor.visas import queries
from opensponsor.visas.services import assign_to_council
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
            assign_to_council(
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


def test_a_sponsor_of_another_household_stays(place):
    second = factories.household(place.nobody, "Petro Bondar")
    factories.sponsorship(second, place.sponsor)
    place.assign()
    assert place.owners() == [place.council.pk, place.nobody.pk]


def test_a_sponsor_whom_the_council_has_recorded_stays(place):
    factories.sponsor(place.council, "Gwen Parry", source_key="parry gwen|LL328LD")
    place.assign()
    assert place.owners() == [place.council.pk, place.nobody.pk]


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
