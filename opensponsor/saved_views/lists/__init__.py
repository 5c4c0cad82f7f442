"""The lists there are, by key."""

from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.lists.applicants import APPLICANTS
from opensponsor.saved_views.lists.applications import APPLICATIONS
from opensponsor.saved_views.lists.households import HOUSEHOLDS
from opensponsor.saved_views.lists.licences import LICENCES
from opensponsor.saved_views.lists.sponsors import SPONSORS

LISTS: dict[str, ListDefinition] = {one.key: one for one in (HOUSEHOLDS, APPLICANTS, SPONSORS, APPLICATIONS, LICENCES)}
