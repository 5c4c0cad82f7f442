"""Households and the people in them."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from opensponsor.cases.models import Case, OnCase
from opensponsor.core.privacy import DataClass as D
from opensponsor.identity.models import Organisation
from opensponsor.people.states import CorrespondenceLanguage, Route, Sex


class Household(OnCase):
    """People who travel and live together. Its case carries the reference (FAM id), the owner and the work."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="household", db_constraint=False)
    route = models.CharField(max_length=2, choices=Route.choices)
    correspondence_language = models.CharField(
        max_length=10,
        choices=CorrespondenceLanguage.choices,
        default=CorrespondenceLanguage.NOT_KNOWN,
    )
    expected_on = models.DateField(null=True, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    is_complex = models.BooleanField(default=False)
    # What makes rows of a feed one household: they were submitted together. Empty when made by hand.
    source_key = models.CharField(max_length=80, blank=True, db_collation="C")
    # The organisation that the feed last named. While it owns the household, the feed may move it on.
    fed_owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    field_classes: ClassVar[dict[str, D]] = {
        "source_key": D.OPERATIONAL,
        "fed_owner": D.OPERATIONAL,
        "route": D.OPERATIONAL,
        "correspondence_language": D.PERSONAL,
        "expected_on": D.OPERATIONAL,
        "arrived_on": D.OPERATIONAL,
        "is_complex": D.OPERATIONAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="household_once_per_submission",
                violation_error_message=_("This household is recorded already."),
            )
        ]


class Person(OnCase):
    """A person who comes. Belongs to the case of the household they are in."""

    given_names = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    search_name = models.CharField(max_length=400, db_collation="C")
    search_sound = models.GeneratedField(
        expression=Func("search_name", function="core_sound"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=9, choices=Sex.choices, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    passport_number = models.CharField(max_length=40, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    # Taken out of the active records by the national team, because the person has died (ORG-035).
    inactive_since = models.DateField(null=True, blank=True)
    # What makes rows of a feed one person of one owner: equal passport and birth date, else the application.
    source_key = models.CharField(max_length=80, blank=True, db_collation="C")
    # What the feed last said, by field: a column that differs from it was changed by a council and stays (FEED-010).
    fed = models.JSONField(default=dict, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "given_names": D.PERSONAL,
        "family_name": D.PERSONAL,
        "search_name": D.PERSONAL,
        "search_sound": D.PERSONAL,
        "birth_date": D.PERSONAL,
        "email": D.CONTACT,
        "phone": D.CONTACT,
        "passport_number": D.IDENTITY_DOCUMENT,
        "nhs_number": D.HEALTH,
        "inactive_since": D.PERSONAL,
        "sex": D.PERSONAL,
        "source_key": D.IDENTITY_DOCUMENT,
        "fed": D.IDENTITY_DOCUMENT,
    }

    class Meta:
        indexes = [
            models.Index(fields=["owner", "search_name", "id"], name="person_owner_name"),
            models.Index(fields=["search_name", "id"], name="person_national_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source_key"],
                condition=~Q(source_key=""),
                name="person_once_per_owner",
                violation_error_message=_("This person is recorded already."),
            )
        ]


class HouseholdMember(OnCase):
    """A person is in a household for a period of days; one member leads it at a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members", db_constraint=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    is_lead = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, D]] = dict.fromkeys(
        ["household", "person", "is_lead", "starts_on", "ends_on"], D.OPERATIONAL
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="member_of_one_household_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This person is in another household at that time."),
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(is_lead=True, ends_on=None),
                name="household_has_one_lead",
                violation_error_message=_("A household has one lead applicant at a time."),
            ),
        ]
