"""Background jobs: one transaction with the change, and none lost with a killed worker."""

from unittest import mock

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.manager import JobManager

from opensponsor.core import jobs

DONE: list[int] = []


@app.task(name="tests.note_number")
def note_number(number: int) -> None:
    DONE.append(number)


@app.task(name="tests.pass_on")
def pass_on(number: int, fail: bool) -> None:
    with transaction.atomic():
        jobs.enqueue(note_number, number=number)
        if fail:
            raise ValueError("after the job was asked for")


def _states() -> list[tuple]:
    with connection.cursor() as cursor:
        statement = "SELECT task_name, status::text, attempts FROM procrastinate_jobs WHERE task_name LIKE 'tests.%'"
        cursor.execute(statement)
        return cursor.fetchall()


def _work(**options) -> None:
    """Run a real worker, on its own connections, until nothing is left to do.

    Without the jobs of the clock, which would join in whenever a minute ends.
    """
    DONE.clear()
    no_clock = mock.patch.object(app.periodic_registry, "periodic_tasks", {})
    with no_clock, app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, **options)


@pytest.mark.committed
def test_a_job_runs_after_the_change_that_asked_for_it_and_vanishes_with_one_that_failed():
    with transaction.atomic():
        jobs.enqueue(note_number, number=1)
    with pytest.raises(ValueError, match="changed my mind"), transaction.atomic():
        jobs.enqueue(note_number, number=2)
        raise ValueError("changed my mind")
    _work()
    assert DONE == [1]


@pytest.mark.committed
def test_a_job_asked_for_by_a_job_belongs_to_its_transaction_too():
    """The worker's own connection would keep the second one."""
    jobs.enqueue(pass_on, number=1, fail=False)
    jobs.enqueue(pass_on, number=2, fail=True)
    _work()
    assert DONE == [1]


def _reap() -> None:
    """The reaper, before anything that waits already."""
    app.configure_task("opensponsor.core.jobs.retry_stalled_jobs", priority=10).defer(timestamp=0)


def _abandon(attempts: int) -> None:
    """The state that a worker leaves which was killed at work: running, for nobody."""
    jobs.enqueue(note_number, number=7)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 min') RETURNING id"
        )
        [worker] = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s", [worker, attempts]
        )


@pytest.mark.committed
def test_the_job_of_a_killed_worker_is_done_by_another():
    _abandon(attempts=0)
    _reap()
    _work()
    assert DONE == [7]


@pytest.mark.committed
def test_without_the_reaper_it_would_wait_for_ever():
    _abandon(attempts=0)
    _work()
    assert DONE == []
    assert _states() == [("tests.note_number", "doing", 0)]


@pytest.mark.committed
def test_a_job_that_keeps_killing_its_worker_is_given_up():
    _abandon(attempts=jobs.MOST_ATTEMPTS)
    _reap()
    _work()
    assert DONE == []
    assert [state for _, state, _ in _states()] == ["failed"]


@pytest.mark.committed
def test_a_stalled_job_whose_like_waits_already_is_dropped():
    options = {"name": "tests.note_number", "job_manager": JobManager(app.connector), "queueing_lock": "only one"}
    jobs.configure_task(**options).defer(number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.configure_task(**options).defer(number=2)
    _reap()
    _work()
    assert DONE == [2]


def test_every_context_keeps_its_tasks_where_the_worker_looks():
    assert "opensponsor.core.jobs.retry_stalled_jobs" in app.tasks
