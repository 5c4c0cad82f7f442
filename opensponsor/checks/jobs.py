"""Background work of checks."""

from procrastinate.contrib.django import app

from opensponsor.checks.services import summaries


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="refresh_checks")
def refresh_all(timestamp: int) -> None:
    """Every night."""
    summaries.refresh_all()
