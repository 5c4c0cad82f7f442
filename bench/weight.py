"""What a browser downloads for the first page: the page, its style sheet, scripts and pictures, as they are sent."""

import http.client
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

MOST_REDIRECTS = 5


class _References(HTMLParser):
    """Collects the addresses of what belongs to a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        wanted = {"script": "src", "img": "src", "link": "href"}.get(tag)
        if wanted and values.get(wanted) and values.get("rel") not in {"canonical", "alternate", "help"}:
            self.found[str(values[wanted])] = None


def measure(host: str, port: int, path: str = "/") -> None:
    """Print the bytes on the wire of the page at `path`, following redirects, with an empty cache."""
    for _ in range(MOST_REDIRECTS):
        answer, body = _get(host, port, path, "identity")
        if answer.status not in {301, 302, 303}:
            break
        path = urlsplit(answer.headers["Location"]).path
    references = _References()
    references.feed(body.decode())
    total = 0
    for each in [path, *references.found]:
        size = len(_get(host, port, urljoin(path, each), "br, gzip")[1])
        total += size
        print(f"    {size / 1000:6.1f} kB  {each}")
    print(f"  first page: {total / 1000:.1f} kB (at most 60 kB)")


def _get(host: str, port: int, path: str, encoding: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body
