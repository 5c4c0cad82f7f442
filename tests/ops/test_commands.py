"""The operator's commands as programs, on a database with real commits."""

import os
import subprocess
import sys

import pytest

from opensponsor.identity.models import Membership, Organisation, User
from opensponsor.identity.roles import Role

pytestmark = pytest.mark.committed


def _opensponsor(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "opensponsor", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | variables)


def test_the_first_steps_of_a_new_installation(acting_as, ingest):
    assert _opensponsor("load-authorities").returncode == 0
    again = _opensponsor("load-authorities")
    assert "Register: 0 rows" in again.stdout
    assert "0 new, 0 with a new code, 0 renamed, 0 retired" in again.stdout
    done = _opensponsor("create-admin", "alex@platform.example", "Alex Turner")
    assert done.returncode == 0, done.stderr
    assert "http://localhost:8000/" in done.stdout
    with ingest():
        user = User.objects.get(email="alex@platform.example")
        assert not user.is_active
        assert list(Membership.objects.values_list("user", "role")) == [(user.pk, Role.PLATFORM_ADMINISTRATOR)]
    twice = _opensponsor("create-admin", "alex@platform.example", "Alex Turner")
    assert (twice.returncode, twice.stderr) == (1, "opensponsor: An account with this address exists already.\n")


def test_an_administrator_needs_organisations(ingest):
    done = _opensponsor("create-admin", "alex@platform.example", "Alex Turner")
    assert (done.returncode, done.stderr) == (1, "opensponsor: Load the organisations first.\n")
    with ingest():
        assert not Organisation.objects.exists()


def test_postcodes_come_from_a_file(tmp_path):
    assert _opensponsor("load-postcodes", str(tmp_path / "missing.csv")).returncode == 1
    _opensponsor("load-authorities")
    (tmp_path / "odp.csv").write_text("pcds,lad25cd,cty25cd\nCF10 1AA,W06000015,W99999999\nnonsense,W06000015,\n")
    done = _opensponsor("load-postcodes", str(tmp_path / "odp.csv"))
    assert "2 rows read, 1 postcodes added or changed." in done.stdout, done.stderr


def test_the_health_check_tells_a_fault_by_its_exit_code():
    done = _opensponsor("check")
    assert done.returncode == 0, done.stdout
    assert "migrations: all applied" in done.stdout
    owner = _opensponsor("check", DATABASE_URL=os.environ["DATABASE_OWNER_URL"])
    assert owner.returncode == 1
    assert "failure  runtime role" in owner.stdout


def test_migrations_run_as_the_owner_only():
    assert _opensponsor("migrate").returncode == 0
    done = _opensponsor("migrate", DATABASE_OWNER_URL="")
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stderr


def test_invented_people_are_refused_in_a_live_system():
    keys = {f"OPENSPONSOR_{name}": "k" * 32 for name in ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY")}
    done = _opensponsor("load-demo", OPENSPONSOR_ENVIRONMENT="live", **keys)
    assert done.returncode == 1
    assert "never" in done.stderr
