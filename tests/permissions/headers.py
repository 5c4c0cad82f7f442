"""The headers that every answer carries, whatever it is (G23)."""

import re

from django.http import HttpResponse

EVERYWHERE = {
    "Content-Security-Policy": r"default-src 'none'.*frame-ancestors 'none'|frame-ancestors 'none'.*default-src 'none'",
    "X-Content-Type-Options": r"^nosniff$",
    "X-Frame-Options": r"^DENY$",
    "Referrer-Policy": r"^same-origin$",
    "Cross-Origin-Opener-Policy": r"^same-origin$",
}
UNSAFE = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*", "data:")


def faults_of(response: HttpResponse, *, is_signed_in: bool) -> list[str]:
    """What is wrong with the headers of an answer. What somebody saw who is signed in is kept nowhere."""
    faults = [name for name, pattern in EVERYWHERE.items() if not re.search(pattern, response.get(name, ""))]
    policy = response.get("Content-Security-Policy", "")
    faults += [f"policy lets {source} in" for source in UNSAFE if source in policy]
    if is_signed_in and "no-store" not in response.get("Cache-Control", ""):
        faults.append("may be kept by caches")
    return faults
