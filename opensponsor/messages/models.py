"""Notices: mail that is to be sent, written in the transaction of what it tells."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.messages.states import Letter


class Notice(Record):
    """A letter to one address, or to whoever holds a role at an organisation when it is sent.

    `context` holds ids, dates and numbers and nothing about a person; the text is made from it when the letter is sent.
    """

    address = models.EmailField(blank=True)
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    letter = models.CharField(max_length=30, choices=Letter.choices)
    # Empty where nobody knows which language to use: then the letter is sent in both.
    language = models.CharField(max_length=2, blank=True)
    context = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, D]] = {
        "address": D.ACCOUNT,
        "role": D.OPERATIONAL,
        "place": D.OPERATIONAL,
        "letter": D.OPERATIONAL,
        "language": D.OPERATIONAL,
        "context": D.OPERATIONAL,
        "sent_at": D.OPERATIONAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(role="", place=None) & ~Q(address=""))
                | (Q(address="", place__isnull=False) & ~Q(role="")),
                name="notice_has_one_addressee",
                violation_error_message=_("A notice goes to one address, or to a role at an organisation."),
            )
        ]
