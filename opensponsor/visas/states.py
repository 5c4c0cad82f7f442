"""Code lists of visa applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisaStatus(models.TextChoices):
    """How far the Home Office is with an application: the words of its daily file."""

    MISSING = "MISSING", _("Missing application")
    PENDING = "PENDING", _("Pending")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    ISSUED = "ISSUED", _("Issued")
    ARRIVED = "ARRIVED", _("Arrived")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    REFUSED = "REFUSED", _("Refused")
    LAPSED = "LAPSED", _("Lapsed")
    FLOW_PENDING = "FLOW_PENDING", _("Flow visa pending")


# Applications in these states have a person in Wales; England records people at once (CMS-010, C-60).
GRANTED = frozenset({VisaStatus.ISSUED, VisaStatus.ARRIVED})

# Nobody comes on an application in these states.
OVER = frozenset({VisaStatus.WITHDRAWN, VisaStatus.REFUSED, VisaStatus.LAPSED})
