"""Sponsors and hosts."""

from typing import ClassVar

from django.db import models

from opensponsor.cases.models import Case, OnCase
from opensponsor.core.privacy import DataClass as D
from opensponsor.hosts.states import SponsorType


class Sponsor(OnCase):
    """Somebody who sponsors an application by name or offers a home. Its case has the reference, owner and work."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sponsor")
    type = models.CharField(max_length=7, choices=SponsorType.choices)
    given_names = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    field_classes: ClassVar[dict[str, D]] = {
        "type": D.OPERATIONAL,
        "given_names": D.PERSONAL,
        "family_name": D.PERSONAL,
        "birth_date": D.PERSONAL,
        "email": D.CONTACT,
        "phone": D.CONTACT,
    }
