"""Sponsors and hosts, where they live, what they offer and whom they sponsor."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case, OnCase
from opensponsor.core.privacy import DataClass as D
from opensponsor.hosts.states import FamilyType, HostStatus, PropertyStatus, Source, SponsorType, StepFree
from opensponsor.people.models import Household


class Sponsor(OnCase):
    """Somebody who sponsors an application by name or offers a home. Its case has the reference, owner and work."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sponsor", db_constraint=False)
    type = models.CharField(max_length=7, choices=SponsorType.choices)
    given_names = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=6, choices=HostStatus.choices, default=HostStatus.APPLIED)
    # Where the sponsor lives, which need not be what is offered (SPO-007). Postcodes are stored without a space.
    home_address = models.CharField(max_length=400, blank=True)
    home_postcode = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.MANUAL)
    # What makes rows of a feed one sponsor of one owner: normalised name and postcode. Empty when made by hand.
    source_key = models.CharField(max_length=500, blank=True, db_collation="C")
    # What the feed last said, by field: a column that differs from it was changed by a council and stays (FEED-010).
    fed = models.JSONField(default=dict, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "type": D.OPERATIONAL,
        "given_names": D.PERSONAL,
        "family_name": D.PERSONAL,
        "birth_date": D.PERSONAL,
        "email": D.CONTACT,
        "phone": D.CONTACT,
        "status": D.OPERATIONAL,
        "home_address": D.CONTACT,
        "home_postcode": D.CONTACT,
        "source": D.OPERATIONAL,
        "source_key": D.CONTACT,
        "fed": D.CONTACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source_key"],
                condition=~Q(source_key=""),
                name="sponsor_once_per_owner",
                violation_error_message=_("This sponsor is recorded already."),
            )
        ]


class HostAddress(OnCase):
    """A place that a sponsor or host offers to live in (ADR-001). Hangs on the case of the sponsor."""

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="addresses", db_constraint=False)
    address = models.CharField(max_length=400)
    postcode = models.CharField(max_length=8, blank=True)
    # Tells apart flats of one address that take in several families (ADR-022).
    annotation = models.CharField(max_length=60, blank=True)
    is_sponsors_home = models.BooleanField(null=True, blank=True)
    # Taken out of use by the national team (ORG-035). What refers to it stays.
    removed_on = models.DateField(null=True, blank=True)
    source_key = models.CharField(max_length=500, blank=True, db_collation="C")

    field_classes: ClassVar[dict[str, D]] = {
        "sponsor": D.OPERATIONAL,
        "address": D.CONTACT,
        "postcode": D.CONTACT,
        "annotation": D.CONTACT,
        "is_sponsors_home": D.OPERATIONAL,
        "removed_on": D.OPERATIONAL,
        "source_key": D.CONTACT,
    }

    class Meta:
        indexes = [models.Index(fields=["owner", "postcode"], name="host_address_postcode")]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "source_key"],
                condition=~Q(source_key=""),
                name="host_address_once_per_sponsor",
                violation_error_message=_("This address is recorded already."),
            )
        ]


class OfferedProperty(OnCase):
    """What an address offers and how far the offer is; every address has one from the start (ADR-006)."""

    address = models.OneToOneField(HostAddress, on_delete=models.PROTECT, related_name="offer", db_constraint=False)
    status = models.CharField(max_length=15, choices=PropertyStatus.choices, default=PropertyStatus.NEW)
    offer_reference = models.CharField(max_length=20, blank=True)
    single_rooms = models.PositiveSmallIntegerField(null=True, blank=True)
    double_rooms = models.PositiveSmallIntegerField(null=True, blank=True)
    family_type = models.CharField(max_length=14, choices=FamilyType.choices, blank=True)
    step_free = models.CharField(max_length=7, choices=StepFree.choices, blank=True)
    allows_pets = models.BooleanField(null=True, blank=True)
    available_from = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        [
            "address",
            "status",
            "offer_reference",
            "single_rooms",
            "double_rooms",
            "family_type",
            "step_free",
            "allows_pets",
            "available_from",
        ],
        D.OPERATIONAL,
    )


class Sponsorship(OnCase):
    """Who sponsors or hosts a household, where, and for which days. Hangs on the case of the household."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="sponsorships", db_constraint=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="sponsorships")
    address = models.ForeignKey(HostAddress, on_delete=models.PROTECT, null=True, related_name="sponsorships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        ["household", "sponsor", "address", "starts_on", "ends_on"], D.OPERATIONAL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "sponsor", "address"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="sponsorship_once_at_a_time",
                violation_error_message=_("This sponsor is linked to the household already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sponsorship_ends_after_it_starts",
                violation_error_message=_("A sponsorship cannot end before it starts."),
            ),
        ]
