"""Asking for mail and other work about signing in that jobs do."""

import datetime as dt

from django.http import HttpRequest

from opensponsor.core.jobs import enqueue, enqueue_at
from opensponsor.web import jobs
from opensponsor.web.account import mail

NOBODY = 0


def send_later(request: HttpRequest, user_id: int, kind: str) -> None:
    """Ask for a mail of this kind, see `mail`. For NOBODY a job runs as well and sends nothing."""
    enqueue(jobs.send_account_mail, user_id=user_id, kind=kind, origin=_origin(request))


def reset_second_factors_at(request: HttpRequest, user_id: int, due_at: dt.datetime) -> None:
    """Ask for the removal of somebody's second factors, and tell them now."""
    arguments = {"user_id": user_id, "due_at": due_at.isoformat(), "origin": _origin(request)}
    enqueue_at(due_at, jobs.reset_second_factors, **arguments)
    send_later(request, user_id, mail.RESET_ANNOUNCED)


def _origin(request: HttpRequest) -> str:
    """The address of this service as its users write it."""
    return f"{request.scheme}://{request.get_host()}"
