import os
import pwd
import stat
import subprocess
import tempfile
import threading
from pathlib import Path

import psutil
import psycopg
import pytest

from opensponsor.ops import environment, postmaster, system_user
from opensponsor.ops.binaries import Binaries, resolve
from opensponsor.ops.cluster import short_folder
from opensponsor.ops.problems import Problem


def test_it_starts_in_a_folder_with_a_space_keeps_its_data_and_stops_without_a_trace(make_cluster):
    first = make_cluster()
    first.start()
    with first.connect(database="opensponsor") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    socket = first.socket_folder()
    first.stop()
    assert not first.running()
    assert not socket.exists()
    again = make_cluster()
    again.start()
    with again.connect(database="opensponsor") as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_nobody_gets_in_without_the_password_and_only_through_the_socket(make_cluster):
    cluster = make_cluster()
    cluster.start()
    for wrong in ({}, {"password": "guess"}):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(cluster.socket_folder()), user="postgres", dbname="postgres", **wrong)
    rules = [
        line.split() for line in (cluster.data / "pg_hba.conf").read_text().splitlines() if line and line[0] != "#"
    ]
    assert {rule[-1] for rule in rules} == {"scram-sha-256"}
    main = postmaster.find(cluster.data)
    assert [one for one in main.net_connections("inet") if one.status == psutil.CONN_LISTEN] == []
    with cluster.connect("app_rw", "opensponsor") as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
    secrets = cluster.home / "secrets"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets.iterdir()} == {0o600}


def test_the_server_gets_no_secret_and_is_not_root(make_cluster, monkeypatch):
    monkeypatch.setenv("OPENSPONSOR_SECRET_KEY", "not for the database server")
    cluster = make_cluster()
    cluster.start()
    main = postmaster.find(cluster.data)
    assert "OPENSPONSOR_SECRET_KEY" not in main.environ()
    assert main.uids().effective != 0


def test_data_of_another_version_are_refused(make_cluster):
    cluster = make_cluster()
    cluster.create()
    (cluster.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(Problem, match="belong to PostgreSQL 15"):
        make_cluster().start()


def test_a_making_that_was_interrupted_is_made_again(make_cluster):
    cluster = make_cluster()
    cluster.data.rename(cluster.home / "data.new")
    half = cluster.home / "data.new"
    (half / "PG_VERSION").unlink()
    cluster.start()
    assert cluster.running()


def test_a_process_number_that_belongs_to_another_program_by_now_does_not_forbid_a_start(make_cluster):
    cluster = make_cluster()
    cluster.create()
    bystander = subprocess.Popen(["sleep", "60"], cwd="/", **cluster.user.popen())
    try:
        (cluster.data / "postmaster.pid").write_text(f"{bystander.pid}\n{cluster.data}\n1\n5432\n/nowhere\n\n")
        cluster.user.own(cluster.data / "postmaster.pid")
        cluster.start()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_server_left_by_a_killed_supervisor_is_taken_over(make_cluster):
    left = make_cluster()
    left.start()
    before = postmaster.find(left.data).pid
    following = make_cluster()
    assert following.running()
    following.start()
    assert postmaster.find(following.data).pid != before
    assert following.running()


def test_a_wrong_start_says_what_the_server_said(make_cluster):
    cluster = make_cluster()
    cluster.create()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(Problem, match="no_such_setting"):
        cluster.start()


def test_with_an_address_of_a_server_no_cluster_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    monkeypatch.setattr(environment, "embedded_cluster", lambda: pytest.fail("a cluster was asked for"))
    with environment.database() as cluster:
        assert cluster is None


def test_a_long_or_unusual_temporary_folder_is_not_used_for_the_socket(monkeypatch):
    usual = short_folder()
    for name in ("long/" * 30, "with a space", "with,comma"):
        unusual = f"{usual}/{name}"
        monkeypatch.setattr(tempfile, "tempdir", unusual)
        assert short_folder() != unusual
        assert Path(short_folder()).is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
class TestAsRoot:
    def test_data_go_where_the_server_can_enter(self, place, monkeypatch):
        monkeypatch.setattr(system_user, "SHARED", place / "shared")
        assert system_user.choose_home(place / "var") == place / "var" / "cluster"
        place.chmod(0o700)
        assert system_user.choose_home(place / "var").parent == place / "shared"

    def test_data_that_a_user_made_stay_where_they_are_and_theirs(self, place, fresh_home, monkeypatch):
        monkeypatch.setattr(system_user, "SHARED", place / "shared")
        subprocess.run(["cp", "-a", fresh_home, place / "cluster"], check=True)
        nobody = pwd.getpwnam("nobody")
        for path in (place, *place.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        place.chmod(0o700)
        assert system_user.choose_home(place) == place / "cluster"
        assert system_user.server_user(place / "cluster" / "data").name == "nobody"

    def test_data_that_root_made_elsewhere_are_not_silently_left_behind(self, place, monkeypatch):
        monkeypatch.setattr(system_user, "SHARED", place / "shared")
        place.chmod(0o700)
        system_user.choose_home(place / "var").mkdir(parents=True)
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(Problem, match="as root"):
            system_user.choose_home(place / "var")

    def test_programs_in_a_closed_folder_are_copied_and_run(self, place):
        user = system_user.server_user()
        package = resolve().folder.parent.parent
        closed = place / "closed"
        closed.mkdir(mode=0o700)
        for source in (package, package.with_name(f"{package.name}.libs")):
            (closed / source.name).symlink_to(source)
        found = Binaries(closed / package.name / "pginstall" / "bin", "wheel", "18.6")
        copied = system_user.reachable(found, user, shared=place / "shared")
        done = subprocess.run([copied.path("initdb"), "--version"], capture_output=True, text=True, **user.popen())
        assert "18" in done.stdout
        assert system_user.reachable(found, user, shared=place / "shared") == copied

    def test_programs_that_were_asked_for_are_not_copied(self, place):
        closed = place / "closed"
        closed.mkdir(mode=0o700)
        with pytest.raises(Problem, match="cannot run"):
            system_user.reachable(Binaries(closed, "OPENSPONSOR_PG_BIN", "18.6"), system_user.server_user())


def test_two_secrets_made_at_once_are_one(tmp_path: Path):
    from opensponsor.ops.secrets import kept_secret

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path / "s" / "key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert set(found) == {kept_secret(tmp_path / "s" / "key")}
