"""The browser, the running installation, and visitors."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

from tests import browser as browsers
from tests.e2e.site import Site, repository
from tests.e2e.visitor import DESKTOP, Visitor
from tests.throwaway import Throwaway

WAIT_MILLISECONDS = 10_000
SCREENSHOTS = repository() / "build" / "e2e"
VISITORS = pytest.StashKey[list[Visitor]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Add to the report of a failed test what the visitors saw and what the server said."""
    report = yield
    if report.when == "call" and report.failed and VISITORS in item.stash:
        report.sections.append(("browser", "\n".join(_keep_pictures(item))))
        report.sections.append(("web server", item.funcargs["site"].last_lines()))
    return report


def _keep_pictures(item: pytest.Item) -> Iterator[str]:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", item.name)[:100]
    for number, visitor in enumerate(item.stash[VISITORS]):
        path = SCREENSHOTS / f"{name}-{number}.png"
        with suppress(Error):
            visitor.page.screenshot(path=path, full_page=True)
        yield "\n".join([visitor.page.url, str(path), *visitor.faults])


# For this folder only: while Playwright lives, this thread counts as asynchronous for everybody else.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of this process."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        found = browsers.launch(playwright)
        yield found
        found.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def site(browser: Browser, django_db_blocker: Any) -> Iterator[Site]:
    """A running installation on a database of this process, which the test itself can write to."""
    database = Throwaway(
        Path(os.environ["OPENSPONSOR_TEST_HOME"]), f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_web"
    )
    database.set_up()
    here = Site(database)
    with here.running(), django_db_blocker.unblock(), here.written_to():
        yield here


@pytest.fixture(scope="package")
def world(site: Site) -> Any:
    """The demo, with everybody in it."""
    from tests.e2e.world import a_world

    return a_world()


@pytest.fixture
def somebody(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`somebody()` is a new window of a new person; what they saw last is kept as a picture when the test fails."""
    visitors = request.node.stash[VISITORS] = []
    with ExitStack() as stack:

        def enter(*, size: tuple[int, int] = DESKTOP, has_scripts: bool = True, **options: Any) -> Visitor:
            viewport = {"width": size[0], "height": size[1]}
            context = browser.new_context(viewport=viewport, java_script_enabled=has_scripts, locale="en-GB", **options)
            stack.callback(context.close)
            context.set_default_timeout(WAIT_MILLISECONDS)
            visitor = Visitor(context, context.new_page(), site.address, has_scripts)
            visitor.watch()
            visitors.append(visitor)
            return visitor

        yield enter
