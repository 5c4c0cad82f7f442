"""Pages that the walk does not come to, opened by their address or by going through a flow."""

import datetime as dt

import pytest
from django.urls import reverse

from opensponsor.cases.models import Case
from opensponsor.cases.services import cases, notes, requests
from opensponsor.cases.states import NoteKind, RequestKind
from opensponsor.core import clock
from opensponsor.core.rowsecurity import acting
from opensponsor.identity.models import AccessRequest
from opensponsor.identity.roles import Role
from opensponsor.identity.services import access_requests
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.services import views
from opensponsor.saved_views.state import state_of
from tests import factories
from tests.e2e import people
from tests.e2e.audit import must_be_sound


@pytest.fixture
def looks_at(somebody):
    """`looks_at(member, url_name, *arguments)`: the member opens the page, and it is sound."""
    windows = {}

    def look(member, url_name, *arguments, status=200):
        if member not in windows:
            windows[member] = somebody()
            people.comes_in(windows[member], member)
        visitor = windows[member]
        assert visitor.opens(reverse(url_name, args=arguments)).status == status
        must_be_sound(visitor, url_name.replace(":", "-"))
        return visitor

    return look


def test_pages_about_a_closed_and_a_shared_record(looks_at):
    council = people.a_council()
    worker, champion = people.a_member(council, Role.CASEWORKER), people.a_member(council, Role.DATA_CHAMPION)
    auditor = people.a_member(council, Role.AUDITOR)
    shared, closed, asked = (people.a_household(worker).case_id for _number in range(3))
    with acting(worker.actor) as actor:
        share = cases.share_case(
            actor=actor,
            case_id=shared,
            organisation_id=people.a_council().pk,
            reason="They move there.",
            today=clock.today(),
        )
        for case_id in (closed, asked):
            version = Case.objects.get(pk=case_id).version
            cases.close_case(actor=actor, case_id=case_id, version=version, today=clock.today())
    with acting(champion.actor) as actor:
        request = requests.raise_request(
            actor=actor, case_id=asked, kind=RequestKind.REOPEN_CASE, reason="They came back."
        )
    looks_at(worker, "casework:share_end", share.pk)
    looks_at(champion, "casework:reopen", closed)
    looks_at(champion, "casework:reopen", asked).sees("The request waits for a decision")
    looks_at(champion, "casework:request_withdraw", request.pk)
    looks_at(champion, "households:record", closed)
    looks_at(auditor, "casework:audit_changes", shared)
    looks_at(auditor, "casework:audit_opened", shared)


def test_the_page_that_strikes_a_note(looks_at):
    council = people.a_council()
    worker = people.a_member(council, Role.CASEWORKER)
    government = people.an_organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, "Government", council.realm, reads_realms=[council.realm]
    )
    with acting(worker.actor) as actor:
        case_id = people.a_household(worker).case_id
        note = notes.add_note(
            actor=actor, case_id=case_id, kind=NoteKind.CASE_NOTE, title="Wrong family", body="About somebody else."
        )
    looks_at(people.a_member(government, Role.NATIONAL_ADMINISTRATOR), "casework:note_strike", note.pk)


def test_pages_about_an_arrival_and_a_sponsor(looks_at):
    council = people.a_council()
    worker = people.a_member(council, Role.CASEWORKER)
    with factories.writing():
        expected = factories.household(council)
        sponsor = factories.sponsor(council)
    looks_at(worker, "households:arrive", expected.case_id)
    looks_at(worker, "sponsors:check_sponsor", sponsor.case_id)


def test_the_page_that_gives_a_household_to_a_council(looks_at):
    government = people.an_organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, "Government", reads_realms=[Realm.WALES.value]
    )
    nobody = people.an_organisation(OrganisationKind.UNASSIGNED, "Unassigned")
    with factories.writing():
        household = factories.household(nobody)
        factories.application(nobody, household, proposed_postcode="CF101AA")
    looks_at(people.a_member(government, Role.NATIONAL_ADMINISTRATOR), "unassigned:assign", household.case_id)


def test_pages_about_a_saved_view(looks_at):
    worker = people.a_member(people.a_council(), Role.CASEWORKER)
    definition = LISTS["households"]
    with acting(worker.actor) as actor:
        state = state_of(definition, actor, {})
        view = views.save_view(actor=actor, definition=definition, state=state, name="Mine", is_default=True)
    looks_at(worker, "households:view_rename", view.pk)
    looks_at(worker, "households:view_delete", view.pk)
    looks_at(worker, "households:views")


def test_pages_about_accounts(looks_at):
    council, empty = people.a_council(), people.a_council()
    worker = people.a_member(council, Role.CASEWORKER)
    every_realm = [realm.value for realm in Realm]
    platform = people.an_organisation(OrganisationKind.PLATFORM, "Operator", Realm.PLATFORM, reads_realms=every_realm)
    administrator = people.a_member(platform, Role.PLATFORM_ADMINISTRATOR)
    address = people.an_address()
    access_requests.ask(
        organisation_id=empty.pk, full_name="Nia First", email=address, operational_need="Leads the team."
    )
    with factories.writing():
        request = AccessRequest.objects.get(email=address)
    looks_at(administrator, "administration:nominate", empty.pk)
    looks_at(administrator, "administration:organisation_activity", empty.pk)
    looks_at(administrator, "administration:request_vouch", request.pk)
    looks_at(administrator, "second_factor_lost", council.pk, worker.user.pk)
    looks_at(worker, "account_reauthenticate")
    looks_at(worker, "mfa_reauthenticate")


def test_a_household_is_added_question_by_question(somebody):
    visitor = somebody()
    people.comes_in(visitor, people.a_member(people.a_council(), Role.CASEWORKER))
    visitor.opens("/households/")
    visitor.presses("Add a household")
    visitor.presses("Continue")
    visitor.sees_problem("Choose the route")
    must_be_sound(visitor, "add-route-wrong")
    visitor.ticks("Individual sponsor")
    visitor.presses("Continue")
    visitor.types("Given names", "Olena")
    visitor.types("Family name", "Zelenko")
    visitor.types_date("Date of birth", "1988-05-04")
    must_be_sound(visitor, "add-lead")
    visitor.presses("Continue")
    visitor.types_date("Expected arrival", (clock.today() + dt.timedelta(days=9)).isoformat())
    visitor.presses("Continue")
    visitor.sees("Olena")
    must_be_sound(visitor, "add-check")
    visitor.presses("Add the household")
    visitor.sees_heading("Household added")
    must_be_sound(visitor, "added")
    visitor.presses("Open the household")
    visitor.sees_heading("Olena Zelenko")


def test_a_conflict_and_a_page_that_does_not_exist(somebody):
    council = people.a_council()
    mari, tomos = (people.a_member(council, Role.CASEWORKER, name=name) for name in ("Mari Lee", "Tomos Ray"))
    household = people.a_household(mari)
    path = f"/households/{household.case_id}/change/"
    windows = []
    for member, day in ((mari, "2026-03-08"), (tomos, "2026-03-09")):
        visitor = somebody()
        people.comes_in(visitor, member)
        visitor.opens(path)
        visitor.types_date("Arrived", day)
        windows.append(visitor)
    for visitor in windows:
        visitor.presses("Save")
    late = windows[1]
    late.sees_heading("Someone else changed this record")
    must_be_sound(late, "conflict")
    assert late.opens("/households/00000000-0000-7000-8000-000000000000/").status == 404
    must_be_sound(late, "not-found")


def test_pages_for_somebody_outside(somebody):
    visitor = somebody()
    for name in (
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "access_request",
    ):
        visitor.opens(reverse(name))
        must_be_sound(visitor, name)
    visitor.opens(reverse("invitation", args=["no-such-token"]))
    must_be_sound(visitor, "invitation-unknown")
