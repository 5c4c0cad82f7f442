"""Licences of sponsors under the points-based system."""

from typing import ClassVar

from django.db import models

from opensponsor.cases.models import Case, OnCase
from opensponsor.core.privacy import DataClass as D
from opensponsor.licensing.states import Rating


class Licence(OnCase):
    """A licence to sponsor workers or students, owned by the sponsor. The reference of its case is its number."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="licence", db_constraint=False)
    sponsor_name = models.CharField(max_length=200)
    trading_name = models.CharField(max_length=200, blank=True)
    rating = models.CharField(max_length=1, choices=Rating.choices, default=Rating.A)
    granted_on = models.DateField()
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "sponsor_name": D.OPERATIONAL,
        "trading_name": D.OPERATIONAL,
        "rating": D.OPERATIONAL,
        "granted_on": D.OPERATIONAL,
        "contact_email": D.CONTACT,
        "contact_phone": D.CONTACT,
    }

    class Meta:
        indexes = [models.Index(fields=["granted_on", "case"], name="licence_granted")]
