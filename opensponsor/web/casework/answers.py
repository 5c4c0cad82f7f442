"""What the pages of casework answer alike."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from opensponsor.core.refusals import Conflict, Refused


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


def went_well(request: HttpRequest, done: str, url: str) -> HttpResponse:
    """To the page that shows the new state, with a message that says what was done."""
    messages.success(request, done)
    return redirect(url)
