"""A database that an earlier release made becomes the same as one that this release makes."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from opensponsor.ops import databases
from tests.throwaway import Throwaway

# What the policies and triggers of every table say; a column list of an index or constraint is the migrations' own.
GUARDS = {
    "policies": "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
}
# How a policy read the organisations before it read them once a statement.
_FORMER = "owner_id = ANY (string_to_array(current_setting('app.read_org_ids', true), ',')::int[])"
_FORMER_NATION = (
    "owner_id IN (SELECT id FROM identity_organisation"
    " WHERE realm = ANY (string_to_array(current_setting('app.read_realms', true), ',')))"
)


@pytest.fixture
def name(db: None, throwaway: Throwaway) -> Iterator[str]:
    """An empty database with the roles."""
    name = f"{throwaway.name}_upgraded"
    databases.create(lambda database: throwaway.cluster.connect(database=database), name)
    yield name
    databases.drop(lambda _: throwaway.cluster.connect(), name)


def _migrate(throwaway: Throwaway, name: str, *target: str) -> None:
    urls = {
        "DATABASE_URL": throwaway.cluster.url("app_rw", name),
        "DATABASE_OWNER_URL": throwaway.cluster.url("app_owner", name),
        "DJANGO_SETTINGS_MODULE": "opensponsor.config.settings",
    }
    command = [sys.executable, "-m", "django", "migrate", "--database", "owner", "--no-input", *target]
    done = subprocess.run(command, env=os.environ | urls, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


def _guards(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, list[tuple[object, ...]]]:
    return {what: connection.execute(statement).fetchall() for what, statement in GUARDS.items()}


@pytest.mark.committed
def test_policies_and_history_of_a_former_database_are_those_of_a_new_one(throwaway: Throwaway, name: str) -> None:
    _migrate(throwaway, name, "people", "0002")
    with throwaway.cluster.connect(database=name) as connection:
        by_row = "SELECT count(*) FROM pg_trigger WHERE tgname = 'row_history'"
        (kept,) = connection.execute(by_row).fetchone() or (0,)
        assert kept > 0
        connection.execute(f"ALTER POLICY many_read ON people_person USING ({_FORMER})")
        connection.execute(f"ALTER POLICY national_read ON people_person USING ({_FORMER_NATION})")
    _migrate(throwaway, name)
    with (
        throwaway.cluster.connect(database=name) as upgraded,
        throwaway.cluster.connect(database=throwaway.name) as new,
    ):
        assert upgraded.execute(by_row).fetchone() == (0,)
        assert _guards(upgraded) == _guards(new)


_HOUSEHOLD = """
INSERT INTO identity_organisation (id, code, name_en, name_cy, kind, realm, reads_realms, controller_role,
  email_domains, is_active, assigns_tasks, updated_at, version)
VALUES (1, 'conwy', 'Conwy', '', 'AUTHORITY', 'WALES', '{}', 'CONTROLLER', '{}', true, true, now(), 1);
INSERT INTO cases_case (id, reference, kind, owner_id, title, sort_title, status, opened_on, contact_centre_works,
  version, created_at, updated_at)
VALUES (gen_random_uuid(), 'WG1', 'HOUSEHOLD', 1, 'Olena Koval', 'koval olena', 'OPEN', '2026-05-04', false,
  1, now(), now());
INSERT INTO people_household (id, case_id, owner_id, route, correspondence_language, is_complex, source_key, arrived_on,
  version, created_at, updated_at)
SELECT gen_random_uuid(), id, 1, 'SS', 'NOT_KNOWN', true, '', '2026-05-05', 1, now(), now() FROM cases_case
"""
_LINES = "SELECT owner_id, reference, sort_title, search_sound, route, is_complex, arrived_on::text, checks FROM {}"


@pytest.mark.committed
def test_households_of_a_former_database_are_in_the_lists(throwaway: Throwaway, name: str) -> None:
    _migrate(throwaway, name, "people", "0010")
    _migrate(throwaway, name, "checks", "0003")
    with throwaway.cluster.connect(database=name) as connection:
        connection.execute("SELECT set_config('app.user', 'system:test', false)")
        connection.execute(_HOUSEHOLD)
    _migrate(throwaway, name)
    with throwaway.cluster.connect(database=name) as connection:
        lines = connection.execute(_LINES.format("saved_views_householdline")).fetchall()
        sound = connection.execute("SELECT core_sound('koval olena')").fetchone()
    assert lines == [(1, "WG1", "koval olena", *(sound or ()), "SS", True, "2026-05-05", "REQUIRED")]


@pytest.mark.committed
def test_staged_rows_in_a_former_shape_are_let_go(throwaway: Throwaway, name: str) -> None:
    """Their file is still there, and is read again."""
    _migrate(throwaway, name, "feeds", "0007")
    with throwaway.cluster.connect(database=name) as connection:
        connection.execute(
            "INSERT INTO feeds_stagedrow (load_id, owner_id, line, raw, known)"
            " VALUES (gen_random_uuid(), 1, 2, '{}', '{}')"
        )
    _migrate(throwaway, name)
    with throwaway.cluster.connect(database=name) as upgraded:
        assert upgraded.execute("SELECT count(*) FROM feeds_stagedrow").fetchone() == (0,)
