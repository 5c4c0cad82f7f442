"""Asking for mail about signing in."""

from django.http import HttpRequest

from opensponsor.core.jobs import enqueue
from opensponsor.web import jobs

NOBODY = 0


def send_later(request: HttpRequest, user_id: int, kind: str) -> None:
    """Ask for a mail of this kind, see `mail`. For NOBODY a job runs as well and sends nothing."""
    enqueue(jobs.send_account_mail, user_id=user_id, kind=kind, origin=f"{request.scheme}://{request.get_host()}")
