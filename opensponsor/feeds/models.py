"""Files that came in, what became of each of their rows, and the raw rows that records were made from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.core.scoping import OwnedQuerySet
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.models import Organisation, User


class Load(Record):
    """One file and how far it is. Belongs to the organisation that brought it."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    feed = models.CharField(max_length=12, choices=Feed.choices)
    status = models.CharField(max_length=9, choices=LoadStatus.choices, default=LoadStatus.WAITING)
    # Names of files can name people: shown to who brought it, never logged.
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The code of the refusal of the whole file (`feeds.codes`), if it was refused.
    refusal = models.CharField(max_length=40, blank=True)
    # How many rows came to what: rows, new, changed, unchanged, older, repeated, rejected, unassigned, withdrawn.
    counts = models.JSONField(default=dict)
    # What is reported once per file: unknown columns and the like, by code.
    notices = models.JSONField(default=list)
    # How many rows were staged when the file was looked through, and in what layout they are kept.
    staged = models.JSONField(default=dict)

    objects = OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        "file_name": D.PERSONAL,
        "brought_by": D.ACCOUNT,
        "approved_by": D.ACCOUNT,
        **dict.fromkeys(
            [
                "owner",
                "feed",
                "status",
                "size",
                "sha256",
                "started_at",
                "finished_at",
                "refusal",
                "counts",
                "notices",
                "staged",
            ],
            D.OPERATIONAL,
        ),
    }

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"], name="load_owner_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "sha256"],
                condition=Q(status__in=["WAITING", "READ", "LOADING", "HELD"]),
                name="load_of_a_file_once_at_a_time",
                violation_error_message=_("This file is being loaded already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("brought_by")),
                name="load_approved_by_another",
                violation_error_message=_("Somebody else must approve what you brought."),
            ),
        ]


class LoadPart(models.Model):
    """A piece of the file of a load, in order; in the database, where row security guards it, until it is loaded."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="parts")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        "id": D.OPERATIONAL,
        "load": D.OPERATIONAL,
        "owner": D.OPERATIONAL,
        "number": D.OPERATIONAL,
        "content": D.SAFEGUARDING,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["load", "number"],
                name="load_part_once",
                violation_error_message=_("This part of the file is there already."),
            )
        ]


class StagedRow(models.Model):
    """A row of a file as it was staged when somebody looked through it, until it is loaded.

    Written and deleted by the load alone, thousands at once: nothing is checked row by row. The file itself is kept
    until then, so the table is not written to the log: after a crash it is empty, and the file is read again.
    """

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    line = models.PositiveIntegerField()
    raw = models.JSONField()
    # The row as it was understood: a row of the table it was staged in, as PostgreSQL writes one.
    known = models.TextField()

    objects = OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(["id", "load", "owner", "line"], D.OPERATIONAL),
        **dict.fromkeys(["raw", "known"], D.IDENTITY_DOCUMENT),
    }


class Reject(models.Model):
    """A row, or a field of a row, that was not taken: where, why and what stood there."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="rejects")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80, blank=True)
    # A code of `feeds.codes`, which has the sentence.
    reason = models.CharField(max_length=40)
    value = models.CharField(max_length=100, blank=True)

    objects = OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(["id", "load", "owner", "line", "field", "reason"], D.OPERATIONAL),
        # Never that of a document: those are not kept with the reason.
        "value": D.PERSONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["load", "line", "id"], name="reject_list")]


class SourceRow(Record):
    """The raw row that an application or offer was last made from, so that every field can be traced to it.

    Belongs to the owner of what was made from it. Found by its key alone and written by loads alone, a hundred thousand
    at once, each of which was seen to have its load and its owner: PostgreSQL need not look for them again row by row.
    """

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    feed = models.CharField(max_length=12, choices=Feed.choices)
    # The UAN without dashes, or the reference of the offer.
    key = models.CharField(max_length=40, db_collation="C")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    line = models.PositiveIntegerField()
    raw = models.JSONField()
    # The same row as it was understood: trimmed, typed, with the keys that make rows one person, sponsor or address,
    # but for what its application says itself.
    facts = models.JSONField(default=dict)
    # What makes applications one person and offers one host, whoever owns them.
    person_key = models.CharField(max_length=80, blank=True, db_collation="C")

    objects = OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(["owner", "feed", "key", "load", "line"], D.OPERATIONAL),
        **dict.fromkeys(["raw", "facts", "person_key"], D.IDENTITY_DOCUMENT),
    }

    class Meta:
        indexes = [models.Index(fields=["person_key"], name="source_row_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "key"],
                name="source_row_once",
                violation_error_message=_("This row is recorded already."),
            )
        ]
