"""Addresses answer to looking and sending and to nothing else. That looking changes nothing is asked by the matrix."""

import pytest

from opensponsor.identity.roles import Role
from tests import factories
from tests.architecture.ours import addresses
from tests.permissions.oracle import NOTHING, PAGES
from tests.permissions.probing import Probe, Who, path_of
from tests.permissions.sessions import browser_of

RECORDS = (
    "case",
    "note",
    "task",
    "share",
    "request",
    "person",
    "view",
    "export",
    "membership",
    "address",
    "load",
    "application",
)
PARTS = [f"{what}_id" for what in RECORDS]
UUID = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def browser(db):
    return browser_of(factories.member(factories.organisation(code="council"), Role.DATA_CHAMPION))


def path(page):
    """An address of the page; what it names does not exist."""
    numbers = dict.fromkeys(["session_id", "pk", "organisation_id", "user_id"], 0)
    thing = type(NOTHING)("", "", dict.fromkeys(PARTS, UUID) | numbers)
    return path_of(Probe(page, "get", Who("COUNCIL", "DATA_CHAMPION"), thing))


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_address_answers_to_another_method(browser, method):
    answers = {page: getattr(browser, method)(path(page)).status_code for page in PAGES}
    assert {page: status for page, status in answers.items() if status not in {404, 405}} == {}


def test_every_address_can_be_asked_so():
    assert {page for page in addresses() if not path(page).startswith("/")} == set()
