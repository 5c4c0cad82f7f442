"""Somebody at a browser, and what they do there, in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Page, Request, Response, expect

DESKTOP, PHONE, NARROW = (1366, 900), (375, 812), (320, 640)
WIDTHS = (DESKTOP, PHONE, NARROW)
# What a reader would press: the role and its accessible name.
PRESSABLE = ("button", "link")
_WATCH_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


def _label(words: str | re.Pattern[str]) -> re.Pattern[str]:
    """The label with just these words, with or without the mark of a field that must be filled in."""
    return words if isinstance(words, re.Pattern) else re.compile(rf"^\s*{re.escape(words)}\s*([*(][\s\S]*)?$")


@dataclass
class Visitor:
    """One browser window of one person. Presses of the pointer are counted in `presses_so_far`, typing is not."""

    context: BrowserContext
    page: Page
    address: str
    has_scripts: bool = True
    presses_so_far: int = 0
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Write down every fault: errors on the console, answers that are none, requests that leave the host."""
        if self.has_scripts:
            self.context.add_init_script(_WATCH_POLICY)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.context.on("request", self._see_request)
        self.context.on("response", self._see_response)
        self.page.on("requestfailed", self._see_failure)

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium also reports each answer of 400 or more; the answers themselves are looked at below.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console {message.type}: {message.text} ({message.page and message.page.url})")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "about:")):
            self.faults.append(f"leaves the host: {request.url}")

    def _see_failure(self, request: Request) -> None:
        """No answer is a fault, unless the browser itself gave up on a picture of a page that it was leaving."""
        is_left_behind = request.failure == "net::ERR_ABORTED" and "favicon" in request.url
        if not is_left_behind:
            self.faults.append(f"no answer: {request.url} {request.failure}")

    def _see_response(self, response: Response) -> None:
        if response.request.resource_type != "document" and response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    # Moving about

    def opens(self, path: str) -> Response | None:
        """Go to an address of the site; returns the answer."""
        return self.page.goto(self.address + path)

    def goes_back(self) -> None:
        self.page.go_back()

    @property
    def path(self) -> str:
        """The address of the page without the host."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    # Doing

    def presses(self, words: str | re.Pattern[str], *, within: Locator | None = None, nth: int | None = None) -> None:
        """Press the link or the button with these words, and wait for the page it leads to."""
        place = within or self.page.locator("body")
        found = self._one_of(place, words, nth)
        self._press(found.click)

    def presses_element(self, found: Locator) -> None:
        """Press something that has no words of its own."""
        self._press(found.click)

    def _one_of(self, place: Locator, words: str | re.Pattern[str], nth: int | None) -> Locator:
        exact = isinstance(words, str)
        kinds = [place.get_by_role(kind, name=words, exact=exact) for kind in PRESSABLE]  # type: ignore[arg-type]
        found = kinds[0].or_(kinds[1])
        return found if nth is None else found.nth(nth)

    def _press(self, press: Callable[[], None]) -> None:
        self.presses_so_far += 1
        press()
        self.page.wait_for_load_state()

    def types(self, label: str | re.Pattern[str], text: str, *, within: Locator | None = None) -> None:
        """Type into the field with this label, in place of what is there."""
        place = within or self.page.locator("body")
        place.get_by_label(_label(label)).fill(text)

    def types_date(self, legend: str | re.Pattern[str], iso: str) -> None:
        """Type a date into three boxes."""
        group = self.page.get_by_role("group", name=_label(legend))
        year, month, day = iso.split("-")
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(label).fill(str(int(value)))

    def ticks(self, label: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Tick a box or choose a radio button."""
        place = within or self.page.locator("body")
        self.presses_so_far += 1
        place.get_by_label(_label(label)).check()

    def selects(self, label: str | re.Pattern[str], choice: str) -> None:
        """Choose from a list that unfolds."""
        self.presses_so_far += 1
        self.page.get_by_label(_label(label)).select_option(label=choice)

    def chooses_file(self, label: str, name: str, content: bytes) -> None:
        """Choose a file from the machine."""
        self.presses_so_far += 1
        file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(_label(label)).set_input_files(file)

    def unfolds(self, words: str) -> None:
        """Open a fold such as Filters or Menu."""
        self._press(self.page.locator("summary").filter(has_text=words).first.click)

    def uses_keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_stops_until(self, target: Locator, most: int = 100) -> int:
        """How often the tabulator has to be pressed from the top of the page until the element has the focus."""
        for count in range(1, most + 1):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return count
        raise AssertionError(f"{most} tab stops do not reach {target}")

    def is_at(self, size: tuple[int, int]) -> None:
        """Look through a window of this width and height."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    # Seeing

    def sees(self, text: str | re.Pattern[str]) -> None:
        """The text is on the page and can be seen."""
        expect(self.page.locator("body")).to_contain_text(text, use_inner_text=True)

    def does_not_see(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text, use_inner_text=True)

    def sees_heading(self, text: str | re.Pattern[str]) -> None:
        """The heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def sees_message(self, text: str | re.Pattern[str]) -> None:
        """The message about what just happened."""
        expect(self.page.locator(".os-message")).to_contain_text(text)

    def sees_problem(self, text: str | re.Pattern[str]) -> None:
        """The summary of what is wrong with the form; it has the focus when scripts run."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(text)
        if self.has_scripts:
            expect(summary).to_be_focused()
        expect(self.page).to_have_title(re.compile("^(Error|Gwall):"))

    def field(self, label: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_label(_label(label))

    def rows_in_sight(self) -> int:
        """How many rows of the table are wholly above the fold."""
        script = """() => [...document.querySelectorAll("tbody tr")]
          .filter((row) => row.getBoundingClientRect().bottom <= window.innerHeight).length"""
        return int(self.page.evaluate(script))

    def policy_violations(self) -> list[str]:
        """What the content security policy of this page refused."""
        return list(self.page.evaluate("window.policyViolations")) if self.has_scripts else []

    def is_content(self) -> None:
        """Nothing went wrong so far, seen or unseen."""
        assert not self.faults, "\n".join(self.faults)
