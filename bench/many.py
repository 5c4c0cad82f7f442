"""What is done to many rows at once: a hundred cases given to somebody, a nation counted, a long list taken out."""

import statistics
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench import facts, floors, servers
from bench.timing import Line, in_turns, seconds
from bench.visitors import CSRF, Visitor, Visitors
from opensponsor.ops.cluster import DATABASE, Cluster

ASSIGN = "/households/assign/"
_TIMES = 5


def measure(cluster: Cluster, people: Visitors, port: int) -> None:
    """Each against its floor in plain SQL, on a connection that row security does not bind."""
    with cluster.connect(database=DATABASE) as connection:
        _assign(connection, people.own, port)
        _count(connection, people.nation)
        _export(connection, people.nation)


def _assign(connection: psycopg.Connection[Any], visitor: Visitor, port: int) -> None:
    """Ours is the request that confirms; theirs the statements alone, for as many other cases."""
    found = list(facts.open_households(visitor).items())
    half = len(found) // 2
    versions, others = dict(found[:half]), [case_id for case_id, _version in found[half:]]
    ours, turn = servers.Connection(port), [0]

    def picks() -> str:
        turn[0] += 1
        whom = ("assignee", str(visitor.user_id) if turn[0] % 2 else "0")
        chosen = [("pick", f"{case_id}:{version}") for case_id, version in versions.items()]
        return urlencode([*chosen, whom, ("csrfmiddlewaretoken", CSRF)])

    def assign() -> None:
        ours.post(ASSIGN, picks(), visitor.cookie)
        versions.update({case_id: version + 1 for case_id, version in versions.items()})

    def floor() -> None:
        with connection.transaction():
            for statement, values in floors.assignment(others, visitor.user_id if turn[0] % 2 else None):
                connection.execute(statement, values)

    times = in_turns(assign, floor, between=lambda: ours.get("/households/", visitor.cookie))
    Line(f"{half} records saved at once (sql floor)", times, 4, 4).print()


def _count(connection: psycopg.Connection[Any], visitor: Visitor) -> None:
    """How many there are in a list of a nation, as every page of it says, against counting them."""
    from opensponsor.core.rowsecurity import acting
    from opensponsor.saved_views.lists.households import HOUSEHOLDS
    from opensponsor.saved_views.queries import MOST_COUNTED
    from opensponsor.saved_views.state import narrowed, state_of

    state = state_of(HOUSEHOLDS, visitor.actor, {"status": "OPEN"})
    with acting(visitor.actor) as actor:
        rows = narrowed(HOUSEHOLDS, actor, state).order_by()
        times = in_turns(
            lambda: rows[: MOST_COUNTED + 1].count(), lambda: connection.execute(floors.COUNT).fetchall(), rounds=20
        )
    Line("count of a nation (sql floor, all counted)", times, 0.2, 0.2, 1).print()


def _export(connection: psycopg.Connection[Any], visitor: Visitor) -> None:
    """A list of a nation written as a job writes it, against COPY of the same rows; both by the row."""
    from opensponsor.core.rowsecurity import acting, as_system
    from opensponsor.saved_views.lists.households import HOUSEHOLDS
    from opensponsor.saved_views.models import Export, ExportFile
    from opensponsor.saved_views.services import exports
    from opensponsor.saved_views.state import state_of
    from opensponsor.saved_views.states import ExportFormat

    def take_out() -> int:
        with acting(visitor.actor) as actor:
            state = state_of(HOUSEHOLDS, actor, {"checks": "COMPLETED"})
            export, content = exports.start_export(
                actor=actor, definition=HOUSEHOLDS, state=state, file_format=ExportFormat.CSV, reason="Measuring"
            )
        if content is None:
            exports.write_export(export.pk)
        with as_system("bench"):
            ExportFile.objects.filter(export=export.pk).delete()
            return Export.objects.get(pk=export.pk).row_count or 0

    counts: list[int] = []
    # By turns, as pages and their floors: a machine is not equally fast all the time.
    times = [(seconds(lambda: counts.append(take_out())), seconds(lambda: _copied(connection))) for _ in range(_TIMES)]
    ours, theirs = (statistics.median(one) for one in zip(*times, strict=True))
    pace = f"{counts[0] / ours:,.0f} rows/s, {ours / theirs:.1f} times COPY of them ({theirs:.2f} s)"
    print(f"  {counts[0]} rows to CSV by a job: {ours:.2f} s, {pace} (at most 10)")


def _copied(connection: psycopg.Connection[Any]) -> int:
    with connection.cursor() as cursor, cursor.copy(floors.COPY) as copy:
        return sum(len(part) for part in copy)
