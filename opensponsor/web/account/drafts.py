"""Drafts for forms: what was typed comes back after a broken session, a closed tab or a lost connection.

A form is known by the path it is posted to. A page that wants drafts does three things (`docs/how-to/components.md`):
`Form(request.POST or None, initial=drafts.initial_from_draft(request))`, `autosave_url=drafts.autosave_url(request)`
in the context of its form, and `drafts.forget_draft(request)` once the form is saved.
"""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.identity.models import User
from opensponsor.identity.services import drafts, sign_in
from opensponsor.identity.services.drafts import Content

AUTOSAVE = "draft_save"
# What must not lie in a draft, and what means nothing in one.
_NOT_KEPT = re.compile(r"password|secret|token|credential|^code$|^next$|^language$", re.IGNORECASE)
_DATE_PART = re.compile(r"(.+)_(day|month|year)")


def typed(posted: QueryDict) -> Content:
    """The fields of a form that are worth keeping: no secrets, nothing empty."""
    fields = {name: posted.getlist(name) for name in posted if not _NOT_KEPT.search(name)}
    return {name: [str(value) for value in values] for name, values in fields.items() if any(values)}


def key_of(request: HttpRequest) -> str:
    """The name of the form on this page; of an autosaved form, the name it was sent under."""
    match = request.resolver_match
    if match and match.url_name == AUTOSAVE:
        return str(match.kwargs["form_key"])
    return request.path.strip("/")


def keep_posted(request: HttpRequest, user: User) -> bool:
    """Keep the fields of this request for the user, before anybody acts in its transaction. False when there is
    nothing to keep."""
    content = typed(request.POST) if request.method == "POST" else {}
    return bool(content) and drafts.keep(actor=sign_in.act_as_person(user), form_key=key_of(request), content=content)


def initial_from_draft(request: HttpRequest, form_key: str = "") -> dict[str, Any]:
    """The `initial` of a form: what its author typed before, or nothing. Says so on the page when there is something.

    `form_key` is needed only where a form is posted to another path than that of its page. Dates typed in three boxes
    come back as the three texts.
    """
    if request.method != "GET":
        return {}
    content = drafts.find(actor=request.actor, form_key=form_key or key_of(request))  # type: ignore[attr-defined]
    if not content:
        return {}
    messages.info(request, _("We kept what you typed here before. Check it, then save it."))
    return _as_initial(content)


def forget_draft(request: HttpRequest, form_key: str = "") -> None:
    """Drop the draft of a form that was saved."""
    drafts.forget(actor=request.actor, form_key=form_key or key_of(request))  # type: ignore[attr-defined]


def autosave_url(request: HttpRequest, form_key: str = "") -> str:
    """Where the page sends the fields while somebody types."""
    return reverse(AUTOSAVE, kwargs={"form_key": form_key or key_of(request)})


def _as_initial(content: Content) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for name, values in content.items():
        part = _DATE_PART.fullmatch(name)
        if part:
            day, month, year = ((content.get(f"{part[1]}_{box}") or [""])[0] for box in ("day", "month", "year"))
            initial[part[1]] = (day, month, year)
        else:
            initial[name] = values[0] if len(values) == 1 else values
    return initial
