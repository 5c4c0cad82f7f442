"""The files of the demo's feeds: invented, then brought, read and loaded as any other file is."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from opensponsor.core.actor import Actor, system_actor
from opensponsor.core.rowsecurity import acting
from opensponsor.demo.generator import applications, files
from opensponsor.demo.generator.population import Population
from opensponsor.demo.generator.sizes import Size
from opensponsor.feeds.models import Load
from opensponsor.feeds.services import loads
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.reference.services import load_postcodes

_SEED = 20220318
_CHUNK = 1024 * 1024
_Write = Callable[[Path], object]


def load(officer: Actor, size: Size, today: dt.date) -> None:
    """Load the offers and the applications of yesterday, and have those of today for Wales read, ready to be loaded.

    Each file is one step: one that was loaded stays, and one that was under way when the last start was killed goes on.
    They belong to the organisation of the officer, who loads for Wales alone; the platform itself brings the first two.
    """
    yesterday = Population(_SEED, size, today - dt.timedelta(days=1))
    _postcodes(yesterday)
    _load(officer, Feed.OFFERS, "offers-1.jsonl", lambda path: files.write_offers(yesterday, path))
    _load(
        officer,
        Feed.APPLICATIONS,
        "applications-1.csv",
        lambda path: files.write_applications(applications.rows(yesterday), path),
    )
    _read(
        officer,
        officer,
        Feed.APPLICATIONS,
        "applications-2.csv",
        lambda path: files.write_applications(
            (row for row in applications.next_day_rows(yesterday) if row["country"] == "Wales"), path
        ),
    )


def _postcodes(population: Population) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / files.POSTCODES
        files.write_postcodes(population, path)
        load_postcodes(path)


def _load(officer: Actor, feed: Feed, name: str, write: _Write) -> None:
    load = _read(officer, system_actor("load-demo"), feed, name, write)
    if load.status == LoadStatus.READ:
        with acting(officer) as actor:
            load = loads.start(actor=actor, load_id=load.pk, version=load.version)
    if load.status == LoadStatus.LOADING:
        loads.run(load.pk)
        load = _present(officer, feed, name) or load
    if load.status != LoadStatus.LOADED:
        raise RuntimeError(f"the file {name} of the demo was not loaded: {load.status} {load.refusal}")


def _read(officer: Actor, by: Actor, feed: Feed, name: str, write: _Write) -> Load:
    load = _present(officer, feed, name) or _bring(officer, by, feed, name, write)
    if load.status == LoadStatus.WAITING:
        loads.read(load.pk)
        load = _present(officer, feed, name) or load
    return load


def _present(officer: Actor, feed: Feed, name: str) -> Load | None:
    with acting(officer) as actor:
        return Load.objects.visible_to(actor).filter(feed=feed, file_name=name).order_by("created_at").first()


def _bring(officer: Actor, by: Actor, feed: Feed, name: str, write: _Write) -> Load:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        owner_id = officer.organisation_id
        with acting(by) as actor:
            return loads.bring(actor=actor, feed=feed, file_name=name, chunks=_chunks(path), owner_id=owner_id)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
