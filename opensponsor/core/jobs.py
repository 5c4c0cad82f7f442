"""Background work: a job is a row in the database, put there in the transaction of the change that asks for it.

A job may run twice (its worker can be killed between the work and the tick): every task must be harmless when
repeated.
"""

import datetime as dt
from typing import Any

from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.tasks import Task, configure_task

# Not the app's own manager: inside a worker that writes through a connection of its own, outside our transaction.
_QUEUE = JobManager(DjangoConnector(alias="default"))
STALLED_SECONDS = 30.0
# A job whose worker died this often is what kills the worker.
MOST_ATTEMPTS = 5


def enqueue(task: Task[Any, Any, Any], **arguments: Any) -> int:
    """Ask for a job, which runs after the present transaction commits and vanishes if it is rolled back.

    Arguments are JSON values: ids, never names or text about people. Returns the id of the job.
    """
    return enqueue_at(None, task, **arguments)


def enqueue_at(moment: dt.datetime | None, task: Task[Any, Any, Any], **arguments: Any) -> int:
    """Ask for a job that does not run before the moment; otherwise as `enqueue`."""
    deferrer = configure_task(
        name=task.name,
        job_manager=_QUEUE,
        queue=task.queue,
        priority=task.priority,
        lock=task.lock,
        queueing_lock=task.queueing_lock,
        schedule_at=moment,
    )
    return deferrer.defer(**arguments)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: start again the jobs whose worker died, and give up those that keep killing it."""
    await _retry_stalled(context.app)


async def _retry_stalled(queue: App) -> None:
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.attempts >= MOST_ATTEMPTS:
            await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            continue
        try:
            await queue.job_manager.retry_job(job)
        except UniqueViolation:  # a job of the same queueing lock waits already and will do this one's work
            await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
