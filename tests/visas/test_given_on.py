"""Applications without a household that the wrong council was given go on to another."""

import pytest

from opensponsor.audit.models import Event
from opensponsor.cases.models import Case, Task
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.feeds import queries as feeds
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import Sponsor
from opensponsor.hosts.queries import sponsor_cases
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.visas import queries, waiting
from opensponsor.visas.models import Application
from opensponsor.visas.services.placing import assign_waiting, give_on
from opensponsor.visas.waiting import Queue
from tests import factories

KEY = "owen mair|LL11AB"


class Given:
    """Two applications submitted together, with their sponsor, which the council was given by mistake."""

    def __init__(self):
        self.nobody = factories.organisation(OrganisationKind.UNASSIGNED, name_en="Unassigned (Wales)")
        self.council, self.right = factories.organisation(name_en="Conwy CC"), factories.organisation(name_en="Gwynedd")
        self.nation = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
        self.administrator = factories.actor(self.nation, Role.NATIONAL_ADMINISTRATOR)
        self.caseworker = factories.actor(self.council, Role.CASEWORKER)
        self.sponsor = factories.sponsor(self.nobody, "Mair Owen", source="FEED", source_key=KEY)
        self.home = factories.address(self.sponsor, "3 High Street", source_key="3 high street")
        said = {"submission": "S-1", "sponsor": self.sponsor, "address": self.home, "visa_status": "PENDING"}
        self.first, self.second = (factories.application(self.nobody, **said) for _ in range(2))
        for one in (self.first, self.second):
            factories.source_row(one, factories.load(self.nation), {"visa_status": "pending"})
        with factories.as_actor(self.administrator) as actor:
            versions = {one.id: one.version for one in waiting.rows(actor, Queue.APPLICATIONS, limit=5)}
            assign_waiting(actor=actor, queue=Queue.APPLICATIONS, versions=versions, council_id=self.council.pk)

    def give_on(self, *, by=None, to=None, version=4, of=None):
        with factories.as_actor(by or self.administrator) as actor:
            given = {"version": version, "council_id": (to or self.right).pk}
            return give_on(actor=actor, application_id=(of or self.first).pk, **given)

    def owners(self):
        with factories.writing():
            return {one.owner_id for one in Application.objects.filter(submission="S-1")}

    def own_sponsors(self, council):
        """The sponsors that the council sees, by the name and key of the record."""
        with factories.as_actor(factories.actor(council, Role.CASEWORKER)) as actor:
            return [(one.title, one.sponsor.source_key) for one in sponsor_cases(actor).select_related("sponsor")]


@pytest.fixture
def given(db):
    return Given()


@pytest.mark.rule("CMS-007", "FEED-008")
def test_the_other_council_has_everything_and_the_former_sees_nothing_of_it(given):
    with factories.writing():
        case = Case.objects.get(pk=given.sponsor.case_id)
    task = factories.task(case, factories.member(given.council))
    assert given.give_on() == []
    with factories.as_actor(factories.actor(given.right, Role.CASEWORKER)) as actor:
        found = [queries.get_application(actor, one.pk) for one in (given.first, given.second)]
        assert {one.sponsor_case_id for one in found} == {given.sponsor.case_id}
        assert all(feeds.source_of(actor, Feed.APPLICATIONS, one.uan) for one in found)
    with factories.as_actor(given.caseworker) as actor:
        assert (
            list(queries.applications(actor)) == []
            and feeds.source_of(actor, Feed.APPLICATIONS, given.first.uan) is None
        )
        with pytest.raises(NotVisible):
            queries.get_application(actor, given.first.pk)
    assert given.own_sponsors(given.council) == []
    with factories.writing():
        assert {one.given_to_id for one in Application.objects.all()} == {given.right.pk}
        assert Task.objects.get(pk=task.pk).assignee_id is None


def test_the_history_says_from_whom_to_whom_for_each(given):
    given.give_on()
    with factories.writing():
        told = Event.objects.filter(code="application.given_on").order_by("id")
        found = [(one.row_id, one.owner_id, one.detail["from_id"], one.detail["to_id"]) for one in told]
    ids = (given.right.pk, given.council.pk, given.right.pk)
    assert found == [(str(given.first.pk), *ids), (str(given.second.pk), *ids)]


@pytest.mark.rule("FEED-008")
@pytest.mark.parametrize("why", ["offer", "application"])
def test_a_sponsor_whom_the_former_council_has_for_another_reason_stays_there(given, why):
    with factories.writing():
        if why == "offer":
            factories.address(Sponsor.objects.get(pk=given.sponsor.pk), "4 High Street", offer_offer_reference="EOI-1")
        else:
            factories.application(given.council, sponsor_id=given.sponsor.pk)
    assert given.give_on() == []
    assert given.own_sponsors(given.council) == given.own_sponsors(given.right) == [("Mair Owen", KEY)]
    with factories.writing():
        [own] = Sponsor.objects.filter(owner=given.right)
        assert [one.address for one in own.addresses.all()] == ["3 High Street"]
        assert {one.sponsor_id for one in Application.objects.filter(submission="S-1")} == {own.pk}


@pytest.mark.rule("FEED-008")
def test_a_sponsor_whom_the_other_council_has_recorded_leaves_the_former_all_the_same(given):
    own = factories.sponsor(given.right, "Mair Owen", source_key=KEY)
    assert given.give_on() == ["Mair Owen"]
    assert given.own_sponsors(given.council) == []
    assert given.own_sponsors(given.right) == [("Mair Owen", KEY)]
    with factories.writing():
        assert {one.sponsor_id for one in Application.objects.filter(submission="S-1")} == {own.pk}
        left = Sponsor.objects.select_related("case").get(pk=given.sponsor.pk)
        assert (left.owner_id, left.status, left.source_key) == (given.nobody.pk, "HST006", "")
        assert left.case.status == "CLOSED"


def test_only_what_the_national_team_gave_is_given_on(given):
    placed = factories.application(given.council, visa_status="PENDING")
    with_household = factories.application(given.council, factories.household(given.council), given_to=given.council)
    moved = factories.application(given.right, given_to=given.council)
    unplaced = factories.application(given.nobody, visa_status="PENDING")
    for one in (placed, with_household, moved, unplaced):
        with pytest.raises(NotVisible):
            given.give_on(of=one, to=given.right, version=1)
        with factories.as_actor(given.administrator) as actor:
            assert not waiting.may_be_given_on(actor, one.pk)
    with factories.as_actor(given.administrator) as actor:
        assert waiting.may_be_given_on(actor, given.first.pk)


def test_what_came_with_them_later_goes_along_and_is_given_on_as_well(given):
    later = factories.application(given.council, submission="S-1", visa_status="PENDING")
    given.give_on(of=later, version=5)
    assert given.owners() == {given.right.pk}


def test_what_has_a_household_already_stays_with_it(given):
    household = factories.household(given.council)
    decided = factories.application(given.council, household, submission="S-1")
    given.give_on()
    with factories.writing():
        owners = dict(Application.objects.values_list("pk", "owner"))
    right = given.right.pk
    assert owners == {given.first.pk: right, given.second.pk: right, decided.pk: given.council.pk}


def test_an_old_version_the_same_council_and_another_nation_are_refused(given):
    with pytest.raises(Conflict):
        given.give_on(version=3)
    with pytest.raises(Refused, match="belong to that council already"):
        given.give_on(to=given.council)
    for body in (factories.organisation(realm=Realm.ENGLAND), given.nobody, given.nation):
        with pytest.raises(Refused, match="Choose the council"):
            given.give_on(to=body)
    assert given.owners() == {given.council.pk}


def test_nobody_else_gives_it_on(given):
    england = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, realm=Realm.ENGLAND, reads_realms=["ENGLAND"])
    others = (
        given.caseworker,
        factories.actor(given.nation, Role.ANALYST),
        factories.actor(england, Role.NATIONAL_ADMINISTRATOR),
    )
    for actor in others:
        with pytest.raises(NotVisible):
            given.give_on(by=actor)
    assert given.owners() == {given.council.pk}
