"""What the browser is told with every page, before and after signing in."""

import json
import subprocess
import sys

import pytest

from tests.web.account.people import Browser, Person

PAGES = ["/sign-in/", "/password/forgotten/", "/password/forgotten/sent/", "/sign-in/closed/", "/no-such-page/"]
EXPECTED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "script-src 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def missing(response) -> list[str]:
    return [name for name, value in EXPECTED.items() if value not in response.headers.get(name, "")]


@pytest.mark.parametrize("page", PAGES)
def test_pages_for_everybody(db: None, page: str) -> None:
    answer = Browser().get(page)
    assert missing(answer) == []
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


@pytest.mark.parametrize("page", ["/account/", "/account/sessions/", "/account/second-factor/passkey/"])
def test_pages_behind_the_sign_in(mari: Person, page: str) -> None:
    mari.sign_in()
    answer = mari.browser.get(page)
    assert answer.status_code == 200
    assert missing(answer) == []
    assert " style=" not in answer.content.decode()


def test_the_drawing_of_the_code_is_part_of_the_page(make_person) -> None:
    ivan = make_person(has_app=False)
    ivan.give_password()
    page = ivan.browser.get("/account/second-factor/app/")
    assert missing(page) == []
    assert "<svg" in page.content.decode()
    assert "data:" not in page.content.decode()


def test_refusals_too(mari: Person) -> None:
    assert missing(mari.browser.get("/account/")) == []
    assert missing(Browser(enforce_csrf_checks=True).post("/sign-in/", {})) == []


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(mari: Person) -> None:
    mari.sign_in()
    for name in ("session",):
        cookie = mari.browser.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]
        assert cookie["path"] == "/"
        assert not cookie["max-age"]


SECURE = """
import json, django
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
from django.test import Client
browser = Client()
plain, page = browser.get("/sign-in/"), browser.get("/sign-in/", secure=True)
cookies = {name: [cookie["secure"], cookie["path"], cookie["domain"]] for name, cookie in page.cookies.items()}
print(json.dumps([plain.status_code, plain.headers["Location"], dict(page.headers), cookies]))
"""


@pytest.mark.committed
def test_with_encryption_cookies_and_headers_hold_browsers_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSPONSOR_HTTPS", "yes")
    monkeypatch.setenv("OPENSPONSOR_ALLOWED_HOSTS", "testserver")
    run = subprocess.run([sys.executable, "-c", SECURE], capture_output=True, text=True, timeout=60, check=True)
    status, location, headers, cookies = json.loads(run.stdout)
    assert (status, location) == (301, "https://testserver/sign-in/")
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert set(cookies) == {"__Host-csrf"}
    assert all(cookie == [True, "/", ""] for cookie in cookies.values())
