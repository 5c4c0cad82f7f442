"""Pages about the case: all actions, assigning, sharing, transferring, closing, reopening, auditing."""

import pytest

from opensponsor.cases.models import ApprovalRequest, Case, Share
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World


def _case(world: World) -> Case:
    with factories.writing():
        return Case.objects.get(pk=world.case.pk)


def _url(world: World, name: str = "") -> str:
    return f"/cases/{world.case.pk}/{name}"


def test_a_case_leads_to_its_record(world: World) -> None:
    assert signed_in(world.caseworker).get(_url(world)).headers["Location"] == f"/households/{world.case.pk}/"


def test_all_actions_say_what_they_do_and_a_reader_by_share_gets_none(world: World) -> None:
    text = main_of(signed_in(world.caseworker).get(_url(world, "actions/")))
    for words in ("Assign", "Share", "Transfer", "Close", "You will not see it any more"):
        assert words in text
    world.share()
    assert "Your organisation does not work on it" in main_of(signed_in(world.stranger).get(_url(world, "actions/")))


@pytest.mark.rule("ORG-032")
def test_a_record_is_given_to_a_colleague(world: World) -> None:
    client = signed_in(world.caseworker)
    given = {"version": 1, "assignee_id": world.colleague.pk}
    assert "Given to Tomos Rees." in main_of(client.post(_url(world, "assign/"), given, follow=True))
    assert _case(world).assignee_id == world.colleague.pk
    late = client.post(_url(world, "assign/"), {"version": 1, "assignee_id": ""})
    assert "Somebody else changed this record" in main_of(late)
    again = {"version": late.context["form"]["version"].value(), "assignee_id": ""}
    assert "no caseworker any more" in main_of(client.post(_url(world, "assign/"), again, follow=True))


@pytest.mark.rule("ORG-031")
def test_a_record_is_shared_and_the_sharing_ended(world: World) -> None:
    client = signed_in(world.caseworker)
    given = {"organisation_id": world.theirs.pk, "reason": "They move there"}
    assert "Shared with Gwynedd CC" in main_of(client.post(_url(world, "share/"), given, follow=True))
    assert signed_in(world.stranger).get(f"/households/{world.case.pk}/").status_code == 200
    with factories.writing():
        share = Share.objects.get()
    assert "lose sight of the record" in main_of(client.get(f"/shares/{share.pk}/end/"))
    text = main_of(client.post(f"/shares/{share.pk}/end/", {"version": share.version}, follow=True))
    assert "No longer shared with Gwynedd CC" in text
    assert signed_in(world.stranger).get(f"/households/{world.case.pk}/").status_code == 404


@pytest.mark.rule("ORG-003")
def test_a_transfer_stops_once_to_say_what_it_means_and_then_moves_everything(world: World) -> None:
    client = signed_in(world.caseworker)
    stop = client.post(_url(world, "transfer/"), {"organisation_id": world.theirs.pk})
    text = main_of(stop)
    assert "Transfer Olena Kovalenko to Gwynedd CC?" in text and "lose sight of it at once" in text
    assert _case(world).owner_id == world.ours.pk
    given = dict(stop.context["form"].initial)
    text = main_of(client.post(_url(world, "transfer/"), given, follow=True))
    assert "Transferred to Gwynedd CC. You no longer see the record." in text
    assert client.get(f"/households/{world.case.pk}/").status_code == 404
    assert client.post(_url(world, "transfer/"), given).status_code == 404
    new = signed_in(world.stranger).get(f"/households/{world.case.pk}/notes/")
    assert "Transferred to Gwynedd CC" in main_of(new)


def test_a_transfer_of_a_record_that_changed_meanwhile_is_refused(world: World) -> None:
    client = signed_in(world.caseworker)
    given = {"organisation_id": world.theirs.pk, "version": 9, "is_confirmed": "on"}
    assert "Somebody else changed this record" in main_of(client.post(_url(world, "transfer/"), given))
    assert _case(world).owner_id == world.ours.pk


def test_a_transfer_to_nobody_that_owns_records_is_refused(world: World) -> None:
    client = signed_in(world.caseworker)
    for wrong in (world.national.pk, 0, 999_999):
        given = {"organisation_id": wrong, "version": 1, "is_confirmed": "on"}
        assert client.post(_url(world, "transfer/"), given).status_code == 200
    assert _case(world).owner_id == world.ours.pk


@pytest.mark.rule("ORG-034", "ORG-036")
def test_closing_asks_and_only_the_national_team_undoes_it(world: World) -> None:
    """TV-80 on the pages."""
    factories.task(world.case, world.caseworker)
    caseworker, champion = signed_in(world.caseworker), signed_in(world.champion)
    asked = main_of(caseworker.get(_url(world, "close/")))
    assert "Tasks that are not complete: 1" in asked and "Only the national team can reopen" in asked
    assert "The record is closed." in main_of(caseworker.post(_url(world, "close/"), {"version": 1}, follow=True))
    assert "Ask to reopen" not in main_of(caseworker.get(f"/households/{world.case.pk}/"))
    assert caseworker.post(_url(world, "reopen/"), {"reason": "Back"}).status_code == 404

    assert "Ask to reopen" in main_of(champion.get(f"/households/{world.case.pk}/"))
    champion.post(_url(world, "reopen/"), {"reason": "They came back"})
    with factories.writing():
        request = ApprovalRequest.objects.get()
    assert "The request waits for a decision" in main_of(champion.get(_url(world, "reopen/")))
    assert champion.post(f"/requests/{request.pk}/decide/", {"version": 1, "approve": "yes"}).status_code == 404

    administrator = signed_in(world.administrator)
    assert world.case.reference in main_of(administrator.get("/requests/"))
    assert "They came back" in main_of(administrator.get(f"/requests/{request.pk}/decide/"))
    refused = administrator.post(f"/requests/{request.pk}/decide/", {"version": 1, "approve": "no", "reason": ""})
    assert "Say why you refuse" in main_of(refused)
    done = administrator.post(
        f"/requests/{request.pk}/decide/", {"version": 1, "approve": "yes", "reason": ""}, follow=True
    )
    assert "Approved and done." in main_of(done)
    assert _case(world).status == "OPEN"
    assert "Request approved" in main_of(champion.get(f"/households/{world.case.pk}/notes/?show=events"))


def test_a_request_is_withdrawn_by_a_champion(world: World) -> None:
    champion = signed_in(world.champion)
    champion.post(_url(world, "close/"), {"version": 1})
    champion.post(_url(world, "reopen/"), {"reason": "They came back"})
    with factories.writing():
        request = ApprovalRequest.objects.get()
    url = f"/requests/{request.pk}/withdraw/"
    assert "Withdraw the request?" in main_of(champion.get(url))
    assert "was withdrawn" in main_of(champion.post(url, {"version": 1}, follow=True))
    assert "No request waits" in main_of(signed_in(world.administrator).get("/requests/"))


@pytest.mark.rule("ORG-031", "ORG-003")
@pytest.mark.parametrize("is_shared", [False, True])
def test_another_council_finds_no_action_and_changes_nothing(world: World, is_shared: bool) -> None:
    if is_shared:
        world.share()
    client = signed_in(world.stranger)
    given = {
        "version": 1,
        "assignee_id": world.stranger.pk,
        "organisation_id": world.theirs.pk,
        "reason": "Ours now",
        "is_confirmed": "on",
    }
    for name in ("assign/", "share/", "transfer/", "close/", "reopen/"):
        assert client.get(_url(world, name)).status_code == 404, name
        assert client.post(_url(world, name), given).status_code == 404, name
    kept = _case(world)
    assert (kept.version, kept.owner_id, kept.assignee_id, kept.status) == (1, world.ours.pk, None, "OPEN")
    with factories.writing():
        assert Share.objects.count() == int(is_shared) and not ApprovalRequest.objects.exists()


@pytest.mark.rule("ORG-033")
def test_an_auditor_reads_the_history_and_not_the_record(world: World) -> None:
    signed_in(world.caseworker).post(
        f"/cases/{world.case.pk}/notes/add/", {"kind": "CASE_NOTE", "title": "Secret title", "body": "Secret text"}
    )
    auditor = signed_in(factories.member(world.ours, Role.AUDITOR))
    assert auditor.get(f"/households/{world.case.pk}/").status_code == 404
    found = auditor.post("/audit/", {"reference": world.case.reference.lower()}, follow=True)
    text = main_of(found)
    assert "Note added" in text and "Kind" in text
    for hidden in ("Kovalenko", "Secret title", "Secret text"):
        assert hidden not in text
    assert "Who has opened it" in main_of(auditor.get(f"/audit/{world.case.pk}/opened/"))


@pytest.mark.rule("ORG-031", "ORG-033")
def test_an_auditor_of_another_council_finds_nothing(world: World) -> None:
    auditor = signed_in(factories.member(world.theirs, Role.AUDITOR))
    assert "no record with this reference" in main_of(auditor.post("/audit/", {"reference": world.case.reference}))
    for section in ("", "opened/"):
        assert auditor.get(f"/audit/{world.case.pk}/{section}").status_code == 404


def test_a_form_that_would_be_refused_says_so_before_anybody_types(world: World) -> None:
    task = factories.task(world.case, world.caseworker)
    client = signed_in(world.champion)
    assert client.get(_url(world, "reopen/")).status_code == 409
    client.post(_url(world, "close/"), {"version": 1})
    person = world.case.household.members.first()
    forms = [_url(world, name) for name in ("assign/", "share/", "transfer/", "close/", "tasks/add/")]
    forms += [f"/households/{world.case.pk}/{name}/" for name in ("change", "arrive", "people/add")]
    forms += [f"/tasks/{task.pk}/change/", f"/households/{world.case.pk}/people/{person.person_id}/change/"]
    for url in forms:
        answer = client.get(url)
        assert answer.status_code == 409, url
        assert "This record is closed. A data champion can ask" in main_of(answer)


@pytest.mark.rule("ORG-010")
def test_the_contact_centre_is_told_that_a_household_has_a_sponsor_of_its_own(world: World) -> None:
    case = factories.household(world.ours, "Ivan Melnyk", route="IS").case
    note = factories.note(case, world.caseworker)
    centre = factories.organisation(OrganisationKind.CONTACT_CENTRE, reaches=(world.ours,))
    client = signed_in(factories.member(centre, Role.CONTACT_CENTRE_OFFICER))
    text = main_of(client.get(f"/households/{case.pk}/"))
    assert "Ivan Melnyk" in text and "Add the note" not in text and "Change" not in text
    assert "Keep at the top" not in main_of(client.get(f"/notes/{note.pk}/"))
    for url in (f"/cases/{case.pk}/notes/add/", f"/cases/{case.pk}/tasks/add/", f"/households/{case.pk}/change/"):
        refused = client.get(url)
        assert refused.status_code == 409 and "individual sponsor" in main_of(refused)
    assert client.get(f"/households/{world.case.pk}/change/").status_code == 200
