"""Writing notices."""

from collections.abc import Mapping

from procrastinate.contrib.django import app

from opensponsor.core.jobs import enqueue
from opensponsor.identity.roles import Role
from opensponsor.messages.models import Notice
from opensponsor.messages.states import Letter

# By name: the job calls the sending, and what stands here stands above it.
_DELIVER = "opensponsor.messages.jobs.deliver_notice"

# Ids, dates as ISO text, numbers: nothing about a person.
Context = Mapping[str, str | int]


def notify(*, to: str, letter: Letter, language: str = "", context: Context) -> Notice:
    """Write a letter to one address, in the transaction of what it tells. An empty language means both."""
    return _post(Notice(address=to, letter=letter, language=language, context=dict(context)))


def notify_holders(*, role: Role, organisation_id: int, letter: Letter, language: str = "", context: Context) -> Notice:
    """Write a letter to whoever holds the role at the organisation when it is sent."""
    return _post(Notice(role=role, place_id=organisation_id, letter=letter, language=language, context=dict(context)))


def _post(notice: Notice) -> Notice:
    notice.save(force_insert=True)
    enqueue(app.tasks[_DELIVER], notice_id=str(notice.pk))
    return notice
