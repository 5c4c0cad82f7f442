"""Ratings of a sponsor licence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rating(models.TextChoices):
    """How far the Home Office trusts the sponsor: A, or B while an action plan runs."""

    A = "A", _("A-rated")
    B = "B", _("B-rated")
