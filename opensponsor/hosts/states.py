"""Code lists of sponsors and hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SponsorType(models.TextChoices):
    """Whether somebody sponsored an application by name or offered a home to anybody (NAV-004)."""

    SPONSOR = "SPONSOR", _("Sponsor")
    HOST = "HOST", _("Host")
