"""The letters the platform writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.TextChoices):
    """Each has a text per language in `templates/notices/`.

    The subject on the first line, the body after an empty one.
    """

    ACCESS_ASKED = "ACCESS_ASKED", _("To data champions: somebody asks for access")
    ACCESS_UNCLAIMED = "ACCESS_UNCLAIMED", _("To administrators: somebody asks where there is no champion")
    ACCESS_VOUCHED = "ACCESS_VOUCHED", _("To administrators: somebody was vouched for")
    ACCESS_REFUSED = "ACCESS_REFUSED", _("To who asked: the request was refused")
    INVITATION = "INVITATION", _("To who asked: the account is ready")
    FURTHER_ORGANISATION = "FURTHER_ORGANISATION", _("To a user: you joined a further organisation")
    INACTIVITY_WARNING = "INACTIVITY_WARNING", _("To a user: the account will be suspended")
    ACCOUNT_SUSPENDED = "ACCOUNT_SUSPENDED", _("To a user: the account was suspended")
    ACCOUNT_REACTIVATED = "ACCOUNT_REACTIVATED", _("To a user: the account was given back")
    ATTESTATION_DUE = "ATTESTATION_DUE", _("To data champions: confirm who still needs access")
