"""The list page: what it shows, how it is narrowed, sorted and paged, and who sees what."""

import pytest

from opensponsor.identity.roles import Role
from tests import factories
from tests.web.browsing import signed_in


@pytest.fixture
def council(db):
    return factories.organisation(name_en="Conwy CC")


@pytest.fixture
def caseworker(council):
    return factories.member(council, Role.CASEWORKER, full_name="Sara Lewis")


def test_a_caseworker_sees_the_households_of_the_council(council, caseworker):
    ours = factories.household(council, "Olena Koval")
    factories.household(factories.organisation(), "Petro Stranger")
    page = signed_in(caseworker).get("/households/")
    assert page.status_code == 200
    html = page.content.decode()
    assert f'href="/households/{ours.case_id}/"' in html
    assert "Olena Koval" in html and "Stranger" not in html
    assert "1 record" in html
