"""Answers to requests that went wrong before any page of ours saw them."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.web.account import drafts, session


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without a fresh token: mostly from a tab that was open while its user signed in again in another.

    What it brought is kept for a user whose session is alive, if the browser says that a page of ours sent it.
    """
    user = getattr(request, "user", None)
    known = user if isinstance(user, User) else None
    sign_in.record_refusal("form.refused", user=known, request_id=request.request_id)  # type: ignore[attr-defined]
    is_ours = urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    is_kept = (
        is_ours
        and known is not None
        and session.reason_to_end(request.session, known) is None
        and session.next_step(request.session) is None
        and drafts.keep_posted(request, known)
    )
    context = {"is_kept": is_kept, "back_url": session.page_to_return_to(request)}
    return render(request, "403_csrf.html", context, status=403)
