"""What the tests here start from."""

import pytest


@pytest.fixture
def team(db):
    """Two councils with a champion and a caseworker each, and the operator with two administrators."""
    from tests.staff import make_team

    return make_team()
