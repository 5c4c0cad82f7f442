"""Visa applications as the Home Office's daily file tells them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case
from opensponsor.core.keyset import EARLIEST, LATEST
from opensponsor.core.models import Record
from opensponsor.core.privacy import DataClass as D
from opensponsor.core.scoping import OnCaseQuerySet
from opensponsor.hosts.models import HostAddress, Sponsor
from opensponsor.identity.models import Organisation
from opensponsor.people.models import Person
from opensponsor.people.states import Route
from opensponsor.visas.states import VisaStatus


class Application(Record):
    """One visa application, keyed by its UAN. Every field follows the feed (FEED-004); the newest row wins.

    It hangs on the case of the household once there is one: in Wales that is when the visa is issued (C-60).
    """

    # Organisations are found by the indexes below, or not looked for.
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    address = models.ForeignKey(
        HostAddress, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    uan = models.CharField(max_length=40, db_collation="C")
    gwf = models.CharField(max_length=40, blank=True)
    # Applications submitted together; the UAN where the file names no submission.
    submission = models.CharField(max_length=80, db_collation="C")
    route = models.CharField(max_length=2, choices=Route.choices)
    visa_status = models.CharField(max_length=12, choices=VisaStatus.choices)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    # When the event happened and when the file that told of it was made; the newer row wins in this order.
    event_at = models.DateTimeField(null=True, blank=True)
    ingested_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrives_on = models.DateField(null=True, blank=True)
    proposed_address = models.CharField(max_length=400, blank=True)
    proposed_postcode = models.CharField(max_length=8, blank=True)
    lower_authority_name = models.CharField(max_length=100, blank=True)
    upper_authority_name = models.CharField(max_length=100, blank=True)
    # The organisation that the feed named last; the owner may differ once a council has moved the household on.
    # Found among the organisations by the load itself: PostgreSQL need not look again.
    fed_owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # The council that somebody gave it to before there was a household: whatever the feed names then, it stays there.
    given_to = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = OnCaseQuerySet.as_manager()
    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(
            [
                "owner",
                "case",
                "person",
                "sponsor",
                "address",
                "uan",
                "gwf",
                "submission",
                "route",
                "visa_status",
                "event_at",
                "ingested_at",
                "decided_at",
                "arrived_at",
                "arrives_on",
                "lower_authority_name",
                "upper_authority_name",
                "fed_owner",
                "given_to",
            ],
            D.OPERATIONAL,
        ),
        "given_names": D.PERSONAL,
        "family_name": D.PERSONAL,
        "birth_date": D.PERSONAL,
        "proposed_address": D.CONTACT,
        "proposed_postcode": D.CONTACT,
    }

    class Meta:
        indexes = [
            models.Index(fields=["owner", "uan"], name="application_owner"),
            models.Index(fields=["owner", "visa_status", "uan"], name="application_owner_status"),
            models.Index(fields=["submission"], name="application_submission"),
            # The list sorted by the latest event, either way round; applications without one come last.
            models.Index(Coalesce("event_at", LATEST), "id", name="application_event_first"),
            models.Index(Coalesce("event_at", EARLIEST), "id", name="application_event_last"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uan"],
                name="application_once",
                violation_error_message=_("This application is recorded already."),
            )
        ]
