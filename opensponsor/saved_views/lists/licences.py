"""The list of sponsor licences."""

from django.utils.translation import gettext_lazy as _

from opensponsor.identity.permissions import Permission
from opensponsor.licensing import queries
from opensponsor.licensing.models import Licence
from opensponsor.licensing.states import Rating
from opensponsor.saved_views.columns import Column, Shape
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.filters import Choice, Day
from opensponsor.saved_views.lists import common

LICENCES = ListDefinition(
    key="licences",
    label=_("Sponsor licences"),
    permission=Permission.LICENCE_READ,
    scope=queries.licence_cases,
    rows=queries.licence_rows,
    columns=(
        common.reference(_("Licence number")),
        common.title(_("Sponsor")),
        Column(key="trading_name", label=_("Trading name"), source=(Licence, "trading_name")),
        Column(
            key="rating",
            label=_("Rating"),
            source=(Licence, "rating"),
            shape=Shape.STATUS,
            choices=Rating,
        ),
        common.STATUS,
        Column(
            key="granted_on",
            label=_("Granted"),
            source=(Licence, "granted_on"),
            shape=Shape.DATE,
            sort="licence__granted_on",
        ),
        common.ASSIGNEE,
        common.OPENED,
    ),
    filters=(
        common.BY_STATUS,
        Choice(key="rating", label=_("Rating"), path="licence__rating", source=(Licence, "rating")),
        common.BY_ASSIGNEE,
        Day(
            key="granted_from",
            label=_("Granted from"),
            path="licence__granted_on__gte",
            source=(Licence, "granted_on"),
        ),
        Day(
            key="granted_to", label=_("Granted up to"), path="licence__granted_on__lte", source=(Licence, "granted_on")
        ),
    ),
    default_sort="title",
    empty=_("No licence fits."),
)
