"""Columns and filters that every list of cases has."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseStatus
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.filters import Assignee, Choice, Council, Day

STATUS = Column(key="status", label=_("Status"), source=(Case, "status"), shape=Shape.STATUS, choices=CaseStatus)
OPENED = Column(
    key="opened_on",
    label=_("Added"),
    source=(Case, "opened_on"),
    shape=Shape.DATE,
    sort="opened_on",
    is_default=False,
)
ASSIGNEE = Column(key="assignee_name", label=_("Assigned to"), source=(Case, "assignee"))

BY_STATUS = Choice(
    key="status", label=_("Status"), path="status", source=(Case, "status"), default=CaseStatus.OPEN.value
)
BY_ASSIGNEE = Assignee(key="assignee", label=_("Assigned to"), path="assignee", source=(Case, "assignee"))
OPENED_FROM = Day(key="opened_from", label=_("Added from"), path="opened_on__gte", source=(Case, "opened_on"))
OPENED_TO = Day(key="opened_to", label=_("Added up to"), path="opened_on__lte", source=(Case, "opened_on"))


def reference(label: str | Promise) -> Column:
    """The reference of the case, which names its row and links to its page."""
    return Column(key="reference", label=label, source=(Case, "reference"), sort="reference")


def title(label: str | Promise) -> Column:
    """What the case is called."""
    return Column(key="title", label=label, source=(Case, "title"), sort="sort_title")


def owner(label: str | Promise) -> Column:
    """Whose record it is, for readers of several organisations."""
    return Column(key="owner_name", label=label, source=(Case, "owner"), is_wide=True)


def by_owner(label: str | Promise) -> Council:
    """Whose records to show, for readers of several organisations."""
    return Council(key="owner", label=label, path="owner", source=(Case, "owner"))
