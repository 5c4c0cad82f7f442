"""Background work of checks."""

from uuid import UUID

from procrastinate.contrib.django import app

from opensponsor.checks.services import summaries
from opensponsor.core.jobs import enqueue


@app.task
def refresh_around(case_id: str) -> None:
    """Bring the summaries up to date that depend on a record which has another owner or is open again."""
    summaries.refresh_around(UUID(case_id))


def refresh_later(case_id: UUID) -> None:
    """Ask for that, in the transaction that changed the record."""
    enqueue(refresh_around, case_id=str(case_id))


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="refresh_checks")
def refresh_all(timestamp: int) -> None:
    """Every night."""
    summaries.refresh_all()
