"""What the pages of casework answer alike."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from opensponsor.cases import permissions, policies, queries
from opensponsor.cases.models import Case
from opensponsor.core.refusals import Conflict, Refused
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest
from opensponsor.web.records.addresses import record_url


def accepts(form: forms.Form, act: Callable[[], Any], *, version: int | None = None) -> bool:
    """Whether the act was done; a refusal becomes an error of the form.

    `version` is that of the record now: when somebody else was faster, the form says so and then speaks of what is
    stored, so that it can be sent again.
    """
    try:
        act()
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        form.data = {**form.data.dict(), "version": version}  # type: ignore[attr-defined]
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def press(request: HttpRequest, act: Callable[[], Any], *, done: str, url: str) -> HttpResponse:
    """A button: do it and go back with a message, or say why not."""
    try:
        act()
    except Refused as refusal:
        return render(request, "409.html", {"sentence": str(refusal), "back_url": url}, status=409)
    messages.success(request, done)
    return redirect(url)


def told_no(request: HttpRequest, *checks: Callable[[], Any], url: str) -> HttpResponse | None:
    """The refusal that a form would end in, said before anybody types; None when it may be filled in.

    A form that was sent is refused by the service, with what was typed still in it.
    """
    if request.method == "POST":
        return None
    try:
        for check in checks:
            check()
    except Refused as refusal:
        return render(request, "409.html", {"sentence": str(refusal), "back_url": url}, status=409)
    return None


def cannot_edit(request: ActorRequest, case_id: UUID, permission: Permission) -> HttpResponse | None:
    """What stands in the way of the form of a record, if anything does. Raises NotVisible for who only reads it."""
    return cannot_work_on(request, queries.get_case_to_change(request.actor, case_id), permission)


def cannot_work_on(request: ActorRequest, case: Case, permission: Permission) -> HttpResponse | None:
    """The same for a case at hand."""
    may_work = partial(permissions.check_may_work_on, request.actor, case, permission)
    return told_no(request, may_work, partial(policies.check_is_open, case), url=record_url(case.kind, case.pk))


def went_well(request: HttpRequest, done: str, url: str) -> HttpResponse:
    """To the page that shows the new state, with a message that says what was done."""
    messages.success(request, done)
    return redirect(url)
