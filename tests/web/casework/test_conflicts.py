"""Two people edit the same record: the second gets both texts, nothing is lost, and can save again."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from opensponsor.checks.models import Check
from opensponsor.core import clock
from opensponsor.core.models import Record
from opensponsor.identity.models import User
from opensponsor.identity.roles import Role
from opensponsor.web.conflicts import posted
from tests import factories
from tests.web.browsing import main_of, signed_in
from tests.world import World

TODAY = clock.today()


@dataclass(frozen=True)
class Form:
    """An editable form: where it is, what it changes, two editors, and two fields with what each of them types."""

    url: str
    row: Record
    first: User
    second: User
    field: str
    theirs: Any
    mine: Any
    other_field: str
    other: Any

    def stored(self) -> Record:
        """The row as it is now."""
        with factories.writing():
            found: Record = type(self.row)._default_manager.get(pk=self.row.pk)
        return found


def _household(world: World) -> Form:
    days = dt.date(2026, 3, 7), dt.date(2026, 3, 8)
    case = world.case
    return Form(
        f"/households/{case.pk}/change/",
        case.household,
        world.caseworker,
        world.colleague,
        "expected_on",
        *days,
        "correspondence_language",
        "UK",
    )


def _person(world: World) -> Form:
    person = factories.person(world.case.household, "Ivan Kovalenko", phone="1")
    url = f"/households/{world.case.pk}/people/{person.pk}/change/"
    return Form(url, person, world.caseworker, world.colleague, "phone", "0111", "0222", "email", "i@example.test")


def _sponsor(world: World) -> Form:
    row = factories.sponsor(world.ours, phone="1")
    url = f"/sponsors/{row.case_id}/change/"
    return Form(url, row, world.caseworker, world.colleague, "phone", "0111", "0222", "email", "g@example.test")


def _licence(world: World) -> Form:
    row = factories.licence(contact_phone="1")
    first, second = (factories.member(row.owner, Role.SPONSOR_LEVEL_1) for _ in range(2))
    url = f"/licences/{row.case_id}/change/"
    return Form(url, row, first, second, "contact_phone", "0111", "0222", "contact_email", "c@example.test")


def _note(world: World) -> Form:
    row = factories.note(world.case, world.caseworker)
    url = f"/notes/{row.pk}/change/"
    texts = "Their text, long.", "My text, longer."
    return Form(url, row, world.caseworker, world.caseworker, "body", *texts, "title", "A better title")


def _task(world: World) -> Form:
    row = factories.task(world.case, world.caseworker)
    days = TODAY + dt.timedelta(days=3), TODAY + dt.timedelta(days=5)
    url = f"/tasks/{row.pk}/change/"
    return Form(url, row, world.caseworker, world.colleague, "due_on", *days, "title", "Ring them both")


def _check(world: World) -> Form:
    case = world.case
    with factories.writing():
        row = Check.objects.create(
            case=case, owner_id=case.owner_id, type="ARRIVED", household=case.household, status="IN_PROGRESS"
        )
    url = f"/households/{case.pk}/checks/arrived/"
    texts = "Their text, long.", "My text, longer."
    return Form(
        url, row, world.caseworker, world.colleague, "comment", *texts, "checked_on", TODAY - dt.timedelta(days=3)
    )


FORMS = [_household, _person, _sponsor, _licence, _note, _task, _check]


@pytest.fixture(params=FORMS, ids=lambda make: make.__name__.strip("_"))
def form(request: pytest.FixtureRequest, world: World) -> Form:
    make: Callable[[World], Form] = request.param
    return make(world)


def _opened(client: Client, form: Form) -> dict[str, Any]:
    """What the browser would post back: the form as it opens."""
    shown = client.get(form.url).context["form"]
    return {name: posted(shown[name].value()) for name in shown.fields}


def _in_words(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, dt.date) else str(value)


def test_the_second_editor_gets_both_texts_and_nothing_is_overwritten(form: Form) -> None:
    first, second = signed_in(form.first), signed_in(form.second)
    theirs, mine = _opened(first, form), _opened(second, form)
    assert first.post(form.url, theirs | {form.field: posted(form.theirs)}).status_code == 302
    answer = second.post(form.url, mine | {form.field: posted(form.mine)})
    assert answer.status_code == 409
    text = main_of(answer)
    assert "Someone else changed this record" in text and form.first.full_name in text
    assert _in_words(form.theirs) in text and _in_words(form.mine) in text
    assert getattr(form.stored(), form.field) == form.theirs


def test_the_second_editor_can_save_again_from_the_page_of_both_texts(form: Form) -> None:
    first, second = signed_in(form.first), signed_in(form.second)
    theirs, mine = _opened(first, form), _opened(second, form)
    first.post(form.url, theirs | {form.field: posted(form.theirs)})
    page = second.post(form.url, mine | {form.field: posted(form.mine)}).context
    choice = dict(page["same"]) | {"version": page["version"]}
    answer = second.post(form.url, choice | {form.field: posted(form.mine)})
    assert answer.status_code == 302
    assert getattr(form.stored(), form.field) == form.mine and form.stored().version == 3


def test_a_third_save_in_between_is_noticed_too(form: Form) -> None:
    first, second = signed_in(form.first), signed_in(form.second)
    theirs, mine = _opened(first, form), _opened(second, form)
    first.post(form.url, theirs | {form.field: posted(form.theirs)})
    page = second.post(form.url, mine | {form.field: posted(form.mine)}).context
    third = _opened(first, form) | {form.field: posted(form.mine), form.other_field: posted(form.other)}
    assert first.post(form.url, third).status_code == 302
    choice = dict(page["same"]) | {"version": page["version"]}
    assert second.post(form.url, choice | {form.field: posted(form.theirs)}).status_code == 409


def test_changes_of_different_fields_are_both_kept_without_a_choice(form: Form) -> None:
    first, second = signed_in(form.first), signed_in(form.second)
    theirs, mine = _opened(first, form), _opened(second, form)
    first.post(form.url, theirs | {form.field: posted(form.theirs)})
    answer = second.post(form.url, mine | {form.other_field: posted(form.other)})
    assert answer.status_code == 409
    page = answer.context
    assert page["differences"] == [] and len(page["kept"]) == 2
    choice = dict(page["same"]) | {"version": page["version"]}
    assert second.post(form.url, choice).status_code == 302
    stored = form.stored()
    assert (getattr(stored, form.field), getattr(stored, form.other_field)) == (form.theirs, form.other)


def test_a_form_whose_old_values_were_tampered_with_asks_about_every_difference(form: Form) -> None:
    first, second = signed_in(form.first), signed_in(form.second)
    theirs, mine = _opened(first, form), _opened(second, form)
    first.post(form.url, theirs | {form.field: posted(form.theirs)})
    for spoiled in ("", "no json", "[1]", "{"):
        answer = second.post(form.url, mine | {form.other_field: posted(form.other), "before": spoiled})
        assert answer.status_code == 409
        asked = {difference.name for difference in answer.context["differences"]}
        assert {form.field, form.other_field} <= asked


def test_of_one_editor_nothing_is_asked(form: Form) -> None:
    client = signed_in(form.first)
    answer = client.post(form.url, _opened(client, form) | {form.field: posted(form.mine)}, follow=True)
    assert answer.status_code == 200 and "Saved: " in main_of(answer)
    assert getattr(form.stored(), form.field) == form.mine
