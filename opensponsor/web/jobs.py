"""Background work of the pages."""

from procrastinate.contrib.django import app

from opensponsor.web.account import mail, sweep


@app.task
def send_account_mail(user_id: int, kind: str, origin: str) -> None:
    """Send a mail about signing in. Sent twice it does no harm."""
    mail.send(user_id, kind, origin)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="sweep_sign_in")
def sweep_sign_in(timestamp: int) -> None:
    """Every hour: forget drafts, sessions, counters and used-up codes whose time is over."""
    sweep.sweep()
