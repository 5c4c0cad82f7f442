"""Every page that every role can open: sound at each width, in both languages, and found by following links."""

import pytest

from opensponsor.demo.accounts import ACCOUNTS
from tests.e2e import people
from tests.e2e.audit import keep_picture, page_faults
from tests.e2e.crawl import Found, reachable
from tests.e2e.visitor import DESKTOP, NARROW, WIDTHS

# Shapes of pages that were looked at already, for whichever role.
_looked_at: dict[str, set[str]] = {}


def _is_new(page: Found) -> bool:
    known = _looked_at.setdefault(page.view_name, set())
    new = page.shape - known
    known |= page.shape
    return bool(new)


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email.replace("@", "-at-"))
def test_every_page_of_a_person_is_sound(somebody, world, account):
    visitor = somebody()
    people.comes_in(visitor, world.member(account))
    faults = []
    for page in reachable(visitor):
        if page.status != 200:
            faults.append(f"{page.path}: {page.status}")
        elif page.is_page and _is_new(page):
            faults += _faults(visitor, page, world.names)
    assert not faults, "\n".join(faults)


def _faults(visitor, page, names):
    visitor.opens(page.path)
    found = []
    for width in WIDTHS:
        visitor.is_at(width)
        found += [f"{page.path} at {width[0]}: {fault}" for fault in page_faults(visitor, names=names)]
        if width != NARROW:
            keep_picture(visitor, page.view_name.replace(":", "-"))
    visitor.is_at(DESKTOP)
    return found
