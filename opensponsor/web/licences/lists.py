"""The list of sponsor licences."""

from django.utils.translation import gettext_lazy as _

from opensponsor.licensing.permissions import is_licensing_body
from opensponsor.saved_views.lists.licences import LICENCES
from opensponsor.web.lists.pages import ListPage

PAGE = ListPage(LICENCES, "licences", _("Add a licence"), is_licensing_body)
