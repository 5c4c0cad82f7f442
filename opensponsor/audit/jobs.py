"""Background work on the history."""

from procrastinate.contrib.django import app

from opensponsor.audit import services


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="seal_history")
def seal_history(timestamp: int) -> None:
    """Every five minutes: seal what became final since the last seal."""
    services.seal_events()
