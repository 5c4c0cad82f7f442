"""The list of sponsors and hosts (NAV-004)."""

from django.utils.translation import gettext_lazy as _

from opensponsor.hosts import queries
from opensponsor.hosts.models import Sponsor
from opensponsor.hosts.states import SponsorType
from opensponsor.identity.permissions import Permission
from opensponsor.saved_views.columns import Column
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.filters import Choice
from opensponsor.saved_views.lists import common

SPONSORS = ListDefinition(
    key="sponsors",
    label=_("Sponsors and hosts"),
    permission=Permission.SPONSOR_READ,
    scope=queries.sponsor_cases,
    rows=queries.sponsor_rows,
    columns=(
        common.reference(_("Reference")),
        common.title(_("Name")),
        Column(
            key="type",
            label=_("Type"),
            source=(Sponsor, "type"),
            choices=SponsorType,
        ),
        common.owner(_("Council")),
        common.STATUS,
        Column(key="phone", label=_("Telephone"), source=(Sponsor, "phone")),
        Column(key="email", label=_("Email"), source=(Sponsor, "email")),
        common.ASSIGNEE,
        common.OPENED,
    ),
    filters=(
        common.BY_STATUS,
        Choice(key="type", label=_("Type"), path="sponsor__type", source=(Sponsor, "type")),
        common.BY_ASSIGNEE,
        common.by_owner(_("Council")),
        common.OPENED_FROM,
        common.OPENED_TO,
    ),
    default_sort="title",
    empty=_("No sponsor or host fits."),
)
