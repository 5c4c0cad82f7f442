"""Loading visa applications: rows a second and memory, against two floors.

One is the copy of the same rows into one table. The other, for a first load, is what it made: the same records with
their indexes and their history, sent by psycopg in the fastest way it has, one COPY for each table.

`python -m bench importer` takes 10,000 rows; OPENSPONSOR_BENCH_ROWS=210000 is about as many as there are.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import psycopg

from opensponsor.ops.cluster import DATABASE, short_folder

ROWS = int(os.environ.get("OPENSPONSOR_BENCH_ROWS", "10000"))
DAY = date(2026, 5, 31)
_PEOPLE_A_HOUSEHOLD = 2.8
_CHUNK = 1024 * 1024
# What a load of applications writes, the history with it.
_WRITTEN = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND (
  relname ~ '^(cases|people|hosts|visas|checks)_'
  OR relname IN ('feeds_sourcerow', 'saved_views_householdline', 'audit_event')
) ORDER BY relname
"""
_COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""


def measure() -> None:
    """On a database of its own: read and load a file, the same again, and that of the next day."""
    base = Path(tempfile.mkdtemp(prefix="os-bench-", dir=short_folder()))
    base.chmod(0o755)
    os.environ |= {"OPENSPONSOR_VAR": str(base / "var"), "OPENSPONSOR_ENVIRONMENT": "demo"}
    try:
        paths = _write(base)
        from opensponsor.ops.environment import application

        with application() as cluster:
            if cluster is None:
                raise SystemExit("  Unset DATABASE_URL: this fills a database of its own.")
            _prepare(base)
            floor = _floor(paths[0])
            print(f"  floor: COPY of {ROWS} rows into one table: {floor:.2f} s, {ROWS / floor:,.0f} rows/s")
            seconds = _print_load("new", paths[0], floor)
            with cluster.connect(database=DATABASE) as superuser:
                plain = _plain(superuser, base)
            print(f"    the same records by psycopg: {plain:.1f} s; {seconds / plain:.1f} times that (at most 3)")
            for name, path in (("the same again", paths[0]), ("of the next day", paths[1])):
                _print_load(name, path, floor)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _write(base: Path) -> list[Path]:
    from opensponsor.demo.generator import applications, files
    from opensponsor.demo.generator.population import Population
    from opensponsor.demo.generator.sizes import Size

    population = Population(1, Size(int(ROWS / _PEOPLE_A_HOUSEHOLD * 1.1) + 10, 0), DAY)
    files.write_postcodes(population, base / files.POSTCODES)
    paths = [base / "applications.csv", base / "next.csv"]
    for path, rows in zip(paths, (applications.rows(population), applications.next_day_rows(population)), strict=True):
        files.write_applications(islice(rows, ROWS), path)
    print(f"  {ROWS} rows, {paths[0].stat().st_size / 1e6:.0f} MB, all over the country")
    return paths


def _prepare(base: Path) -> None:
    from django.core.management import call_command

    from opensponsor.core import clock
    from opensponsor.identity.services.organisations import load_organisations
    from opensponsor.reference.services import load_authorities, load_postcodes

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    load_authorities()
    load_organisations(today=clock.today())
    load_postcodes(base / "postcodes.csv")


def _floor(path: Path) -> float:
    """Seconds to copy the text of the file, every column as it is, into a table that is kept."""
    from django.db import connections, transaction

    from opensponsor.demo.generator.applications import COLUMNS

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        columns = ", ".join(f'"{name}" text' for name in COLUMNS)
        cursor.execute(f"CREATE TABLE bench_floor ({columns})")
    began = time.perf_counter()
    with (
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
        cursor.copy("COPY bench_floor FROM STDIN (FORMAT csv, HEADER)") as copy,
    ):
        for chunk in _chunks(path):
            copy.write(chunk)
    seconds = time.perf_counter() - began
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return seconds


def _plain(superuser: psycopg.Connection[Any], base: Path) -> float:
    """Seconds to send all that the load wrote once more to tables without references, policies and triggers."""
    seconds, rows = 0.0, base / "rows"
    for (table,) in superuser.execute(_WRITTEN).fetchall():
        columns = ", ".join(name for (name,) in superuser.execute(_COLUMNS, [table]).fetchall())
        with rows.open("wb") as file, superuser.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
            file.writelines(copy)
        superuser.execute(f"CREATE TABLE bench_plain (LIKE {table} INCLUDING ALL)")
        seconds += _timed(partial(_send, superuser, f"COPY bench_plain ({columns}) FROM STDIN", rows))
        superuser.execute("DROP TABLE bench_plain")
    return seconds


def _send(superuser: psycopg.Connection[Any], statement: str, path: Path) -> None:
    with superuser.cursor().copy(statement) as copy:
        for chunk in _chunks(path):
            copy.write(chunk)


def _print_load(name: str, path: Path, floor: float) -> float:
    """Bring, read and load the file; the seconds that reading and loading took."""
    from opensponsor.core.rowsecurity import as_system
    from opensponsor.feeds.models import Load
    from opensponsor.feeds.services import loads
    from opensponsor.feeds.states import Feed, LoadStatus

    def again(load_id: UUID) -> Load:
        with as_system("bench"):
            return Load.objects.get(pk=load_id)

    with _peak_memory() as peak:
        with as_system("bench") as actor:
            load = loads.bring(actor=actor, feed=Feed.APPLICATIONS, file_name=path.name, chunks=_chunks(path))
        reading = _timed(lambda: loads.read(load.pk))
        if (read := again(load.pk)).status != LoadStatus.READ:
            raise SystemExit(f"  The file was not read: {read.status} {read.refusal}")
        with as_system("bench") as actor:
            loads.start(actor=actor, load_id=load.pk, version=read.version)
        loading = _timed(lambda: loads.run(load.pk))
    done = again(load.pk)
    print(f"  {name}: {done.status}, {done.counts}")
    for what, seconds in (("read", reading), ("load", loading), ("both", reading + loading)):
        pace = f"{ROWS / seconds:,.0f} rows/s, {seconds / floor:.1f} times the floor"
        print(f"    {what}: {seconds:.1f} s, {pace}; 100,000 rows so: {seconds / ROWS * 1e5:.0f} s (at most 60 s)")
    print(f"    peak memory of our process: {peak() / 1e6:.0f} MB (at most 300 MB)")
    return reading + loading


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _peak_memory() -> Iterator[Callable[[], float]]:
    """The largest resident memory of this process while the block runs, looked at ten times a second."""
    process, over, most = psutil.Process(), threading.Event(), [0.0]

    def watch() -> None:
        while not over.wait(0.1):
            most[0] = max(most[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        watcher.join()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
