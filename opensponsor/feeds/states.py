"""Code lists of files that come in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.TextChoices):
    """What a file holds."""

    APPLICATIONS = "APPLICATIONS", _("Visa applications")
    OFFERS = "OFFERS", _("Expressions of interest")


class LoadStatus(models.TextChoices):
    """How far the loading of a file is."""

    WAITING = "WAITING", _("Waiting to be read")
    READ = "READ", _("Read, not loaded yet")
    LOADING = "LOADING", _("Being loaded")
    HELD = "HELD", _("Held for approval")
    LOADED = "LOADED", _("Loaded")
    REFUSED = "REFUSED", _("Refused")
    CANCELLED = "CANCELLED", _("Not loaded")


MAY_FOLLOW: dict[LoadStatus, frozenset[LoadStatus]] = {
    LoadStatus.WAITING: frozenset({LoadStatus.READ, LoadStatus.REFUSED, LoadStatus.CANCELLED}),
    LoadStatus.READ: frozenset({LoadStatus.LOADING, LoadStatus.CANCELLED}),
    LoadStatus.LOADING: frozenset({LoadStatus.LOADED, LoadStatus.HELD, LoadStatus.REFUSED}),
    LoadStatus.HELD: frozenset({LoadStatus.LOADING, LoadStatus.CANCELLED}),
    LoadStatus.LOADED: frozenset(),
    LoadStatus.REFUSED: frozenset(),
    LoadStatus.CANCELLED: frozenset(),
}
