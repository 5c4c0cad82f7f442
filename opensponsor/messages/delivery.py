"""Sending a notice, once as far as that is possible."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from opensponsor.core import clock
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import Membership, User
from opensponsor.messages.models import Notice
from opensponsor.messages.texts import text_of

_KEPT_FOR = dt.timedelta(days=90)


def deliver(notice_id: UUID) -> bool:
    """Send the notice unless it was sent. Returns whether it was sent now.

    The row is locked while the mail goes out, so that two workers never send it both. Who is killed between the mail
    and the tick sends it again; the same message number lets mail servers drop the second. Errors of the mail server
    are raised for the job to be tried again.
    """
    with as_system("notices") as _actor:
        notice = Notice.objects.select_for_update(skip_locked=True).filter(pk=notice_id, sent_at=None).first()
        if notice is None:
            return False
        addresses = _addresses(notice)
        if addresses:
            _send(notice, addresses)
        notice.sent_at = clock.now()
        notice.save(update_fields=["sent_at", "updated_at"])
        return bool(addresses)


def forget_old() -> int:
    """Drop notices sent long ago: the history of the act itself stays. Returns how many."""
    with as_system("notices"):
        return Notice.objects.filter(sent_at__lt=clock.now() - _KEPT_FOR).delete()[0]


def _addresses(notice: Notice) -> list[str]:
    """The address, or those of who holds the role there today and has an open account."""
    if notice.address:
        return [notice.address]
    held = Membership.objects.on(clock.today()).filter(organisation_id=notice.place_id, role=notice.role)
    holders = User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk")
    return list(holders.values_list("email", flat=True))


def _send(notice: Notice, addresses: list[str]) -> None:
    text = text_of(notice)
    several = len(addresses) > 1
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    EmailMessage(
        text.subject,
        text.body,
        settings.DEFAULT_FROM_EMAIL,
        to=[settings.DEFAULT_FROM_EMAIL] if several else addresses,
        bcc=addresses if several else [],
        headers={"Message-ID": f"<{notice.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    ).send()
