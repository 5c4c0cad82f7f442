from typing import Any

import pytest


@pytest.fixture
def hosting(db: None) -> Any:
    """A council with a household that somebody sponsors."""
    from tests.checks.place import make_hosting

    return make_hosting()
