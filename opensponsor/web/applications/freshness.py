"""How fresh what came with the feed is."""

from typing import Any

from django.utils.translation import gettext as _

from opensponsor.feeds import queries
from opensponsor.feeds.states import Feed
from opensponsor.web.components import cells
from opensponsor.web.components.markup import joined


def last_refreshed() -> Any:
    """The stamp of every page that follows the feed of applications (CMS-011)."""
    moment = queries.last_loaded_at(Feed.APPLICATIONS)
    if moment is None:
        return _("No file of visa applications was loaded yet.")
    return joined((_("Last refreshed:"), " ", cells.moment(moment)))
