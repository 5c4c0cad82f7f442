"""How people look at lists, and what they took out of them."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case
from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.core.scoping import OnCaseQuerySet
from opensponsor.identity.models import Organisation, User
from opensponsor.saved_views.states import ExportFormat, ExportStatus


class SavedView(Record):
    """A person's own way of looking at a list. The one without a name holds the columns they used last."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    list_key = models.CharField(max_length=30)
    name = models.CharField(max_length=60, blank=True)
    parameters = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)

    field_classes: ClassVar[dict[str, D]] = {
        "user": D.ACCOUNT,
        "list_key": D.OPERATIONAL,
        "name": D.OPERATIONAL,
        "parameters": D.OPERATIONAL,
        "is_default": D.OPERATIONAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You have a view with this name already."),
            ),
            models.UniqueConstraint(
                fields=["user", "list_key"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
                violation_error_message=_("Another view is the default of this list."),
            ),
            models.CheckConstraint(
                condition=~Q(name="", is_default=True),
                name="saved_view_default_has_a_name",
                violation_error_message=_("Only a named view can be the default."),
            ),
        ]


class Export(Record):
    """A list that somebody took out of the platform: who, what, why, how many rows."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    list_key = models.CharField(max_length=30)
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    parameters = models.JSONField(default=dict)
    names = models.CharField(max_length=200, blank=True)
    columns = ArrayField(models.CharField(max_length=30))
    language = models.CharField(max_length=2)
    reason = models.CharField(max_length=400)
    status = models.CharField(max_length=8, choices=ExportStatus.choices, default=ExportStatus.WAITING)
    row_count = models.PositiveIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, D]] = {
        "user": D.ACCOUNT,
        "organisation": D.OPERATIONAL,
        "list_key": D.OPERATIONAL,
        "format": D.OPERATIONAL,
        "parameters": D.OPERATIONAL,
        "names": D.PERSONAL,
        "columns": D.OPERATIONAL,
        "language": D.OPERATIONAL,
        "reason": D.CASEWORK_TEXT,
        "status": D.OPERATIONAL,
        "row_count": D.OPERATIONAL,
        "expires_at": D.OPERATIONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["user", "-created_at"], name="export_user")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="export_has_a_reason",
                violation_error_message=_("Say what the file is for."),
            ),
        ]


class ExportFile(models.Model):
    """A file that a job made, until it is fetched or its day is over; in the database, where row security guards it."""

    export = models.OneToOneField(Export, on_delete=models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    # It may hold anything that the reader may see, so that nobody but the reader gets it.
    field_classes: ClassVar[dict[str, D]] = {"export": D.OPERATIONAL, "content": D.SAFEGUARDING}


class HouseholdLine(models.Model):
    """What lists of households filter, sort and find by, of each household in one place.

    It stands in three tables besides, and PostgreSQL copies it here whenever it changes there: with a filter in one
    table and the order in another, a page of a nation's list would read every household of the nation. Nobody writes
    here, and what a page shows is read from the records themselves.
    """

    case = models.OneToOneField(
        Case, on_delete=models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False, related_name="+"
    )
    owner = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    status = models.CharField(max_length=6)
    reference = models.CharField(max_length=30)
    sort_title = models.CharField(max_length=200, db_collation="C")
    search_sound = models.TextField(db_collation="C")
    opened_on = models.DateField()
    assignee = models.ForeignKey(User, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    route = models.CharField(max_length=2)
    is_complex = models.BooleanField()
    expected_on = models.DateField(null=True)
    arrived_on = models.DateField(null=True)
    # Required, as of every household at first, until they are looked at for the first time.
    checks = models.CharField(max_length=11)

    objects = OnCaseQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(["case", "owner", "status", "reference", "opened_on"], D.OPERATIONAL),
        **dict.fromkeys(["route", "is_complex", "expected_on", "arrived_on", "checks"], D.OPERATIONAL),
        "sort_title": D.PERSONAL,
        "search_sound": D.PERSONAL,
        "assignee": D.ACCOUNT,
    }

    class Meta:
        # A council's own, and every order of a nation's, by date either way round; those without a date come last.
        indexes = [
            models.Index(fields=["owner", "sort_title", "case"], name="household_line_owner"),
            models.Index(fields=["sort_title", "case"], name="household_line_title"),
            models.Index(fields=["reference", "case"], name="household_line_reference"),
            models.Index(fields=["opened_on", "case"], name="household_line_opened"),
            models.Index(fields=["checks", "status"], name="household_line_checks"),
            models.Index(Coalesce("expected_on", dt.date.max), "case", name="household_line_expected_first"),
            models.Index(Coalesce("expected_on", dt.date.min), "case", name="household_line_expected_last"),
            models.Index(Coalesce("arrived_on", dt.date.max), "case", name="household_line_arrived_first"),
            models.Index(Coalesce("arrived_on", dt.date.min), "case", name="household_line_arrived_last"),
        ]
