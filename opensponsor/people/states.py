"""Code lists of people and households."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """By whose offer a household comes (APP-011)."""

    SUPER_SPONSOR = "SS", _("Super sponsor")
    INDIVIDUAL_SPONSOR = "IS", _("Individual sponsor")


class JourneyStatus(models.TextChoices):
    """Where the journey of a Welsh household begins on either route; the code stands beside its words."""

    SS01 = "SS01", _("SS01 Visa Approved")
    IS01 = "IS01", _("IS01 Visa & Host Approved")


class Way(models.TextChoices):
    """The status of a Welsh journey as a list has room for it, or the route where there is none."""

    SUPER_SPONSOR = "SS", _("Super sponsor")
    INDIVIDUAL_SPONSOR = "IS", _("Individual sponsor")
    SS01 = "SS01", _("SS01")
    IS01 = "IS01", _("IS01")


class CorrespondenceLanguage(models.TextChoices):
    """The language letters are written in; where it is not known, Welsh and English go together."""

    ENGLISH = "EN", _("English")
    WELSH = "CY", _("Welsh")
    UKRAINIAN = "UK", _("Ukrainian")
    NOT_KNOWN = "NOT_KNOWN", _("Not known")


class Sex(models.TextChoices):
    """As the visa application says it."""

    FEMALE = "FEMALE", _("Female")
    MALE = "MALE", _("Male")
    UNKNOWN = "UNKNOWN", _("Not stated")


class ReferenceLetters(models.TextChoices):
    """What the number of a household begins with: where it was first recorded (HH-002)."""

    IMPORTED = "FAM", _("Came with a data feed")
    MADE_HERE = "WG", _("Made on this platform")
