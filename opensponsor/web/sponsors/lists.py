"""The list of sponsors and hosts."""

from django.utils.translation import gettext_lazy as _

from opensponsor.hosts.permissions import may_add
from opensponsor.saved_views.lists.sponsors import SPONSORS
from opensponsor.web.lists.pages import ListPage

PAGE = ListPage(SPONSORS, "sponsors", _("Add a sponsor or host"), may_add)
