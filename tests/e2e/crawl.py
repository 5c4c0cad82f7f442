"""Which pages somebody reaches by following links, one of each shape."""

from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.e2e.visitor import Visitor

MOST_PAGES = 400
# Tags that close themselves.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True)
class Found:
    """A page: its address, its view, and the shape of its content, which tells two states of one view apart."""

    path: str
    view_name: str
    status: int
    is_page: bool
    shape: frozenset[str]
    inline: tuple[str, ...] = ()


def reachable(visitor: Visitor, start: str = "/") -> list[Found]:
    """Every kind of page that links lead to from the start, nearest first. Nothing is sent but GET."""
    waiting, seen, found = deque([start]), {_kind(start)}, []
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        page, links = _read(visitor, path)
        found.append(page)
        for link in links:
            kind = _kind(link)
            if kind and kind not in seen:
                seen.add(kind)
                waiting.append(link)
    return found


def _read(visitor: Visitor, path: str) -> tuple[Found, list[str]]:
    answer = visitor.context.request.get(visitor.address + path, max_redirects=5)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    reader = _Reader()
    if is_page:
        reader.feed(answer.text())
    here = urlsplit(answer.url)
    path = here.path + (f"?{here.query}" if here.query else "")
    links = [local for href in reader.links if (local := _local(visitor, answer.url, href))]
    name, shape = _view_name(here.path), frozenset(reader.shape)
    return Found(path, name, answer.status, is_page, shape, tuple(reader.inline)), links


def _local(visitor: Visitor, base: str, href: str) -> str:
    """The path of a link within the site, without the place on the page; nothing for the others."""
    target = urljoin(base, href)
    if not target.startswith(visitor.address + "/"):
        return ""
    parts = urlsplit(target)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(path: str) -> tuple[str, frozenset[str]] | None:
    """Pages of one view that are asked for the same things are one kind."""
    parts = urlsplit(path)
    name = _view_name(parts.path)
    return (name, frozenset(key for key, _ in parse_qsl(parts.query))) if name else None


def _view_name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _is_code(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith("on")


class _Reader(HTMLParser):
    """The links of a page, the ways from its root to each element by tag and class, and what is written inline."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.shape: set[str] = set()
        self.inline: list[str] = []
        self._path: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.links.append(given["href"] or "")
        if tag == "style" or (tag == "script" and "src" not in given) or any(_is_code(name) for name in given):
            self.inline.append(self.get_starttag_text() or tag)
        step = ".".join([tag, *(given.get("class") or "").split(), given.get("type") or "", given.get("role") or ""])
        self.shape.add("/".join([*self._path[-4:], step]))
        if tag not in _VOID:
            self._path.append(step)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._path) - 1, -1, -1):
            if self._path[index].split(".")[0] == tag:
                del self._path[index:]
                return
