"""The register: global tables that everybody reads and only the loaders write."""

import datetime as dt
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from opensponsor.core.privacy import DataClass
from opensponsor.reference.states import AuthorityKind, Extent, NameKind, Nation, Tier

_Row = TypeVar("_Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[_Row]):
    """Rows that hold for the days from `valid_from` up to, not including, `valid_to`; None is without limit."""

    def on(self, day: dt.date) -> Self:
        """The rows that hold on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )


class Dated(models.Model):
    """A row with a half-open period."""

    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True


class Authority(Dated):
    """One code of a local authority. An authority that was recoded has a row for each code."""

    code = models.CharField(max_length=9, primary_key=True)
    name_en = models.CharField(max_length=60)
    # Empty where the Welsh language uses the same name.
    name_cy = models.CharField(max_length=60, blank=True)
    nation = models.CharField(max_length=16, choices=Nation.choices)
    tier = models.CharField(max_length=8, choices=Tier.choices)
    kind = models.CharField(max_length=25, choices=AuthorityKind.choices)
    county = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="districts")

    objects = DatedQuerySet.as_manager()

    field_classes: ClassVar[dict[str, DataClass]] = {
        "code": DataClass.REFERENCE,
        "name_en": DataClass.REFERENCE,
        "name_cy": DataClass.REFERENCE,
        "nation": DataClass.REFERENCE,
        "tier": DataClass.REFERENCE,
        "kind": DataClass.REFERENCE,
        "county": DataClass.REFERENCE,
        "valid_from": DataClass.REFERENCE,
        "valid_to": DataClass.REFERENCE,
    }

    class Meta:
        ordering: ClassVar = ["name_en", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="authority_period_holds_a_day",
                violation_error_message="An authority must exist for at least one day.",
            ),
            models.CheckConstraint(
                condition=Q(tier=Tier.DISTRICT, county__isnull=False)
                | (~Q(tier=Tier.DISTRICT) & Q(county__isnull=True)),
                name="authority_district_has_county",
                violation_error_message="A district has a county, and nothing else has.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_cy if self.name_cy and get_language() == "cy" else self.name_en


class AuthorityName(models.Model):
    """A name by which files know an authority; `key` is what it is looked up by (`rules.names`)."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=7, choices=NameKind.choices)
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=60, db_index=True)

    field_classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.REFERENCE,
        "authority": DataClass.REFERENCE,
        "kind": DataClass.REFERENCE,
        "name": DataClass.REFERENCE,
        "key": DataClass.REFERENCE,
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "name"],
                name="authority_name_once",
                violation_error_message="The authority has this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """From `takes_over_on` the successor stands for all or part of the predecessor."""

    predecessor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="takeovers")
    takes_over_on = models.DateField()
    extent = models.CharField(max_length=7, choices=Extent.choices)

    field_classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.REFERENCE,
        "predecessor": DataClass.REFERENCE,
        "successor": DataClass.REFERENCE,
        "takes_over_on": DataClass.REFERENCE,
        "extent": DataClass.REFERENCE,
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message="This succession is known already.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_between_two_codes",
                violation_error_message="No authority succeeds itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"


class Postcode(models.Model):
    """A postcode of the published directory and the codes of its authorities on the day of that edition."""

    postcode = models.CharField(max_length=7, primary_key=True)
    lower_tier = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    # The county where there are two tiers.
    upper_tier = models.ForeignKey(Authority, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    field_classes: ClassVar[dict[str, DataClass]] = {
        "postcode": DataClass.REFERENCE,
        "lower_tier": DataClass.REFERENCE,
        "upper_tier": DataClass.REFERENCE,
    }

    def __str__(self) -> str:
        return self.postcode


class ArrivalHub(Dated):
    """A place where people arrived in Wales and were guided onward: a value, no organisation (ORG-011)."""

    code = models.CharField(max_length=20, primary_key=True)
    name_en = models.CharField(max_length=60)
    name_cy = models.CharField(max_length=60)

    objects = DatedQuerySet.as_manager()

    field_classes: ClassVar[dict[str, DataClass]] = {
        "code": DataClass.REFERENCE,
        "name_en": DataClass.REFERENCE,
        "name_cy": DataClass.REFERENCE,
        "valid_from": DataClass.REFERENCE,
        "valid_to": DataClass.REFERENCE,
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="arrival_hub_period_holds_a_day",
                violation_error_message="An arrival hub must exist for at least one day.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_cy if get_language() == "cy" else self.name_en
