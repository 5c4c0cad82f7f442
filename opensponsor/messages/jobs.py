"""Background work of the notices, and the daily look at all accounts."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from opensponsor.core import clock
from opensponsor.messages import delivery
from opensponsor.messages.services import accounts

# About two days in all: a mail server that is away for a weekend evening loses nothing.
_TRY_AGAIN = RetryStrategy(max_attempts=16, exponential_wait=2)


@app.task(retry=_TRY_AGAIN)
def deliver_notice(notice_id: str) -> None:
    """Send one notice."""
    delivery.deliver(UUID(notice_id))


@app.task
def tell_of_request(organisation_id: int) -> None:
    """Tell who decides that somebody asks for access."""
    accounts.tell_of_request(organisation_id)


@app.periodic(cron="10 5 * * *")
@app.task(queueing_lock="review_accounts")
def review_accounts(timestamp: int) -> None:
    """Every day: warn and suspend accounts that nothing speaks for, remind champions, drop old notices."""
    today = clock.today()
    accounts.review_accounts(today=today)
    accounts.remind_champions(today=today)
    delivery.forget_old()
