"""What the tests of the shape of things share."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.throwaway import Throwaway

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def ask(db: None, throwaway: Throwaway) -> Ask:
    """`ask(statement, values)`: rows of PostgreSQL's own catalogue."""

    def run(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        with throwaway.cluster.connect(database=throwaway.name) as superuser:
            return superuser.execute(statement, values).fetchall()

    return run
