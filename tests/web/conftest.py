from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Any:
    """Two councils and a household of the first."""
    from tests.world import make_world

    return make_world()
