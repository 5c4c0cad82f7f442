"""What people do to their own access: coming in, affirming the data statement, changing organisation, and its
history.

Signing in happens before anybody acts for an organisation, so that history is written here as the person.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock, rowsecurity
from opensponsor.core.actor import Actor, Scope, system_actor
from opensponsor.core.refusals import Refused
from opensponsor.identity import queries
from opensponsor.identity.models import User
from opensponsor.identity.queries import Seat
from opensponsor.identity.states import AccountStatus

TABLE = "identity_user"


def may_sign_in(user: User) -> bool:
    """Whether the account is in use: not suspended, not left, its invitation accepted. Asked on every request."""
    return user.status == AccountStatus.ACTIVE


def find_account(email: str) -> User | None:
    """The account with this address, whatever its state; addresses are stored in small letters."""
    return User.objects.filter(email=email.strip().lower()).first()


def person(user: User) -> Actor:
    """The user as nobody's member: reads no record, writes their own account and drafts."""
    return Actor(user.pk, user.full_name, 0, "", "", frozenset(), Scope(), frozenset())


def act_as_person(user: User) -> Actor:
    """Let the rest of this transaction write the user's own account and drafts, and nothing else."""
    actor = person(user)
    rowsecurity.enter(actor)
    return actor


def act_as_nobody() -> None:
    """What `act_as_person` costs, for an address without account: the time of an answer must not tell them apart."""
    rowsecurity.enter(Actor(None, "", 0, "", "", frozenset(), Scope(), frozenset()))


def who(user: User, today: dt.date, organisation_id: int | None = None) -> Actor:
    """The actor for a line of history about signing in: with the organisation if there is one."""
    return queries.actor_for(user, today=today, organisation_id=organisation_id) or person(user)


def record(code: str, *, actor: Actor, **detail: Any) -> None:
    """A line of history about the actor's own access, in the transaction of the request."""
    audit.record_access(code, actor=actor, table=TABLE, row=actor.user_id, **detail)


def record_change(code: str, *, actor: Actor, **detail: Any) -> None:
    """A line of history about a change of how the actor signs in."""
    audit.record(code, actor=actor, table=TABLE, row=actor.user_id, **detail)


def record_refusal(code: str, *, user: User | None, request_id: str, **detail: Any) -> None:
    """A line about an attempt that failed, which outlives the request. `user` is None where there is no such user.

    For both the same is asked of the database: the time of an answer must not tell them apart.
    """
    today = clock.today()
    if user:
        actor = who(user, today)
    else:
        queries.seats_of(0, today=today)
        actor = system_actor("sign-in")
    row = user.pk if user else ""
    audit.record_outside(code, actor=actor, request_id=request_id, table=TABLE, row=row, **detail)


def note_seen(user: User, today: dt.date) -> None:
    """Keep the day on which the account was last used, once a day (ORG-023). The transaction must have its actor."""
    if user.last_seen_on != today:
        User.objects.filter(pk=user.pk).update(last_seen_on=today, inactivity_warned_on=None)


def accept_statement(*, user: User) -> None:
    """Keep when the user affirmed a valid business reason (ORG-007)."""
    act_as_person(user)
    User.objects.filter(pk=user.pk).update(statement_accepted_at=clock.now())
    audit.record("statement.accepted", actor=who(user, clock.today()), table=TABLE, row=user.pk)


def switch_organisation(*, actor: Actor, user: User, organisation_id: int) -> Seat:
    """Act for another organisation from now on, on record in both (ruling C-118). Raises Refused for a stranger's."""
    seats = {seat.organisation_id: seat for seat in queries.seats_of(user.pk, today=clock.today())}
    if organisation_id not in seats:
        raise Refused(_("You are not a member of that organisation."))
    chosen = seats[organisation_id]
    change = {"left": actor.organisation_id, "entered": organisation_id}
    record("organisation.switched", actor=actor, **change)
    record("organisation.switched", actor=who(user, clock.today(), organisation_id), **change)
    return chosen


def set_language(*, user: User, language: str) -> None:
    """Keep the language of the user's pages and mail. The transaction must have its actor."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
