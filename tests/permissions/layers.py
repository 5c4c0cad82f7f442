"""Switching off each of the two layers that keep organisations apart, for a test that has the database to itself."""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import sql

from opensponsor.core import statements
from opensponsor.core.scoping import OwnedQuerySet
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission as P  # noqa: N817 - as in the tables of roles
from tests.architecture.ours import PACKAGE
from tests.throwaway import Throwaway

SCOPES = ("visible_to", "within", "writable_by")


def without_row_security(throwaway: Throwaway) -> None:
    """Drop the second layer: every policy is gone, every row is in reach of the runtime. For the rest of the test."""
    with throwaway.cluster.connect(database=throwaway.name) as superuser:
        tables = superuser.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'").fetchall()
        for (table,) in tables:
            superuser.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))


# Functions that ask, besides the query sets, whether something is one's own; without their question about the place.
QUESTIONS: dict[str, Callable[..., Any]] = {
    "owns_or_works_for": lambda actor, kind, owner_id: True,
    "may_manage_people_of": lambda actor, place: actor.may(P.ROLE_GRANT) or actor.may(P.ACCOUNT_MANAGE),
    "may_handle_requests_of": lambda actor, place: True,
    "organisation_seen_by": lambda actor, place: Organisation.objects.get(pk=place),
}


@contextmanager
def without_scoping() -> Iterator[None]:
    """Drop the first layer: every query set that scopes gives all rows instead, and nobody asks whose something is."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "opensponsor."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    with pytest.MonkeyPatch.context() as patch:
        for kind in (OwnedQuerySet, *_below(OwnedQuerySet)):
            for name in SCOPES:
                if name in vars(kind):
                    patch.setattr(kind, name, lambda rows, actor: rows)
        statements.forget()
        for module in [one for name, one in sys.modules.items() if name.startswith("opensponsor.")]:
            for name in QUESTIONS.keys() & vars(module).keys():
                patch.setattr(module, name, QUESTIONS[name])
        yield
    statements.forget()


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
