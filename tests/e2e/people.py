"""The people of a journey and the records they work on, written straight to the database."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
import struct
import time
from dataclasses import dataclass
from itertools import count

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import acting
from opensponsor.hosts import services as hosts
from opensponsor.hosts.models import Sponsor
from opensponsor.identity import queries
from opensponsor.identity.models import Organisation, User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.licensing import services as licensing
from opensponsor.licensing.models import Licence
from opensponsor.people import services as people
from opensponsor.people.models import Household
from opensponsor.people.states import Route
from opensponsor.web.account import session as account_session
from tests import factories
from tests.e2e.visitor import Visitor

PASSWORD = "copper-thistle-ferry-41"
PERIOD = 30
_number = count(1)


@dataclass(frozen=True)
class Member:
    """Somebody with an account, a password and an authenticator app."""

    user: User
    organisation: Organisation
    secret: str

    @property
    def actor(self) -> Actor:
        """Who they are to the services today."""
        found = queries.actor_for(self.user, today=clock.today(), organisation_id=self.organisation.pk)
        assert found is not None
        return found


def a_council(name: str = "", **fields: object) -> Organisation:
    """A council in Wales."""
    return an_organisation(OrganisationKind.AUTHORITY, name or f"Council {next(_number)}", **fields)


def an_organisation(kind: OrganisationKind, name: str, realm: Realm = Realm.WALES, **fields: object) -> Organisation:
    """An organisation of this kind; its code is found nowhere else."""
    return factories.organisation(kind, realm=realm, name_en=name, code=secrets.token_hex(6), **fields)


def a_member(at: Organisation, *roles: Role, name: str = "Mari Evans") -> Member:
    """Somebody of the organisation who can sign in with a password and a code."""
    user = factories.member(at, *roles, full_name=name, email=an_address())
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    with factories.writing():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        TOTP.activate(user, secret)
    return Member(user, at, secret)


def an_address() -> str:
    """An e-mail address that nobody else has."""
    return f"{secrets.token_hex(5)}@council.example"


def code_of(secret: str, *, periods_later: int = 0) -> str:
    """The six figures that an authenticator app shows for this secret (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8), casefold=True)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // PERIOD + periods_later), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def comes_in(visitor: Visitor, member: Member, *, language: str = "en") -> None:
    """Give the window a session that has come all the way; signing in by hand is a journey of its own."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    account_session.begin(session)
    account_session.prove(session)
    account_session.affirm(session)
    # Before something sensitive a factor is asked for again after five minutes. A walk may take longer.
    session[account_session.FACTOR_AT] += 60 * 60
    session["language"] = language
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": visitor.address}
    visitor.context.add_cookies([cookie])


def a_household(of: Member, family_name: str = "Kovalenko", given_names: str = "Olena") -> Household:
    """A household of one adult, of the council of this member."""
    with acting(of.actor) as actor:
        return people.add_household(
            actor=actor,
            today=clock.today(),
            route=Route.INDIVIDUAL_SPONSOR,
            lead={"given_names": given_names, "family_name": family_name, "birth_date": dt.date(1988, 5, 4)},
            arrived_on=dt.date(2026, 3, 7),
        )


def a_sponsor(of: Member, family_name: str = "Morgan") -> Sponsor:
    """A host of the council of this member."""
    with acting(of.actor) as actor:
        return hosts.add_sponsor(actor=actor, today=clock.today(), given_names="Rhys", family_name=family_name)


def a_licence(of: Member, holder: Organisation) -> Licence:
    """The licence of a sponsor, added by the Home Office."""
    with acting(of.actor) as actor:
        return licensing.add_licence(
            actor=actor,
            organisation_id=holder.pk,
            number=secrets.token_hex(5).upper(),
            today=clock.today(),
            sponsor_name=holder.name_en,
            granted_on=dt.date(2025, 1, 6),
        )
