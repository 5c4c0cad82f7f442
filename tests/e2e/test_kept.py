"""What somebody typed survives the end of a session, a mistake and a lost connection."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from opensponsor.identity.roles import Role
from opensponsor.web.account import session as account_session
from tests.e2e import people, steps
from tests.e2e.people import Member
from tests.e2e.visitor import Visitor

TEXT = "The landlord agreed to the move.\nThe keys are at the office. " + "All is well. " * 40


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


@pytest.fixture
def caseworker(site):
    return people.a_member(people.a_council(), Role.CASEWORKER)


@pytest.fixture
def household(caseworker):
    return people.a_household(caseworker)


def _has_been_idle(visitor: Visitor, minutes: int) -> None:
    """So many minutes go by without a page: the session was last used that long ago."""
    key = next(
        cookie["value"] for cookie in visitor.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    stored = Session.objects.get(session_key=key)
    content = stored.get_decoded()
    for name in (account_session.SEEN_AT, account_session.SIGNED_IN_AT, account_session.FACTOR_AT):
        content[name] -= minutes * 60
    Session.objects.save(key, content, stored.expire_date)


def _signs_in_again(visitor: Visitor, member: Member) -> None:
    visitor.sees_heading("Sign in")
    steps.gives_both_factors(visitor, member)
    steps.affirms(visitor)


def test_a_note_sent_after_the_session_ended_waits_for_its_author(somebody, caseworker, household, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/cases/{household.case_id}/notes/add/")
    visitor.types("Title", "Move agreed")
    visitor.types("Note", TEXT)
    _has_been_idle(visitor, 16)
    visitor.presses("Add the note")
    _signs_in_again(visitor, caseworker)
    visitor.sees("We kept what you typed")
    expect(visitor.field("Title")).to_have_value("Move agreed")
    expect(visitor.field("Note")).to_have_value(TEXT)
    visitor.presses("Add the note")
    visitor.sees_message("Note added: Move agreed")
    visitor.sees("The keys are at the office.")


def test_a_note_typed_on_the_record_itself_waits_too(somebody, caseworker, household, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/households/{household.case_id}/")
    visitor.types("Note", TEXT)
    _has_been_idle(visitor, 16)
    visitor.presses("Add the note")
    _signs_in_again(visitor, caseworker)
    visitor.sees("We kept what you typed")
    expect(visitor.field("Note")).to_have_value(TEXT)


def test_a_page_that_was_only_read_opens_again_after_the_session_ended(somebody, caseworker, household):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/households/{household.case_id}/")
    _has_been_idle(visitor, 16)
    visitor.presses("People", within=visitor.page.locator("main"))
    _signs_in_again(visitor, caseworker)
    assert visitor.path == f"/households/{household.case_id}/people/"


def test_somebody_at_work_is_not_put_out(somebody, caseworker):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    for _turn in range(3):
        visitor.opens("/tasks/")
        visitor.sees_heading("My tasks")
        _has_been_idle(visitor, 10)
    visitor.opens("/tasks/")
    visitor.sees_heading("My tasks")


def test_the_page_warns_in_time_and_one_press_stays(somebody, caseworker):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    visitor.page.clock.install()
    visitor.opens("/tasks/")
    warning = visitor.page.get_by_text("You will be signed out soon")
    expect(warning).to_be_hidden()
    visitor.page.clock.run_for("12:45")
    expect(warning).to_be_visible()
    visitor.presses("Stay signed in")
    expect(warning).to_be_hidden()
    visitor.page.clock.run_for("12:45")
    expect(warning).to_be_visible()
    visitor.page.clock.run_for("02:30")
    visitor.sees("You have been signed out")


def test_what_is_being_typed_is_kept_while_one_types(somebody, caseworker, household):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/cases/{household.case_id}/notes/add/")
    visitor.types("Note", TEXT)
    expect(visitor.page.locator("[data-autosave-status]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    later = somebody()
    people.comes_in(later, caseworker)
    later.opens(f"/cases/{household.case_id}/notes/add/")
    expect(later.field("Note")).to_have_value(TEXT)


def test_a_form_sent_while_the_connection_was_lost_is_sent_again(somebody, caseworker, household, has_scripts):
    visitor = somebody(has_scripts=has_scripts)
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/cases/{household.case_id}/notes/add/")
    visitor.types("Title", "Sent twice")
    visitor.types("Note", TEXT)
    visitor.context.set_offline(True)
    visitor.presses("Add the note")
    visitor.context.set_offline(False)
    visitor.page.reload()
    visitor.sees_message("Note added: Sent twice")
    visitor.sees("The keys are at the office.")


def test_the_back_button_finds_what_was_typed(somebody, caseworker, household):
    visitor = somebody()
    people.comes_in(visitor, caseworker)
    visitor.opens(f"/cases/{household.case_id}/notes/add/")
    visitor.types("Note", TEXT)
    expect(visitor.page.locator("[data-autosave-status]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    visitor.opens("/tasks/")
    visitor.goes_back()
    expect(visitor.field("Note")).to_have_value(TEXT)
