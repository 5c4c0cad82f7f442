"""Whatever a request ends in, that it was made is on record (G19): the line outlives the transaction it was made in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from opensponsor.audit.models import Event
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission
from opensponsor.identity.roles import Role
from opensponsor.web.access import requires, signed_in
from tests import factories
from tests.permissions.sessions import browser_of

pytestmark = pytest.mark.committed


def _ending(what):
    """A page that changes something and then ends in an exception."""

    @signed_in
    def view(request, row="7"):
        Organisation.objects.filter(pk=request.actor.organisation_id).update(name_en="Changed by a page that failed")
        raise what

    return view


@requires(Permission.ORGANISATION_MANAGE)
def forbidden(request):
    return HttpResponse()


@signed_in
def fine(request):
    Organisation.objects.filter(pk=request.actor.organisation_id).update(name_en="Changed by a page")
    return HttpResponse()


urlpatterns = [
    path("fine/", fine, name="fine"),
    path("forbidden/", forbidden, name="forbidden"),
    path("absent/<slug:row>/", _ending(Http404()), name="absent"),
    path("denied/<slug:row>/", _ending(PermissionDenied()), name="denied"),
    path("broken/<slug:row>/", _ending(ZeroDivisionError()), name="broken"),
]


@pytest.fixture
def user(db, settings):
    settings.ROOT_URLCONF = __name__
    return factories.member(factories.organisation(name_en="As it was"), Role.CASEWORKER)


def lines(code):
    """The lines with this code: who, which page and which row."""
    with as_system("test"):
        events = Event.objects.filter(code=code).order_by("id")
        return [(event.actor, event.detail.get("page"), event.row_id) for event in events]


ENDS = [
    ("/absent/7/", 404, "record.refused", "absent"),
    ("/denied/7/", 403, "record.refused", "denied"),
    ("/broken/7/", 500, "request.failed", "broken"),
]


@pytest.mark.parametrize(("address", "status", "code", "page"), ENDS)
def test_a_request_that_fails_changes_nothing_and_is_on_record(user, address, status, code, page):
    assert browser_of(user).get(address).status_code == status
    assert Organisation.objects.filter(name_en="As it was").exists()
    assert lines(code) == [(str(user.pk), page, "7")]


def test_a_page_that_the_role_does_not_open_is_on_record(user):
    assert browser_of(user).get("/forbidden/").status_code == 404
    assert lines("page.refused") == [(str(user.pk), "forbidden", "")]


def test_a_form_without_its_token_is_on_record(user):
    browser = browser_of(user)
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/fine/").status_code == 403
    assert [actor for actor, *_ in lines("form.refused")] == [str(user.pk)]


def test_a_form_of_nobody_without_its_token_leaves_no_name(user):
    assert Client(enforce_csrf_checks=True).post("/fine/").status_code == 403
    assert [actor for actor, *_ in lines("form.refused")] == ["system:sign-in"]


def test_a_page_that_works_keeps_its_change(user):
    assert browser_of(user).get("/fine/").status_code == 200
    assert Organisation.objects.filter(name_en="Changed by a page").exists()
    assert lines("request.failed") == []
