"""Text that reached the server and was not saved: kept for its author for twelve hours, readable by nobody else.

Row security shows a draft only to its author, so that every function needs the author as the actor of the
transaction.
"""

import datetime as dt

from django.db.models import QuerySet

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import Draft

KEPT_FOR = dt.timedelta(hours=12)
# A long note is some thousands of characters; nothing typed by hand comes near.
MOST_CHARACTERS = 100_000
LONGEST_KEY = 200
MOST_DRAFTS = 50

Content = dict[str, list[str]]


def keep(*, actor: Actor, form_key: str, content: Content) -> bool:
    """Keep the fields of a form in place of an earlier draft of it. Returns False when they are too long to keep.

    `form_key` names the form, `content` holds the values of each field as posted. Beyond fifty drafts the oldest go.
    """
    size = sum(len(name) + sum(map(len, values)) for name, values in content.items())
    if actor.user_id is None or len(form_key) > LONGEST_KEY or size > MOST_CHARACTERS:
        return False
    values = {"content": content, "saved_at": clock.now()}
    Draft.objects.update_or_create(user_id=actor.user_id, form_key=form_key, defaults=values)
    newest = _own(actor).order_by("-saved_at", "-pk")[:MOST_DRAFTS]
    _own(actor).exclude(pk__in=newest.values("pk")).delete()
    return True


def find(*, actor: Actor, form_key: str) -> Content | None:
    """The actor's draft of this form, if it is younger than twelve hours."""
    draft = _own(actor).filter(form_key=form_key, saved_at__gt=clock.now() - KEPT_FOR).first()
    return draft.content if draft else None


def forget(*, actor: Actor, form_key: str) -> None:
    """Drop the draft: its form was saved, or its author does not want it."""
    _own(actor).filter(form_key=form_key).delete()


def take(*, actor: Actor, form_key: str) -> Content | None:
    """The draft, dropped for good: of two who take it, as of a button pressed twice, only one gets it."""
    draft = _own(actor).select_for_update().filter(form_key=form_key, saved_at__gt=clock.now() - KEPT_FOR).first()
    if draft is None:
        return None
    content: Content = draft.content
    draft.delete()
    return content


def purge() -> int:
    """Drop every draft that is older than twelve hours. Returns how many."""
    with as_system("drafts"):
        return Draft.objects.filter(saved_at__lte=clock.now() - KEPT_FOR).delete()[0]


def _own(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=actor.user_id) if actor.user_id else Draft.objects.none()
