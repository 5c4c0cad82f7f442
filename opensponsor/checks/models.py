"""Checks belong to subjects: an address, a sponsor, a household at an address, a household."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case, OnCase
from opensponsor.checks.states import ChecksStatus, CheckStatus, CheckType, DbsLevel, FailureReason
from opensponsor.core.privacy import DataClass as D
from opensponsor.hosts.models import HostAddress, Sponsor
from opensponsor.people.models import Household


class Check(OnCase):
    """The present state of one check of one subject; what it was before is in the history.

    EXISTS and SPONSOR hang on the case of the sponsor and count for every household there; SUITABLE (household and
    address) and ARRIVED (household) hang on the case of the household.
    """

    type = models.CharField(max_length=8, choices=CheckType.choices)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, blank=True, related_name="checks")
    address = models.ForeignKey(HostAddress, on_delete=models.PROTECT, null=True, blank=True, related_name="checks")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="checks")
    status = models.CharField(max_length=13, choices=CheckStatus.choices, default=CheckStatus.NOT_STARTED)
    checked_on = models.DateField(null=True, blank=True)
    dbs_level = models.CharField(max_length=8, choices=DbsLevel.choices, blank=True)
    failure_reason = models.CharField(max_length=23, choices=FailureReason.choices, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        **dict.fromkeys(["type", "sponsor", "address", "household", "status", "checked_on"], D.OPERATIONAL),
        "dbs_level": D.DBS,
        "failure_reason": D.CASEWORK_TEXT,
        "comment": D.CASEWORK_TEXT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "sponsor", "address", "household"],
                nulls_distinct=False,
                name="check_once_per_subject",
                violation_error_message=_("This check is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(type="EXISTS", address__isnull=False, sponsor=None, household=None)
                | Q(type="SPONSOR", sponsor__isnull=False, address=None, household=None)
                | Q(type="SUITABLE", address__isnull=False, household__isnull=False, sponsor=None)
                | Q(type="ARRIVED", household__isnull=False, address=None, sponsor=None),
                name="check_has_its_subject",
                violation_error_message=_("A check belongs to the subject of its type."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("PASSED", "FAILED")) | Q(checked_on__isnull=False),
                name="check_outcome_has_a_date",
                violation_error_message=_("Enter the date of the outcome."),
            ),
            models.CheckConstraint(
                condition=~Q(status="FAILED") | Q(type="ARRIVED") | ~Q(failure_reason=""),
                name="check_failure_has_a_reason",
                violation_error_message=_("Choose why the check failed."),
            ),
            models.CheckConstraint(
                condition=~Q(failure_reason="OTHER") | ~Q(comment=""),
                name="check_other_reason_is_told",
                violation_error_message=_("Say what the reason is."),
            ),
            models.CheckConstraint(
                condition=~Q(type="SPONSOR", status="PASSED") | ~Q(dbs_level=""),
                name="check_passed_sponsor_has_a_level",
                violation_error_message=_("Choose the level of the DBS check."),
            ),
        ]


class ChecksSummary(OnCase):
    """What the checks of a household say together, kept because lists sort and filter by it, with its explanation."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="checks_summary", db_constraint=False)
    household = models.OneToOneField(
        Household, on_delete=models.PROTECT, related_name="checks_summary", db_constraint=False
    )
    status = models.CharField(max_length=11, choices=ChecksStatus.choices, default=ChecksStatus.REQUIRED)
    # Codes of reasons with ids of what they are about, as `checks.rules.summary` gives them; never names.
    reasons = models.JSONField(default=list)

    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(["household", "status", "reasons"], D.OPERATIONAL)

    class Meta:
        indexes = [models.Index(fields=["owner", "status", "case"], name="checks_summary_list")]
