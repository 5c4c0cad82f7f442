"""A browser without a window: Django's client, signed in the way the pages end up with."""

import re
from html import unescape
from typing import Any

from django.test import Client

from opensponsor.identity.models import User
from opensponsor.web.account import session as account_session
from tests import factories


def signed_in(user: User, **extra: Any) -> Client:
    """A client whose session has come all the way: password, second factor, data statement."""
    client = Client(**extra)
    with factories.writing():  # the sign-in library notes the time of the sign-in
        client.force_login(user)
    session = client.session
    account_session.begin(session)
    account_session.prove(session)
    account_session.affirm(session)
    session.save()
    return client


def main_of(answer: Any) -> str:
    """The words of the main part of a page, as somebody reads them."""
    html = answer.content.decode()
    start, end = html.index("<main"), html.index("</main>")
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[start:end])))
