"""What `opensponsor check` looks at. To add a check, write a function that returns a Finding and list it below."""

import datetime as dt
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from opensponsor.audit import verification
from opensponsor.core import clock
from opensponsor.feeds.queries import last_loaded_at
from opensponsor.feeds.states import Feed
from opensponsor.ops.binaries import MINIMUM_MAJOR

LEAST_FREE_BYTES = 1_000_000_000
LONGEST_UNSEALED = dt.timedelta(minutes=30)
LONGEST_WITHOUT_FEED = dt.timedelta(hours=36)
FINDINGS_SHOWN = 50
LONGEST_WAIT_SECONDS = 300
WORKER_SECONDS = 60


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """The answer of one check, as a sentence."""

    subject: str
    level: Level
    sentence: str


Check = Callable[[], Finding]


def versions() -> Finding:
    """The versions that run together; PostgreSQL must be new enough for the roles we use."""
    major = _number("SELECT current_setting('server_version_num')::int / 10000")
    [server] = _row("SHOW server_version")
    text = f"OpenSponsor {version('opensponsor')}, Python {platform.python_version()}, PostgreSQL {server}"
    return Finding("versions", Level.OK if major >= MINIMUM_MAJOR else Level.FAILURE, text)


def migrations() -> Finding:
    """Whether the tables are those that this version of the code expects."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return Finding("migrations", Level.FAILURE, f"{len(pending)} to be applied: run `opensponsor migrate`")
    return Finding("migrations", Level.OK, "all applied")


def runtime_role() -> Finding:
    """Row security binds the role of the web server only if it is ordinary and owns nothing."""
    privileged = _number("SELECT count(*) FROM pg_roles WHERE rolname = session_user AND (rolsuper OR rolbypassrls)")
    owned = _number("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = session_user")
    if privileged or owned:
        return Finding("runtime role", Level.FAILURE, "it owns tables or may bypass row security; use app_rw")
    return Finding("runtime role", Level.OK, "bound by row security")


def queue() -> Finding:
    """Whether background jobs are worked off."""
    waiting, late, failed = _row(
        "SELECT count(*) FILTER (WHERE status = 'todo'),"
        " count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, deferred.at) < now() - %s * interval '1s'),"
        " count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs job"
        " LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id) deferred ON true",
        LONGEST_WAIT_SECONDS,
    )
    workers = _number(
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1s'", WORKER_SECONDS
    )
    level = Level.FAILURE if late else Level.WARNING if failed or not workers else Level.OK
    return Finding("jobs", level, f"{workers} workers, {waiting} waiting ({late} for too long), {failed} failed")


def disk() -> Finding:
    """Room for what is kept on this machine."""
    free = shutil.disk_usage(settings.VAR if settings.VAR.exists() else settings.PACKAGE).free
    return Finding("disk", Level.OK if free > LEAST_FREE_BYTES else Level.WARNING, f"{free // 1_000_000} MB free")


def seals() -> Finding:
    """Whether the history is sealed as it grows."""
    since = verification.unsealed_since()
    if since is not None and clock.now() - since > LONGEST_UNSEALED:
        return Finding("seals", Level.WARNING, f"the history has not been sealed since {since:%Y-%m-%d %H:%M}")
    return Finding("seals", Level.OK, "the history is sealed")


def feed() -> Finding:
    """Whether the daily file comes daily. An installation that never had one waits for none."""
    last = last_loaded_at(Feed.APPLICATIONS)
    if last is None:
        return Finding("feed", Level.OK, "no file of visa applications was loaded yet")
    is_late = clock.now() - last > LONGEST_WITHOUT_FEED
    return Finding("feed", Level.WARNING if is_late else Level.OK, f"last loaded {last:%Y-%m-%d %H:%M}")


def history() -> Finding:
    """Whether anybody changed the history behind the product's back; names every line and seal that was changed."""
    found = verification.check_history()
    if not found:
        return Finding("history", Level.OK, "every sealed line is as it was written")
    more = [f"... and {len(found) - FINDINGS_SHOWN} more"] if len(found) > FINDINGS_SHOWN else []
    sentences = [str(finding) for finding in found[:FINDINGS_SHOWN]]
    return Finding("history", Level.FAILURE, "\n         ".join([*sentences, *more]))


CHECKS: tuple[Check, ...] = (versions, migrations, runtime_role, queue, seals, feed, disk)
# Checks that take long and are asked for by an option of the same name.
ON_REQUEST: dict[str, Check] = {"audit": history}


def look(check: Check) -> Finding:
    """The answer of a check; what the database does not let it ask is a fault of its own, and the others go on."""
    try:
        return check()
    except DatabaseError as error:
        sentence = str(error).splitlines()[0]
        return Finding(check.__name__.replace("_", " "), Level.FAILURE, f"could not be asked: {sentence}")


def _row(statement: str, *values: int) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(cursor.fetchone())


def _number(statement: str, *values: int) -> int:
    return int(str(_row(statement, *values)[0]))
