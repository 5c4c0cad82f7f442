"""The demonstration: invented people, and how to sign in as one of them. Import it once Django is up."""

import base64
import hashlib
import hmac
import time

from django.conf import settings

from opensponsor.demo.accounts import ACCOUNTS, PASSWORD
from opensponsor.demo.load import load as load_data
from opensponsor.ops.problems import Problem

PERIOD_SECONDS = 30


def load() -> None:
    """Make the demonstration if it is not there yet. Raises Problem in a live system."""
    if settings.LIVE:
        raise Problem(
            "Invented people are never loaded into a live system. Set OPENSPONSOR_ENVIRONMENT=demo for a demo."
        )
    load_data()


def log_ins() -> str:
    """Who can sign in to the demonstration, as a table."""
    rows = [(account.email, ", ".join(str(role.label) for role in account.roles)) for account in ACCOUNTS]
    width = max(len(email) for email, _ in rows)
    table = "\n".join(f"  {email:{width}}  {roles}" for email, roles in rows)
    return (
        "\nSign in as one of these invented people:\n\n"
        f"{table}\n\n  Password, the same for all: {PASSWORD}\n  One-time codes: `make codes` in another terminal"
    )


def codes(now: float | None = None) -> str:
    """The present one-time code of each demo account. Raises Problem outside the demonstration."""
    if settings.ENVIRONMENT != "demo":
        raise Problem("One-time codes are shown in the demonstration only (OPENSPONSOR_ENVIRONMENT=demo).")
    now = time.time() if now is None else now
    left = PERIOD_SECONDS - int(now) % PERIOD_SECONDS
    lines = [f"  {one_time_code(account.totp_secret, now)}  {account.email}" for account in ACCOUNTS]
    return "\n".join([*lines, f"\nValid for {left} more seconds, once each."])


def one_time_code(secret: str, now: float) -> str:
    """The six digits that an authenticator app would show (RFC 6238)."""
    counter = int(now // PERIOD_SECONDS).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = digest[-1] & 0x0F
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
