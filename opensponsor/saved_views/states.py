"""Kinds and statuses of exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportFormat(models.TextChoices):
    """What an export is written as."""

    XLSX = "XLSX", _("Spreadsheet (Excel)")
    CSV = "CSV", _("Text with commas (CSV)")


class ExportStatus(models.TextChoices):
    """The way of an export: what is small is fetched at once, what is big waits for a job and is fetched once."""

    WAITING = "WAITING", _("Being made")
    READY = "READY", _("Ready to fetch")
    FETCHED = "FETCHED", _("Fetched")
    EXPIRED = "EXPIRED", _("Not fetched in time")
    FAILED = "FAILED", _("Could not be made")


EXPORT_TRANSITIONS: dict[ExportStatus, frozenset[ExportStatus]] = {
    ExportStatus.WAITING: frozenset({ExportStatus.READY, ExportStatus.FETCHED, ExportStatus.FAILED}),
    ExportStatus.READY: frozenset({ExportStatus.FETCHED, ExportStatus.EXPIRED}),
    ExportStatus.FETCHED: frozenset(),
    ExportStatus.EXPIRED: frozenset(),
    ExportStatus.FAILED: frozenset(),
}
