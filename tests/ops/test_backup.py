import json
import stat
import tarfile

import pytest

from opensponsor.ops.access import Access, access
from opensponsor.ops.archive import DUMP, MANIFEST
from opensponsor.ops.backup import back_up, count_rows, restore
from opensponsor.ops.binaries import resolve
from opensponsor.ops.problems import Problem

GUARDED = """
CREATE TABLE person (id uuid PRIMARY KEY, owner_id int NOT NULL, name text);
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON person TO app_rw USING (owner_id = 1);
CREATE POLICY ingest ON person TO app_ingest USING (true) WITH CHECK (true);
SET ROLE app_ingest;
INSERT INTO person SELECT gen_random_uuid(), number % 2, 'Олена ' || number FROM generate_series(1, 500) AS number;
"""


@pytest.fixture
def target(make_cluster):
    """A started cluster with one guarded table of 500 rows, half of them another organisation's."""
    cluster = make_cluster()
    cluster.start()
    with cluster.connect("app_owner", "opensponsor") as connection:
        connection.execute(GUARDED)
    return access(cluster)


def _names(target: Access) -> list[tuple]:
    with target.connect() as connection:
        return connection.execute("SELECT * FROM person ORDER BY id").fetchall()


def test_what_comes_back_is_what_was_there_with_its_guards(target, tmp_path, make_cluster):
    before = _names(target)
    manifest = back_up(target, tmp_path / "one.backup")
    assert manifest.rows == {"public.person": 500}
    assert stat.S_IMODE((tmp_path / "one.backup").stat().st_mode) == 0o600
    with target.connect() as connection:
        connection.execute("DELETE FROM person WHERE owner_id = 0; CREATE TABLE later (id int)")
    restore(target, tmp_path / "one.backup", replace=True)
    assert _names(target) == before
    with target.connect() as connection:
        assert count_rows(connection) == {"public.person": 500}
        assert connection.execute(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'person'"
        ).fetchall() == [("app_owner",)]
    with make_cluster().connect("app_rw", "opensponsor") as runtime:
        assert runtime.execute("SELECT count(*) FROM person").fetchone() == (250,)


def test_a_database_that_holds_something_is_replaced_only_when_asked(target, tmp_path):
    back_up(target, tmp_path / "one.backup")
    with pytest.raises(Problem, match="--replace"):
        restore(target, tmp_path / "one.backup", replace=False)


def test_an_existing_file_is_never_overwritten(target, tmp_path):
    (tmp_path / "kept").write_text("mine")
    with pytest.raises(Problem, match="exists already"):
        back_up(target, tmp_path / "kept")
    assert (tmp_path / "kept").read_text() == "mine"


def test_a_broken_or_incomplete_backup_changes_nothing(target, tmp_path):
    before = _names(target)
    back_up(target, tmp_path / "one.backup")
    (tmp_path / "not one").write_text("a shopping list")
    for file in (tmp_path / "not one", tmp_path / "missing", _tampered(tmp_path), _cut_short(tmp_path)):
        with pytest.raises(Problem):
            restore(target, file, replace=True)
    assert _names(target) == before
    with target.connect("postgres") as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'opensponsor\\_%'").fetchall()
    assert names == []


def _tampered(folder):
    """A backup whose manifest promises one row more than its dump has."""
    with tarfile.open(folder / "one.backup") as archive:
        archive.extractall(folder / "parts", filter="data")
    manifest = json.loads((folder / "parts" / MANIFEST).read_text())
    manifest["rows"]["public.person"] += 1
    (folder / "parts" / MANIFEST).write_text(json.dumps(manifest))
    return _packed(folder, "tampered")


def _cut_short(folder):
    dump = folder / "parts" / DUMP
    dump.write_bytes(dump.read_bytes()[:-2000])
    return _packed(folder, "short")


def _packed(folder, name):
    with tarfile.open(folder / name, "w") as archive:
        for part in (MANIFEST, DUMP):
            archive.add(folder / "parts" / part, part)
    return folder / name


def test_a_role_that_row_security_binds_cannot_make_a_backup_that_misses_rows(make_cluster, target, tmp_path):
    owner = Access(make_cluster().url("app_owner"), resolve())
    with pytest.raises(Problem, match="row-level security"):
        back_up(owner, tmp_path / "half.backup")
    assert list(tmp_path.iterdir()) == []


def test_a_server_of_its_own_needs_a_role_for_backups(monkeypatch):
    monkeypatch.delenv("OPENSPONSOR_BACKUP_URL", raising=False)
    with pytest.raises(Problem, match="OPENSPONSOR_BACKUP_URL"):
        access(None)
