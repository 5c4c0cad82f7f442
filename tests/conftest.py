"""Every test runs on PostgreSQL as the runtime role, which owns nothing and is bound by row security."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from opensponsor.ops import translations
from tests.throwaway import Throwaway, make_home

HOME = "OPENSPONSOR_TEST_HOME"
THROWAWAY = pytest.StashKey[Throwaway]()
# Pages write refusals and rate limits outside the request's transaction; `owner` is for tests about the tables.
USUAL_DATABASES = ("default", "outside")
DATABASE_FIXTURES = {"db", "client", "ingest", "acting_as"}


def pytest_configure(config: pytest.Config) -> None:
    """Name the databases before Django reads its settings; the cluster starts with the first test that needs it."""
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if not worker:
        os.environ[HOME] = str(make_home())
        translations.compile_changed()
    throwaway = Throwaway(Path(os.environ[HOME]), worker or "main")
    config.stash[THROWAWAY] = throwaway
    os.environ |= throwaway.variables() | {"OPENSPONSOR_ENVIRONMENT": "test"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "opensponsor.config.settings"
    _adapt_settings(throwaway.name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process of the run removes what any of them started."""
    if not hasattr(config, "workerinput") and THROWAWAY in config.stash:
        config.stash[THROWAWAY].remove()


def _adapt_settings(database_name: str) -> None:
    from django.conf import settings

    for database in settings.DATABASES.values():
        # One of several processes has read the settings already, with the name that it inherited from the first.
        database["NAME"] = database_name
        # A database that is dropped between tests and used by many threads at once is better off without pools.
        database["OPTIONS"].pop("pool", None)
    # Static files are served from where they lie, without being gathered first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Open the usual databases for each test that uses one; `committed` means real commits."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        committed = item.get_closest_marker("committed") is not None
        if not (marker or committed or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))):
            continue
        options = {"databases": USUAL_DATABASES} | (dict(marker.kwargs) if marker else {})
        item.add_marker(pytest.mark.django_db(**options | ({"transaction": True} if committed else {})), append=False)


@pytest.fixture(scope="session")
def throwaway(pytestconfig: pytest.Config) -> Throwaway:
    """The cluster of this run, for tests that act as its superuser."""
    return pytestconfig.stash[THROWAWAY]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, throwaway: Throwaway) -> Iterator[None]:
    """Instead of Django's own test databases, which the runtime role could not make."""
    from django.test import TransactionTestCase

    throwaway.set_up()

    def put_back(case: TransactionTestCase) -> None:
        _close_connections()
        throwaway.reset()

    # Django would empty the tables as the runtime role, which may not empty the history.
    TransactionTestCase._fixture_teardown = put_back  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        _close_connections()


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()


@pytest.fixture
def acting_as(db: None) -> Callable[..., AbstractContextManager[Any]]:
    """`with acting_as(actor):` runs a block as that actor; afterwards nobody acts, even within the same transaction."""
    from opensponsor.core import rowsecurity

    @contextmanager
    def block(actor: Any, *, using: str = "default") -> Iterator[Any]:
        with _context_restored(using), rowsecurity.acting(actor, using=using):
            yield actor

    return block


@pytest.fixture
def ingest(acting_as: Callable[..., AbstractContextManager[Any]]) -> Callable[..., AbstractContextManager[Any]]:
    """`with ingest():` lets factories write rows of every organisation."""
    from opensponsor.core.actor import system_actor

    return lambda *, using="default": acting_as(system_actor("factory"), using=using)


@contextmanager
def _context_restored(using: str) -> Iterator[None]:
    """A setting made inside a savepoint outlives it: the test's own transaction would go on as the last actor."""
    from django.db import connections

    from opensponsor.core.rowsecurity import _SETTINGS

    before = [f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS]
    after = [f"set_config('{name}', %s, true)" for name in _SETTINGS]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(before))
        values = cursor.fetchone()
    yield
    if connections[using].in_atomic_block:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(after), values)
