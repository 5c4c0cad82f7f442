"""Files that nobody sits in front of: those of the command line and of the watched folder."""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path

from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system
from opensponsor.feeds.models import Load
from opensponsor.feeds.services import loads
from opensponsor.feeds.states import Feed, LoadStatus

_CHUNK = 1024 * 1024
# A file that somebody is still writing changes; one that did not for so long is complete.
SETTLED_SECONDS = 30
# Where a file goes by what became of it.
_FOLDERS = {
    LoadStatus.LOADED: "loaded",
    LoadStatus.HELD: "held",
    LoadStatus.REFUSED: "refused",
    LoadStatus.CANCELLED: "refused",
}
_log = logging.getLogger(__name__)


def load_file(*, feed: Feed, path: Path, owner_id: int | None = None, is_trial: bool = False) -> Load:
    """Bring a file of this machine, read it and load it, or with `is_trial` only say what it would do.

    What comes back is LOADED, HELD for the approval of a person, REFUSED whole or, after a trial, CANCELLED with its
    counts. It belongs to the receiver of the feed unless an owner is named. Raises Refused when it is under way
    already, OSError when it cannot be read.
    """
    with as_system("feed-file") as actor:
        load = loads.bring(actor=actor, feed=feed, file_name=path.name, chunks=_chunks(path), owner_id=owner_id)
    loads.read(load.pk)
    if is_trial:
        _end_trial(load)
    elif _again(load).status == LoadStatus.READ:
        with as_system("feed-file") as actor:
            loads.start(actor=actor, load_id=load.pk, version=_again(load).version)
        loads.run(load.pk)
    return _again(load)


def watch(folder: Path, *, now: dt.datetime) -> int:
    """Load what lies in the folder of each feed (`applications/`, `offers/`), oldest name first; how many files.

    Each file is moved into `loaded/`, `held/` or `refused/` beside it. One that was loaded and not moved, because the
    machine went down between, is loaded again, which changes nothing.
    """
    number = 0
    for feed in Feed:
        for path in _settled(folder / feed.value.lower(), now):
            try:
                status = LoadStatus(load_file(feed=feed, path=path).status)
            except (Refused, OSError) as error:
                _log.warning("a file of the feed %s waits: %s", feed, type(error).__name__)
                continue
            except Exception:
                # Tried again each minute it would fail each minute, and those behind it would wait.
                _log.exception("a file of the feed %s could not be loaded", feed)
                status = LoadStatus.REFUSED
            _put_away(path, status)
            number += 1
    return number


def _settled(folder: Path, now: dt.datetime) -> list[Path]:
    if not folder.is_dir():
        return []
    latest = now.timestamp() - SETTLED_SECONDS
    files = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in files if path.stat().st_mtime <= latest)


def _put_away(path: Path, status: LoadStatus) -> None:
    if status not in _FOLDERS:
        return
    place = path.parent / _FOLDERS[status]
    place.mkdir(exist_ok=True)
    target = place / path.name
    number = 1
    while target.exists():
        target = place / f"{path.stem}-{number}{path.suffix}"
        number += 1
    path.rename(target)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _end_trial(load: Load) -> None:
    if (found := _again(load)).status == LoadStatus.READ:
        with as_system("feed-file") as actor:
            loads.cancel(actor=actor, load_id=load.pk, version=found.version)


def _again(load: Load) -> Load:
    with as_system("feed-file"):
        return Load.objects.get(pk=load.pk)
