"""Kinds and statuses of what hangs on a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    """What a case is about. The case knows no more of it than this."""

    HOUSEHOLD = "HOUSEHOLD", _("Household")
    SPONSOR = "SPONSOR", _("Sponsor or host")
    LICENCE = "LICENCE", _("Sponsor licence")


class CaseStatus(models.TextChoices):
    """Whether work goes on."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class NoteKind(models.TextChoices):
    """Kinds of entry a person writes (NOTE-010), and the entry the platform writes (NOTE-012)."""

    CASE_NOTE = "CASE_NOTE", _("Case note")
    PHONE_CALL = "PHONE_CALL", _("Phone call")
    OTHER_ACTION = "OTHER_ACTION", _("Other action")
    SYSTEM = "SYSTEM", _("Written by the platform")


class TaskKind(models.TextChoices):
    """Kinds of thing to do (NOTE-010)."""

    TASK = "TASK", _("Task")
    MEETING = "MEETING", _("Meeting or appointment")


class Urgency(models.TextChoices):
    """How pressing a thing to do is, derived from its due date."""

    CRITICALLY_OVERDUE = "CRITICALLY_OVERDUE", _("Critically overdue")
    OVERDUE = "OVERDUE", _("Overdue")
    TODAY = "TODAY", _("Today")
    THIS_WEEK = "THIS_WEEK", _("This week")
    LATER = "LATER", _("Later")


class RequestKind(models.TextChoices):
    """What a council asks the national team to do."""

    REOPEN_CASE = "REOPEN_CASE", _("Reopen a closed record")
    REMOVE_ADDRESS = "REMOVE_ADDRESS", _("Remove an old address")
    PERSON_DIED = "PERSON_DIED", _("Take somebody who has died out of the active records")


class RequestStatus(models.TextChoices):
    """The way of a request for approval."""

    SUBMITTED = "SUBMITTED", _("Waiting for a decision")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


REQUEST_TRANSITIONS: dict[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.SUBMITTED: frozenset({RequestStatus.APPROVED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN}),
    RequestStatus.APPROVED: frozenset(),
    RequestStatus.REFUSED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}
