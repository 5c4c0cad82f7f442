"""The browser that the tests drive: the installed one, else one from the system's packages, else Playwright's own.

`python -m tests.browser` makes sure that one starts, before any test needs it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--headless=new",
    # Its own sandbox refuses to run as root and in most containers; these browsers open our own pages only.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # Letters are as wide on every machine, so that a width measured here holds elsewhere.
    "--font-render-hinting=none",
)
INSTALL_SECONDS = 600
ADVICE = (
    "No Chromium starts on this machine, and the browser tests need one. On Debian and Ubuntu: "
    "`apt-get install chromium fonts-liberation`. Elsewhere: `.venv/bin/python -m playwright install --with-deps "
    "chromium`, or name one in OPENSPONSOR_TEST_CHROMIUM."
)


class NoBrowser(Exception):
    """No browser starts; the text says what to install."""


def launch(playwright: Playwright) -> Browser:
    """Start the first browser that works. Raises NoBrowser with what to do when none does."""
    reasons = []
    for path in _installed(playwright):
        try:
            return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            reasons.append(f"{path}: {str(error).splitlines()[0]}")
    raise NoBrowser("\n".join([ADVICE, *reasons]))


def _installed(playwright: Playwright) -> Iterator[str]:
    asked = os.environ.get("OPENSPONSOR_TEST_CHROMIUM")
    if asked:
        yield asked
        return
    yield from (path for name in NAMES if (path := shutil.which(name)))
    if Path(playwright.chromium.executable_path).exists():
        yield playwright.chromium.executable_path


def version() -> str:
    """The version of the browser that starts. Raises NoBrowser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            return browser.version
        finally:
            browser.close()


def install() -> None:
    """Get a browser: from the system's packages where we may, else Playwright's own. Says nothing when that fails."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        if _run("apt-get", "install", "-y", "-qq", "chromium", "fonts-liberation"):
            return
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> bool:
    with suppress(OSError, subprocess.TimeoutExpired):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.run(command, env=environment, timeout=INSTALL_SECONDS).returncode == 0
    return False


def main() -> int:
    """Make sure that a browser starts; returns the exit code."""
    try:
        found = version()
    except NoBrowser:
        install()
        try:
            found = version()
        except NoBrowser as error:
            print(error, file=sys.stderr)
            return 1
    print(f"Browser tests use Chromium {found}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
