"""Kinds of organisation, and what a national body reads as a whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """The bodies that use the platform or own records in it (ORG-002, ORG-013)."""

    AUTHORITY = "AUTHORITY", _("Local authority")
    PSEUDO_AUTHORITY = "PSEUDO_AUTHORITY", _("Owner of records that left the platform")
    UNASSIGNED = "UNASSIGNED", _("Owner of records not yet placed")
    DEVOLVED_GOVERNMENT = "DEVOLVED_GOVERNMENT", _("Devolved government")
    CENTRAL_GOVERNMENT = "CENTRAL_GOVERNMENT", _("Central government")
    CONTACT_CENTRE = "CONTACT_CENTRE", _("Contact centre")
    HEALTH_BOARD = "HEALTH_BOARD", _("Health board")
    ADVISORY_SERVICE = "ADVISORY_SERVICE", _("National Advisory Service")
    SERVICE_DESK = "SERVICE_DESK", _("Service desk")
    LICENSED_SPONSOR = "LICENSED_SPONSOR", _("Licensed sponsor")
    PLATFORM = "PLATFORM", _("Operator of the platform")


class Realm(models.TextChoices):
    """What a national body reads as a whole: the records of a nation, of licensed sponsorship, or those that left."""

    ENGLAND = "ENGLAND", _("England")
    WALES = "WALES", _("Wales")
    SCOTLAND = "SCOTLAND", _("Scotland")
    NORTHERN_IRELAND = "NORTHERN_IRELAND", _("Northern Ireland")
    LICENSED = "LICENSED", _("Licensed sponsorship")
    ELSEWHERE = "ELSEWHERE", _("Outside this platform")
    PLATFORM = "PLATFORM", _("The platform itself")


class ControllerRole(models.TextChoices):
    """Whether the organisation decides about its data or acts on another's instruction (ORG-006)."""

    CONTROLLER = "CONTROLLER", _("Independent controller")
    PROCESSOR = "PROCESSOR", _("Processor")


class AccountStatus(models.TextChoices):
    """How an account stands; derived from its dates, never stored."""

    INVITED = "INVITED", _("Invited")
    ACTIVE = "ACTIVE", _("Active")
    SUSPENDED = "SUSPENDED", _("Suspended")
    LEFT = "LEFT", _("Left")


class InvitationStatus(models.TextChoices):
    """Whether a link still opens an account; derived, never stored."""

    OPEN = "OPEN", _("Waiting to be accepted")
    USED = "USED", _("Accepted")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    EXPIRED = "EXPIRED", _("Run out")


class AccessRequestStatus(models.TextChoices):
    """The way of an access request (ORG-016)."""

    SUBMITTED = "SUBMITTED", _("Waiting for the data champion")
    VOUCHED = "VOUCHED", _("Waiting for the administrator")
    REFUSED = "REFUSED", _("Refused")
    CREATED = "CREATED", _("Account created")


ACCESS_REQUEST_TRANSITIONS: dict[AccessRequestStatus, frozenset[AccessRequestStatus]] = {
    AccessRequestStatus.SUBMITTED: frozenset({AccessRequestStatus.VOUCHED, AccessRequestStatus.REFUSED}),
    AccessRequestStatus.VOUCHED: frozenset({AccessRequestStatus.CREATED, AccessRequestStatus.REFUSED}),
    AccessRequestStatus.REFUSED: frozenset(),
    AccessRequestStatus.CREATED: frozenset(),
}
