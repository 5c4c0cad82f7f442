"""A council with a caseworker, and another council whose records must never show."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from opensponsor.identity.models import Organisation, User
from opensponsor.identity.roles import Role
from tests import factories
from tests.web.browsing import signed_in


@dataclass
class Place:
    """`client` is signed in as `caseworker` of `council`, who has a `colleague`."""

    council: Organisation
    other: Organisation
    caseworker: User
    colleague: User
    client: Client

    def get(self, address: str, **given: Any) -> HttpResponse:
        """The page at the address."""
        return self.client.get(address, **given)


def make_place() -> Place:
    """Two councils, always."""
    council, other = factories.organisation(name_en="Conwy CC"), factories.organisation(name_en="Gwynedd CC")
    caseworker = factories.member(council, Role.CASEWORKER, full_name="Sara Lewis")
    colleague = factories.member(council, Role.CASEWORKER, full_name="Tomos Rees")
    return Place(council, other, caseworker, colleague, signed_in(caseworker))
