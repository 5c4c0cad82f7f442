"""The list of households."""

from django.utils.translation import gettext_lazy as _

from opensponsor.people.permissions import may_add
from opensponsor.saved_views.lists.households import HOUSEHOLDS
from opensponsor.web.lists.pages import ListPage

PAGE = ListPage(HOUSEHOLDS, "households", _("Add a household"), may_add)
