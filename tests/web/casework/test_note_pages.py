"""Pages of notes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opensponsor.cases.models import Note
from opensponsor.identity.services import drafts
from opensponsor.web.casework.forms import WARNING
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World


def _notes(world: World) -> list[Note]:
    with factories.writing():
        return list(Note.objects.filter(case=world.case).order_by("created_at"))


def _add_url(world: World) -> str:
    return f"/cases/{world.case.pk}/notes/add/"


NOTE = {"kind": "CASE_NOTE", "title": "Conwy CC – SL", "body": "Check booked."}


@pytest.mark.rule("NOTE-001", "NOTE-002", "NOTE-003", "NAV-018")
def test_a_note_is_one_press_from_the_record_and_its_title_is_filled_in(world: World) -> None:
    client = signed_in(world.caseworker)
    page = client.get(f"/households/{world.case.pk}/").content.decode()
    assert f'action="{_add_url(world)}"' in page and 'value="Conwy CC – SL"' in page
    answer = client.post(_add_url(world), NOTE, follow=True)
    text = main_of(answer)
    assert "Note added: Conwy CC – SL" in text and "Check booked." in text and "by Sara Lewis, Conwy CC" in text


@pytest.mark.rule("NOTE-002")
def test_a_note_without_a_title_is_refused_and_what_was_typed_is_still_there(world: World) -> None:
    text = signed_in(world.caseworker).post(_add_url(world), {**NOTE, "title": ""}).content.decode()
    assert "Enter a title" in text and "There is a problem" in text and "Check booked." in text
    assert _notes(world) == []


@pytest.mark.rule("ORG-041", "NOTE-005")
@pytest.mark.parametrize(
    "page", ["households/{case}/", "cases/{case}/notes/add/", "cases/{case}/tasks/add/", "cases/{case}/share/"]
)
def test_a_warning_stands_beside_each_free_text(world: World, page: str) -> None:
    html = signed_in(world.caseworker).get("/" + page.format(case=world.case.pk)).content.decode()
    assert html.count("<textarea") == html.count(str(WARNING)) == 1


@pytest.mark.rule("ORG-040", "NOTE-009")
def test_there_is_no_field_for_a_file_and_one_that_is_sent_is_not_kept(world: World) -> None:
    client = signed_in(world.caseworker)
    page = client.get(_add_url(world)).content.decode()
    assert 'type="file"' not in page and "multipart/form-data" not in page
    file = SimpleUploadedFile("passport.jpg", b"not a picture", "image/jpeg")
    client.post(_add_url(world), {**NOTE, "attachment": file, "body": "With a file"})
    (note,) = _notes(world)
    kept = [str(getattr(note, field.attname)) for field in Note._meta.concrete_fields]
    assert note.body == "With a file" and not [value for value in kept if "passport" in value]
    assert not [field for field in Note._meta.get_fields() if field.get_internal_type() in ("FileField", "ImageField")]


@pytest.mark.rule("NOTE-008")
def test_a_colleague_sees_no_link_to_change_a_note_and_is_told_why_not(world: World) -> None:
    note = factories.note(world.case, world.caseworker)
    own, other = signed_in(world.caseworker), signed_in(world.colleague)
    assert "Change" in main_of(own.get(f"/notes/{note.pk}/"))
    assert "Change" not in main_of(other.get(f"/notes/{note.pk}/"))
    refused = other.get(f"/notes/{note.pk}/change/")
    assert refused.status_code == 409 and "Only the person who wrote" in main_of(refused)
    answer = other.post(f"/notes/{note.pk}/change/", {**NOTE, "version": 1, "body": "Mine now"})
    assert "Only the person who wrote a note can change it" in answer.content.decode()
    assert _notes(world)[0].body == note.body


def test_the_author_changes_a_note(world: World) -> None:
    note = factories.note(world.case, world.caseworker)
    client = signed_in(world.caseworker)
    answer = client.post(f"/notes/{note.pk}/change/", {**NOTE, "version": 1, "body": "Line\r\nnext"}, follow=True)
    assert "Saved: " in main_of(answer)
    assert _notes(world)[0].body == "Line\nnext"


@pytest.mark.rule("NOTE-013")
def test_a_note_is_kept_at_the_top_and_let_go(world: World) -> None:
    first = factories.note(world.case, world.caseworker, title="First")
    factories.note(world.case, world.caseworker, title="Second")
    client = signed_in(world.colleague)
    text = main_of(client.post(f"/notes/{first.pk}/pin/", {"version": 1}, follow=True))
    assert "kept at the top" in text and text.index("First") < text.index("Second")
    assert client.post(f"/notes/{first.pk}/pin/", {"version": 1}).status_code == 409
    text = main_of(client.post(f"/notes/{first.pk}/unpin/", {"version": 2}, follow=True))
    assert text.index("Second") < text.index("First")
    assert client.get(f"/notes/{first.pk}/pin/").status_code == 405


@pytest.mark.rule("NOTE-006")
def test_a_note_entered_in_error_is_struck_out_with_its_reason(world: World) -> None:
    note = factories.note(world.case, world.caseworker, body="About somebody else")
    client = signed_in(world.caseworker)
    assert "This cannot be undone" in main_of(client.get(f"/notes/{note.pk}/remove/"))
    assert "Enter the reason" in main_of(client.post(f"/notes/{note.pk}/remove/", {"version": 1, "reason": ""}))
    text = main_of(client.post(f"/notes/{note.pk}/remove/", {"version": 1, "reason": "Wrong record"}, follow=True))
    assert "entered in error" in text and "Reason: Wrong record" in text and "About somebody else" not in text
    assert "About somebody else" not in main_of(client.get(f"/notes/{note.pk}/"))


def test_the_national_team_strikes_a_note_and_a_council_does_not(world: World) -> None:
    note = factories.note(world.case, world.caseworker)
    assert signed_in(world.champion).get(f"/notes/{note.pk}/strike/").status_code == 404
    client = signed_in(world.administrator)
    assert "Entered in error" in main_of(client.get(f"/notes/{note.pk}/"))
    answer = client.post(f"/notes/{note.pk}/strike/", {"version": 1, "reason": "Wrong record"}, follow=True)
    assert "removed as entered in error" in main_of(answer)


@pytest.mark.rule("NOTE-020")
def test_a_note_is_added_to_a_closed_record(world: World) -> None:
    client = signed_in(world.caseworker)
    client.post(f"/cases/{world.case.pk}/close/", {"version": 1})
    assert "Add the note" in main_of(client.get(f"/households/{world.case.pk}/"))
    assert "Note added" in main_of(client.post(_add_url(world), NOTE, follow=True))


@pytest.mark.rule("ORG-031", "ORG-003")
@pytest.mark.parametrize("is_shared", [False, True])
def test_another_council_changes_nothing_of_a_note(world: World, is_shared: bool) -> None:
    note = factories.note(world.case, world.caseworker)
    if is_shared:
        world.share()
    client = signed_in(world.stranger)
    assert client.get(f"/notes/{note.pk}/").status_code == (200 if is_shared else 404)
    for name in ("change", "remove"):
        assert client.get(f"/notes/{note.pk}/{name}/").status_code == 404
    given = {**NOTE, "version": 1, "reason": "Ours now", "body": "Ours now"}
    for name in ("change", "remove", "pin", "unpin"):
        assert client.post(f"/notes/{note.pk}/{name}/", given).status_code == 404
    assert client.post(_add_url(world), NOTE).status_code == 404
    (kept,) = _notes(world)
    assert (kept.body, kept.version, kept.removed_at) == (note.body, 1, None)


def test_what_was_typed_before_comes_back_and_goes_when_it_is_saved(world: World) -> None:
    actor = world.actor(world.caseworker)
    client = signed_in(world.caseworker)
    url = client.get(f"/households/{world.case.pk}/").context["note_autosave_url"]
    assert client.post(url, {**NOTE, "body": "Half a thought"}).status_code < 300
    assert "Half a thought" in client.get(f"/households/{world.case.pk}/").content.decode()
    client.post(_add_url(world), {**NOTE, "body": "A whole thought"})
    assert "Half a thought" not in client.get(f"/households/{world.case.pk}/").content.decode()
    assert drafts.find(actor=actor, form_key=_add_url(world).strip("/")) is None
