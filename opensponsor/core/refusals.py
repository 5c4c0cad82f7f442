"""Refusals: exceptions whose text is a sentence for the user."""

from django.http import Http404
from django.utils.translation import gettext as _


class Refused(Exception):
    """What was asked may not happen now.

    The text says why and what to do; pages show it, the API answers 409 with it.
    """


class NotVisible(Http404):
    """The row does not exist for this actor. Absent and forbidden are the same: always a 404."""


class Conflict(Refused):
    """Somebody else saved the record first. Nothing is overwritten: the page shows both texts."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else changed this record while you were editing it."))
