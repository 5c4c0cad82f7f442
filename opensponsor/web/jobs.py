"""Background work of the pages."""

import datetime as dt

from procrastinate.contrib.django import app

from opensponsor.identity.services import second_factors
from opensponsor.web.account import mail, sweep


@app.task
def send_account_mail(user_id: int, kind: str, origin: str) -> None:
    """Send a mail about signing in. Sent twice it does no harm."""
    mail.send(user_id, kind, origin)


@app.task
def reset_second_factors(user_id: int, due_at: str, origin: str) -> None:
    """A day after it was announced: remove lost second factors, unless one was used meanwhile."""
    if second_factors.carry_out_reset(user_id=user_id, due_at=dt.datetime.fromisoformat(due_at)):
        mail.send(user_id, mail.FACTORS_REMOVED, origin)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="sweep_sign_in")
def sweep_sign_in(timestamp: int) -> None:
    """Every hour: forget drafts, sessions, counters and used-up codes whose time is over."""
    sweep.sweep()
