"""The spine: one case per household, sponsor or licence, and what hangs on every case alike."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.states import (
    CaseKind,
    CaseStatus,
    NoteKind,
    RequestKind,
    RequestStatus,
    TaskKind,
)
from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.core.scoping import OnCaseQuerySet, OwnedQuerySet
from opensponsor.identity.models import Organisation, User


class CaseQuerySet(OwnedQuerySet):
    """Cases; a case shared with the reader's organisation is found by its own id."""

    case_path = "id"


class Case(Record):
    """What an organisation works on: each household, sponsor and licence has one; it does not know what hangs on it."""

    reference = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=CaseKind.choices)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sort_title = models.CharField(max_length=200, db_collation="C")
    search_sound = models.GeneratedField(
        expression=Func("sort_title", function="core_sound"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    status = models.CharField(max_length=6, choices=CaseStatus.choices, default=CaseStatus.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact_centre_works = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        "reference": D.OPERATIONAL,
        "kind": D.OPERATIONAL,
        "owner": D.OPERATIONAL,
        "title": D.PERSONAL,
        "sort_title": D.PERSONAL,
        "search_sound": D.PERSONAL,
        "status": D.OPERATIONAL,
        "opened_on": D.OPERATIONAL,
        "closed_on": D.OPERATIONAL,
        "assignee": D.ACCOUNT,
        "contact_centre_works": D.OPERATIONAL,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "kind", "status", "sort_title", "id"],
                name="case_owner_list",
            ),
            models.Index(fields=["kind", "status", "sort_title", "id"], name="case_national_list"),
            models.Index(fields=["owner", "assignee"], name="case_owner_assignee"),
            # Lists in each of their orders, of one organisation and of a nation.
            models.Index(fields=["owner", "kind", "sort_title", "id"], name="case_owner_title"),
            models.Index(fields=["owner", "kind", "opened_on", "id"], name="case_owner_opened"),
            models.Index(fields=["kind", "sort_title", "id"], name="case_national_title"),
            models.Index(fields=["kind", "reference", "id"], name="case_national_reference"),
            models.Index(fields=["kind", "opened_on", "id"], name="case_national_opened"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "reference"], name="case_reference_once"),
            models.CheckConstraint(
                condition=Q(status="OPEN", closed_on=None) | Q(status="CLOSED", closed_on__isnull=False),
                name="case_closed_has_a_date",
                violation_error_message=_("A closed record has the date it was closed, an open one has none."),
            ),
        ]


class OnCase(Record):
    """A record that hangs on a case and has the owner of the case.

    PostgreSQL refuses any other owner: case and owner together refer to the case, by the constraint that
    `core.rowsecurity.bind_to_case` makes, or to a record on it, by that of `bind_to_record`, so that none of them needs
    one of its own.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss", db_constraint=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    objects = OnCaseQuerySet.as_manager()
    record_classes: ClassVar[dict[str, D]] = {
        **Record.record_classes,
        "case": D.OPERATIONAL,
        "owner": D.OPERATIONAL,
    }

    class Meta:
        abstract = True


class Share(OnCase):
    """Another organisation may read the case for a period of days."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=400)
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, D]] = {
        "organisation": D.OPERATIONAL,
        "starts_on": D.OPERATIONAL,
        "ends_on": D.OPERATIONAL,
        "reason": D.CASEWORK_TEXT,
        "shared_by": D.ACCOUNT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(ends_on=None),
                name="share_once_per_organisation",
                violation_error_message=_("This record is already shared with that organisation."),
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("owner")),
                name="share_with_another",
                violation_error_message=_("The owner already sees this record."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="share_ends_after_it_starts",
                violation_error_message=_("Sharing cannot end before it starts."),
            ),
        ]


class Note(OnCase):
    """What somebody wrote down. Author, team and time are automatic; only the author may change it (NOTE-008)."""

    kind = models.CharField(max_length=12, choices=NoteKind.choices, default=NoteKind.CASE_NOTE)
    title = models.CharField(max_length=120)
    body = models.TextField(max_length=10_000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=120)
    author_team = models.CharField(max_length=120)
    is_pinned = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=400, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "kind": D.OPERATIONAL,
        "title": D.CASEWORK_TEXT,
        "body": D.CASEWORK_TEXT,
        "author": D.ACCOUNT,
        "author_name": D.ACCOUNT,
        "author_team": D.ACCOUNT,
        "is_pinned": D.OPERATIONAL,
        "removed_at": D.OPERATIONAL,
        "removal_reason": D.CASEWORK_TEXT,
    }

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at"], name="note_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="note_has_a_title",
                violation_error_message=_("Enter a title."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removal_reason=""),
                name="note_removal_has_a_reason",
                violation_error_message=_("Say why the note was entered in error."),
            ),
        ]


class Task(OnCase):
    """Something to do by a day, by its creator or, where the organisation allows it, a colleague (NOTE-007, C-115)."""

    kind = models.CharField(max_length=7, choices=TaskKind.choices, default=TaskKind.TASK)
    title = models.CharField(max_length=120)
    detail = models.TextField(max_length=4_000, blank=True)
    due_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    field_classes: ClassVar[dict[str, D]] = {
        "kind": D.OPERATIONAL,
        "title": D.CASEWORK_TEXT,
        "detail": D.CASEWORK_TEXT,
        "due_on": D.OPERATIONAL,
        "starts_at": D.OPERATIONAL,
        "place": D.CASEWORK_TEXT,
        "created_by": D.ACCOUNT,
        "assignee": D.ACCOUNT,
        "completed_at": D.OPERATIONAL,
        "completed_by": D.ACCOUNT,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "assignee", "due_on", "id"],
                condition=Q(completed_at=None),
                name="task_open_list",
            ),
            models.Index(fields=["case", "due_on"], name="task_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="task_has_a_title",
                violation_error_message=_("Enter what needs doing."),
            )
        ]


class ApprovalRequest(OnCase):
    """Something that needs two persons: one asks, another decides."""

    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    # The row of the case that is meant; empty where it is the case itself.
    subject_id = models.UUIDField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.SUBMITTED)
    reason = models.CharField(max_length=1000)
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=1000, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "kind": D.OPERATIONAL,
        "subject_id": D.OPERATIONAL,
        "status": D.OPERATIONAL,
        "reason": D.CASEWORK_TEXT,
        "raised_by": D.ACCOUNT,
        "decided_by": D.ACCOUNT,
        "decided_at": D.OPERATIONAL,
        "decision_reason": D.CASEWORK_TEXT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject_id"],
                condition=Q(status="SUBMITTED"),
                nulls_distinct=False,
                name="request_open_once",
                violation_error_message=_("This has already been asked and waits for a decision."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("raised_by")) | Q(status="WITHDRAWN"),
                name="request_two_persons",
                violation_error_message=_("Somebody else must decide what you asked for."),
            ),
        ]
