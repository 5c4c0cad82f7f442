"""Rows for tests, written as the role of the feeds; afterwards whoever acted before acts again.

Each factory gives a sound row with as few arguments as possible. Names are invented.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity import queries
from opensponsor.identity.models import Membership, Organisation, Reach, User
from opensponsor.identity.roles import Role, roles_for
from opensponsor.identity.states import OrganisationKind, Realm
from tests.conftest import _context_restored

_number = count(1)
# Long ago, so that a day in a test is never before it.
LONG_AGO = dt.date(2022, 3, 18)


@contextmanager
def writing(using: str = "default") -> Iterator[None]:
    """A block that writes the rows of every organisation."""
    with _context_restored(using), as_system("factory", using=using):
        yield


def organisation(
    kind: OrganisationKind = OrganisationKind.AUTHORITY,
    *,
    realm: Realm = Realm.WALES,
    reaches: tuple[Organisation, ...] = (),
    may_write: bool = True,
    **fields: Any,
) -> Organisation:
    """An organisation, which reaches the records of others when told so."""
    number = next(_number)
    values = {"code": f"body-{number}", "name_en": f"Body {number:03d}"} | fields
    with writing():
        made = Organisation.objects.create(kind=kind, realm=realm, **values)
        for reached in reaches:
            Reach.objects.create(organisation=made, reached=reached, may_write=may_write)
    return made


def user(full_name: str = "Mari Evans", **fields: Any) -> User:
    """Somebody with an account and no password."""
    values = {"email": f"person{next(_number)}@example.test", "statement_accepted_at": clock.now()} | fields
    with writing():
        return User.objects.create_user(full_name=full_name, **values)


def membership(of: User, at: Organisation, role: Role | None = None, **fields: Any) -> Membership:
    """A role held since long ago; without one the first that this kind of organisation has."""
    values = {"starts_on": LONG_AGO} | fields
    with writing():
        return Membership.objects.create(
            user=of, organisation=at, role=role or roles_for(OrganisationKind(at.kind))[0], **values
        )


def member(at: Organisation, *roles: Role, **fields: Any) -> User:
    """A user who holds the roles at the organisation."""
    made = user(**fields)
    for role in roles or (None,):
        membership(made, at, role)
    return made


def actor(at: Organisation | None = None, *roles: Role, of: User | None = None) -> Actor:
    """The actor that the web would build today for a new user, or for `of`, at the organisation."""
    place = at or organisation()
    person = of or member(place, *roles)
    found = queries.actor_for(person, today=clock.today(), organisation_id=place.pk)
    assert found is not None, "not a member of the organisation today"
    return found
