"""Every address says who may open it, and none carries anything personal."""

import re

import pytest
from django.urls import path

from opensponsor.identity.permissions import Permission
from opensponsor.web.access import Access, Level, access_of, requires
from tests.architecture.ours import addresses

ADDRESSES = addresses()
# Words that would put somebody into an address, a log or a bookmark. Records go by an id that says nothing.
PERSONAL = {
    "name",
    "email",
    "phone",
    "birth",
    "date_of_birth",
    "dob",
    "passport",
    "nhs",
    "postcode",
    "address",
    "search",
}
# Free text in a path: what it may hold, and why it is no name.
TEXT_PARTS = {
    "account_reset_password_from_key": "a signed key",
    "draft_save": "the name of a form and an id",
    "invitation": "a signed token",
    "gallery:page": "the name of a page",
}


@pytest.mark.rule("ORG-030")
@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_says_who_may_open_it(name):
    _, view = ADDRESSES[name]
    declared = access_of(view)
    assert isinstance(declared, Access), "opens for nobody: declare it with requires(), signed_in or public()"
    assert (declared.permission is not None) == (declared.level is Level.PERMITTED)
    assert declared.permission or declared.why, "says why no permission is needed"


def test_an_address_that_says_nothing_would_be_noticed():
    def forgotten(request):
        """Nobody declared who may open this."""

    assert access_of(path("forgotten/", forgotten).callback) is None
    assert access_of(requires(Permission.CASE_READ)(forgotten)).permission is Permission.CASE_READ


def test_every_address_has_a_name():
    assert [name for name, (route, _) in ADDRESSES.items() if name == route] == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_carries_anything_personal(name):
    route, _ = ADDRESSES[name]
    parameters = set(re.findall(r"<(?:\w+:)?(\w+)>", route)) | set(re.findall(r"\(\?P<(\w+)>", route))
    assert name in TEXT_PARTS or parameters.isdisjoint(PERSONAL)
    texts = re.findall(r"<(?:str:|path:)?(\w+)>", route) if name not in TEXT_PARTS else []
    typed = set(re.findall(r"<(?:uuid|int|slug|\w*code):(\w+)>", route))
    assert set(texts) - typed == set(), "a free text in an address: who knows what stands there"


def test_nothing_of_the_framework_is_open():
    routes = " ".join(route for route, _ in ADDRESSES.values())
    for word in ("admin", "__debug__", "signup", "schema", "swagger"):
        assert f"{word}/" not in routes
