from typing import Any

import pytest


@pytest.fixture
def place(db: None) -> Any:
    """Two councils, always."""
    from tests.web.lists.place import make_place

    return make_place()
