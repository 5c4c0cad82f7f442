"""Who measures: caseworkers of the largest council and county and somebody of the largest nation, signed in already."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

# Any value of this length will do, in the cookie and in the form alike.
CSRF = "a" * 32
WORDS = "Kovalenko"

_LARGEST = """
SELECT owner_id FROM cases_case JOIN identity_organisation o ON o.id = owner_id AND o.kind = 'AUTHORITY'
WHERE cases_case.kind = 'HOUSEHOLD' GROUP BY owner_id ORDER BY count(*) DESC, owner_id LIMIT 1
"""
_LARGEST_COUNTY = """
SELECT r.organisation_id FROM cases_case c JOIN identity_reach r ON r.reached_id = c.owner_id
JOIN identity_organisation o ON o.id = r.organisation_id AND o.kind = 'AUTHORITY'
WHERE c.kind = 'HOUSEHOLD' GROUP BY r.organisation_id ORDER BY count(*) DESC, 1 LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a session. `actor` is who they are to the product."""

    user_id: int
    actor: Any
    cookie: str


@dataclass(frozen=True, slots=True)
class Visitors:
    """`own` reads one organisation, `county` its districts too, `nation` all of England; `welsh` is `own` in Welsh."""

    own: Visitor
    welsh: Visitor
    county: Visitor
    nation: Visitor


def visitors() -> Visitors:
    """Make them, as the platform itself. The sessions are younger than they may get at rest."""
    from django.utils import timezone

    from opensponsor.core import bulk
    from opensponsor.core.rowsecurity import as_system
    from opensponsor.identity.models import Organisation
    from opensponsor.identity.roles import Role

    today = timezone.localdate()
    with as_system("bench"):
        council, county = bulk.number(_LARGEST), bulk.number(_LARGEST_COUNTY)
        nation = Organisation.objects.get(code="mhclg").pk
        return Visitors(
            own=_visitor("own", council, Role.CASEWORKER, today),
            welsh=_visitor("welsh", council, Role.CASEWORKER, today, "cy"),
            county=_visitor("county", county, Role.CASEWORKER, today),
            nation=_visitor("nation", nation, Role.NATIONAL_ADMINISTRATOR, today),
        )


def _visitor(name: str, organisation_id: int, role: Any, today: dt.date, language: str = "en") -> Visitor:
    from django.conf import settings

    from opensponsor.identity import queries
    from opensponsor.identity.models import Membership, User

    email = f"bench-{name}@bench.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, f"Bench {name}", language=language, active_from=today
    )
    place = {"user": user, "organisation_id": organisation_id, "role": role}
    if not Membership.objects.filter(**place, ends_on=None).exists():
        Membership.objects.create(**place, starts_on=today)
    actor = queries.actor_for(user, today=today)
    return Visitor(
        user.pk, actor, f"{settings.SESSION_COOKIE_NAME}={_session(user, language)}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    )


def _session(user: Any, language: str) -> str:
    """A session that has come all the way, in which the words were looked for already."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from opensponsor.web.account import session as account_session
    from opensponsor.web.lists.reading import SEARCHES
    from opensponsor.web.middleware.language import SESSION_KEY as LANGUAGE

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SEARCHES] = {"words": WORDS}
    session[LANGUAGE] = language
    account_session.begin(session)
    account_session.prove(session)
    account_session.affirm(session)
    session.save()
    return str(session.session_key)
