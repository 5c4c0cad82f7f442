"""The one table of history: what was meant, what changed, who looked."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opensponsor.audit.seals import Header, split_hashes
from opensponsor.core.privacy import DataClass


class Kind(models.TextChoices):
    """What a line records."""

    EVENT = "EVENT", _("What a service did, in the caseworker's terms")
    CHANGE = "CHANGE", _("A row inserted, updated or deleted, written by the row trigger")
    ACCESS = "ACCESS", _("A record opened, a list, search or export, a sign-in, a refusal")


class Event(models.Model):
    """One line of history. Written only by the database functions `audit_record` and `audit_rows_changed`; never
    changed, never deleted.

    Ids of users, organisations and cases are plain values without foreign keys: the line outlives what it speaks of.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    code = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    organisation_id = models.IntegerField(null=True)
    request_id = models.CharField(max_length=36)
    case_id = models.UUIDField(null=True)
    owner_id = models.IntegerField(null=True)
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=60)
    detail = models.JSONField()

    field_classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.OPERATIONAL,
        "at": DataClass.OPERATIONAL,
        "kind": DataClass.OPERATIONAL,
        "code": DataClass.OPERATIONAL,
        "actor": DataClass.ACCOUNT,
        "organisation_id": DataClass.OPERATIONAL,
        "request_id": DataClass.OPERATIONAL,
        "case_id": DataClass.OPERATIONAL,
        "owner_id": DataClass.OPERATIONAL,
        "table_name": DataClass.OPERATIONAL,
        "row_id": DataClass.OPERATIONAL,
        # Old and new values of changed fields; readers get each field only if they may see its own class.
        "detail": DataClass.SAFEGUARDING,
    }

    class Meta:
        db_table = "audit_event"
        indexes = [
            # Apart, because a case is opened far more often than it is changed.
            models.Index(fields=["case_id", "-id"], condition=~Q(kind="ACCESS"), name="audit_event_case_told"),
            models.Index(fields=["case_id", "-id"], condition=Q(kind="ACCESS"), name="audit_event_case_opened"),
            models.Index(fields=["actor", "-id"], condition=Q(kind="ACCESS"), name="audit_event_opened_by"),
            models.Index(fields=["row_id", "-id"], condition=Q(kind="CHANGE"), name="audit_event_changed"),
        ]


class Seal(models.Model):
    """The signed hashes of the lines that became final since the seal before: `ids` and `hashes` (32 bytes each) in the
    order of ids.

    Append-only like the history. `seals.Header` says what the other columns mean.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    is_restored = models.BooleanField(default=False)
    base_id = models.BigIntegerField()
    xid_from = models.BigIntegerField()
    xid_to = models.BigIntegerField()
    xid_next = models.BigIntegerField()
    ids = ArrayField(models.BigIntegerField())
    hashes = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    signature = models.BinaryField()

    field_classes: ClassVar[dict[str, DataClass]] = dict.fromkeys(
        [
            "number",
            "sealed_at",
            "is_restored",
            "base_id",
            "xid_from",
            "xid_to",
            "xid_next",
            "ids",
            "hashes",
            "previous",
            "digest",
            "signature",
        ],
        DataClass.OPERATIONAL,
    )

    class Meta:
        db_table = "audit_seal"
        ordering = ["number"]

    def header(self) -> Header:
        """The seal without the hashes of its lines."""
        return Header(
            number=self.number,
            sealed_at=self.sealed_at.isoformat(),
            is_restored=self.is_restored,
            base_id=self.base_id,
            xid_from=self.xid_from,
            xid_to=self.xid_to,
            xid_next=self.xid_next,
            lines=len(self.ids),
            previous=bytes(self.previous).hex(),
            digest=bytes(self.digest).hex(),
        )

    def lines(self) -> dict[int, bytes]:
        """The hash of each line by its id, as it was sealed."""
        return dict(zip(self.ids, split_hashes(bytes(self.hashes)), strict=False))
