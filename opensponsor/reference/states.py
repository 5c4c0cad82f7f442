"""The fixed values of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """The part of the United Kingdom."""

    ENGLAND = "ENGLAND", _("England")
    WALES = "WALES", _("Wales")
    SCOTLAND = "SCOTLAND", _("Scotland")
    NORTHERN_IRELAND = "NORTHERN_IRELAND", _("Northern Ireland")


class Tier(models.TextChoices):
    """A county shares its area with its districts; a single-tier authority stands alone."""

    COUNTY = "COUNTY", _("County")
    DISTRICT = "DISTRICT", _("District")
    UNITARY = "UNITARY", _("Single tier")


class AuthorityKind(models.TextChoices):
    """The legal kind of the authority."""

    COUNTY = "COUNTY", _("County council")
    NON_METROPOLITAN_DISTRICT = "NON_METROPOLITAN_DISTRICT", _("District council")
    UNITARY_AUTHORITY = "UNITARY_AUTHORITY", _("Unitary authority")
    METROPOLITAN_DISTRICT = "METROPOLITAN_DISTRICT", _("Metropolitan district")
    LONDON_BOROUGH = "LONDON_BOROUGH", _("London borough")
    CITY_OF_LONDON = "CITY_OF_LONDON", _("City of London")
    WELSH_PRINCIPAL_AREA = "WELSH_PRINCIPAL_AREA", _("Welsh principal council")
    SCOTTISH_COUNCIL_AREA = "SCOTTISH_COUNCIL_AREA", _("Scottish council")
    NORTHERN_IRELAND_DISTRICT = "NORTHERN_IRELAND_DISTRICT", _("Northern Ireland district")


class Extent(models.TextChoices):
    """How much of the predecessor the successor takes over."""

    RECODED = "RECODED", _("The same council under a new code")
    WHOLE = "WHOLE", _("All of its area")
    PART = "PART", _("Part of its area")


class NameKind(models.TextChoices):
    """Where a name of an authority comes from."""

    ENGLISH = "ENGLISH", _("Its name")
    WELSH = "WELSH", _("Its name in Welsh")
    OTHER = "OTHER", _("A name that files use")
