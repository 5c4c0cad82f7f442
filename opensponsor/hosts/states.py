"""Code lists of sponsors and hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SponsorType(models.TextChoices):
    """Whether somebody sponsored an application by name or offered a home to anybody (NAV-004)."""

    SPONSOR = "SPONSOR", _("Sponsor")
    HOST = "HOST", _("Host")


class HostStatus(models.TextChoices):
    """How far somebody is on the way to hosting (JS-070 to JS-077). The last three take the record out of use."""

    APPLIED = "HST001", _("Applied")
    APPROVED = "HST002", _("Approved")
    ACTIVE = "HST003", _("Active")
    WITHDRAWN = "HST004", _("Withdrawn")
    REJECTED = "HST005", _("Rejected")
    DUPLICATE = "HST006", _("Duplicate")


class Source(models.TextChoices):
    """Where a record came from first."""

    FEED = "FEED", _("Visa application")
    OFFER = "OFFER", _("Expression of interest")
    MANUAL = "MANUAL", _("Entered by hand")


class PropertyStatus(models.TextChoices):
    """How far an offered property is on the way to guests (ADR-010)."""

    NEW = "NEW", _("New")
    PENDING_CHECKS = "PENDING_CHECKS", _("Pending checks")
    AVAILABLE = "AVAILABLE", _("Available")
    RESERVED = "RESERVED", _("Reserved")
    MATCHED = "MATCHED", _("Matched")
    MATCH_COMPLETED = "MATCH_COMPLETED", _("Match completed")
    REMOVED = "REMOVED", _("Removed")


class StepFree(models.TextChoices):
    """How much of a property can be reached without steps."""

    ALL = "ALL", _("All of it")
    SOME = "SOME", _("Some of it")
    NONE = "NONE", _("None of it")
    UNKNOWN = "UNKNOWN", _("Not known")


class FamilyType(models.TextChoices):
    """Whom a host would take in."""

    SINGLE_ADULT = "SINGLE_ADULT", _("One adult")
    SEVERAL_ADULTS = "SEVERAL_ADULTS", _("More than one adult")
    WITH_CHILDREN = "WITH_CHILDREN", _("Adults with children")
    NO_PREFERENCE = "NO_PREFERENCE", _("No preference")
