"""What was typed is not lost: saved by itself, and kept when its session had ended."""

from collections.abc import Callable

import pytest
import time_machine
from django.db import connections

from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import Draft
from opensponsor.identity.services import drafts as services
from opensponsor.web.account import sweep
from tests.conftest import _context_restored
from tests.factories import actor
from tests.web.account.people import Browser, Person, text_of

FORM = "/tests/form/"
TYPED = {
    "text": "Met Olena at the school gate.",
    "day_day": "3",
    "day_month": "4",
    "day_year": "2027",
    "tags": ["a", "b"],
}
HOUR = 3600


@pytest.fixture(autouse=True)
def a_form(settings) -> None:
    """A page with a form like those of other journeys."""
    settings.ROOT_URLCONF = "tests.web.account.pages"


def kept() -> list[Draft]:
    with _context_restored("default"), as_system("test"):
        return list(Draft.objects.order_by("form_key"))


def test_a_page_saves_by_itself_and_brings_back_what_was_typed(mari: Person) -> None:
    mari.sign_in()
    page = mari.browser.get(FORM)
    assert 'data-autosave-url="/drafts/tests/form/"' in page.content.decode()
    assert mari.browser.post("/drafts/tests/form/", TYPED).status_code == 204
    page = mari.browser.get(FORM)
    assert "We kept what you typed" in text_of(page)
    initial = page.context["form"].initial
    assert initial == {"text": TYPED["text"], "day": ("3", "4", "2027"), "tags": ["a", "b"]}
    assert 'value="2027"' in page.content.decode()


def test_saving_the_form_drops_the_draft(mari: Person) -> None:
    mari.sign_in()
    mari.browser.post("/drafts/tests/form/", TYPED)
    assert mari.browser.post(FORM, TYPED).status_code == 302
    assert kept() == []
    assert "We kept" not in text_of(mari.browser.get(FORM))


def test_a_form_that_was_emptied_has_no_draft(mari: Person) -> None:
    mari.sign_in()
    mari.browser.post("/drafts/tests/form/", TYPED)
    mari.browser.post("/drafts/tests/form/", {"text": "", "csrfmiddlewaretoken": "x"})
    assert kept() == []


def test_what_is_sent_after_the_session_ended_is_there_after_signing_in(
    mari: Person, clock: time_machine.Traveller
) -> None:
    mari.sign_in()
    clock.shift(2 * HOUR)
    answer = mari.browser.post(FORM, TYPED, headers={"referer": f"http://testserver{FORM}?tab=1"})
    assert answer.headers["Location"] == "/sign-in/?next=%2Ftests%2Fform%2F%3Ftab%3D1"
    assert "What you typed is kept" in text_of(mari.browser.get("/sign-in/"))
    mari.sign_in()
    page = mari.browser.get(FORM)
    assert page.context["form"].initial["text"] == TYPED["text"]


def test_what_is_saved_by_itself_after_the_session_ended_is_there_too(
    mari: Person, clock: time_machine.Traveller
) -> None:
    mari.sign_in()
    clock.shift(HOUR)
    assert mari.browser.post("/drafts/tests/form/", TYPED).status_code == 302
    mari.sign_in()
    assert mari.browser.get(FORM).context["form"].initial["text"] == TYPED["text"]


@pytest.mark.parametrize("page", ["https://evil.example/form/", "http://testserver//evil.example/", "nonsense", ""])
def test_nobody_is_sent_back_to_another_site(mari: Person, clock: time_machine.Traveller, page: str) -> None:
    mari.sign_in()
    clock.shift(HOUR)
    answer = mari.browser.post(FORM, TYPED, headers={"referer": page})
    assert answer.headers["Location"] == "/sign-in/"


def test_secrets_are_never_kept(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    secret = {"oldpassword": "x1", "password1": "x2", "code": "x3", "credential": "x4", "csrfmiddlewaretoken": "x5"}
    mari.browser.post("/drafts/tests/form/", TYPED | secret | {"api_token": "x6", "next": "/x7"})
    clock.shift(HOUR)
    mari.browser.post("/account/password/", secret)
    (draft,) = kept()
    assert set(draft.content) == set(TYPED)


def test_nothing_is_kept_of_a_closed_account(mari: Person) -> None:
    from tests.factories import writing

    mari.sign_in()
    with writing():
        type(mari.user).objects.filter(pk=mari.user.pk).update(is_active=False)
    mari.browser.post(FORM, TYPED)
    assert kept() == []


def test_nothing_is_kept_of_signing_in(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(HOUR)
    Person(mari.user, mari.browser).give_password("wrong wrong wrong")
    assert kept() == []


def test_a_draft_is_its_authors_alone(mari: Person, make_person: Callable[..., Person]) -> None:
    mari.sign_in()
    mari.browser.post("/drafts/tests/form/", TYPED)
    ivan = make_person()
    ivan.sign_in()
    assert ivan.browser.get(FORM).context["form"].initial == {}
    ivan.browser.post("/drafts/tests/form/", {"text": ""})
    assert len(kept()) == 1


def test_row_security_shows_a_draft_to_its_author_only(mari: Person, council: object, acting_as) -> None:
    mari.sign_in()
    mari.browser.post("/drafts/tests/form/", TYPED)
    own, other = actor(council, of=mari.user), actor(council)  # type: ignore[arg-type]
    for who, seen in ((own, 1), (other, 0)):
        with acting_as(who), connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM identity_draft")
            assert cursor.fetchone() == (seen,)


def test_a_draft_lasts_twelve_hours(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    mari.browser.post("/drafts/tests/form/", TYPED)
    clock.shift(12 * HOUR - 1)
    mari.sign_in()
    assert mari.browser.get(FORM).context["form"].initial
    clock.shift(1)
    assert mari.browser.get(FORM).context["form"].initial == {}
    assert len(kept()) == 1
    with _context_restored("default"):
        sweep.sweep()
    assert kept() == []


def test_too_long_a_text_is_refused_and_too_many_drafts_push_out_the_oldest(
    mari: Person, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    mari.sign_in()
    assert mari.browser.post("/drafts/tests/form/", {"text": "x" * 100_001}).status_code == 413
    assert mari.browser.post(f"/drafts/{'x' * 201}/", TYPED).status_code == 413
    monkeypatch.setattr(services, "MOST_DRAFTS", 3)
    for number in range(5):
        clock.shift(1)
        mari.browser.post(f"/drafts/form/{number}/", TYPED)
    assert [draft.form_key for draft in kept()] == ["form/2", "form/3", "form/4"]


def test_a_form_from_a_stale_tab_is_kept_although_its_token_is_old(mari: Person) -> None:
    mari.browser = Browser(enforce_csrf_checks=True)
    mari.browser.handler.enforce_csrf_checks = False
    mari.sign_in()
    mari.browser.handler.enforce_csrf_checks = True
    ours = {"origin": "http://testserver", "referer": f"http://testserver{FORM}"}
    answer = mari.browser.post(FORM, TYPED, headers=ours)
    assert answer.status_code == 403
    assert "what you typed is kept" in text_of(answer)
    assert mari.browser.get(FORM).context["form"].initial["text"] == TYPED["text"]


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {}, {"origin": "null"}])
def test_a_forged_form_leaves_nothing_behind(mari: Person, headers: dict[str, str]) -> None:
    mari.browser = Browser(enforce_csrf_checks=True)
    mari.browser.handler.enforce_csrf_checks = False
    mari.sign_in()
    mari.browser.handler.enforce_csrf_checks = True
    assert mari.browser.post(FORM, TYPED, headers=headers).status_code == 403
    assert mari.browser.post("/drafts/tests/form/", TYPED, headers=headers).status_code == 403
    assert kept() == []


def test_proof_that_is_asked_for_in_between_keeps_the_text(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(600)
    answer = mari.browser.post("/tests/sensitive/", {"text": "Because"})
    assert answer.headers["Location"] == "/account/prove/password/?next=%2Ftests%2Fsensitive%2F"
    assert [draft.content for draft in kept()] == [{"text": ["Because"]}]
