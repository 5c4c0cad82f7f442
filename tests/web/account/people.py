"""Signing in as a browser does, on accounts with a password and an authenticator app."""

import re
import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from opensponsor.audit.models import Event
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity.models import User
from tests.conftest import _context_restored

PASSWORD = "penknife gravel tulip bench"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME = "/account/"


class Browser(Client):
    """A browser of its own: after each request nobody acts, as between two real transactions."""

    def request(self, **request: Any) -> HttpResponse:
        with _context_restored("default"):
            return super().request(**request)  # type: ignore[return-value]


@dataclass
class Person:
    """Somebody at a browser."""

    user: User
    browser: Browser
    seed: str = SEED

    def give_password(self, password: str = PASSWORD, next_page: str = "") -> HttpResponse:
        fields = {"login": self.user.email, "password": password} | ({"next": next_page} if next_page else {})
        return self.browser.post("/sign-in/", fields)

    def give_code(self, code: str = "") -> HttpResponse:
        return self.browser.post("/sign-in/code/", {"code": code or code_now(self.seed)})

    def affirm(self) -> HttpResponse:
        return self.browser.post("/sign-in/statement/", {"accepted": "on"})

    def sign_in(self) -> HttpResponse:
        self.give_password()
        self.give_code()
        return self.affirm()

    def is_in(self) -> bool:
        return self.browser.get(HOME).status_code == 200


def code_now(seed: str = SEED) -> str:
    """What the authenticator app shows now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30))


def text_of(response: HttpResponse) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def lines(code: str) -> list[Event]:
    """The lines of history with this code, oldest first, wherever they were written."""
    with _context_restored("default"), as_system("test"):
        found = list(Event.objects.filter(code=code).order_by("id"))
    with _context_restored("outside"), as_system("test", using="outside"):
        return found + list(Event.objects.using("outside").filter(code=code).order_by("id"))
