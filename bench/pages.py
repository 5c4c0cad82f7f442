"""Pages on data of the size of a nation: how many times the floor each costs, measured side by side.

`python -m bench pages`; OPENSPONSOR_BENCH_SIZE and OPENSPONSOR_BENCH_KEEP are explained in `large.py`. The *web* floor
is `floor_app.py`: the same rows by the same web server. Floor and page are asked in turns, so that whatever else the
machine does weighs on both.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from bench import facts, floors, large, many, orders, servers
from bench.timing import Line, in_turns, print_heading
from bench.visitors import CSRF, WORDS, Visitor, Visitors, visitors

LIST = "/households/"
FILTERED = "/households/?checks=PARTIAL&sort=-arrived_on"
FOUND = "/households/?found=words"
USERS, SECONDS = 8, 6


@dataclass(frozen=True, slots=True)
class Page:
    """A page and whom it is shown to, against a floor, or against another page of ours. `most` and `aim` are times."""

    name: str
    visitor: Visitor
    path: str
    against: "str | Page"
    most: float
    aim: float


def measure() -> None:
    """Load or find the data, serve product and floor, and print a line for each operation."""
    with large.loaded() as cluster:
        people = visitors()
        shown, changed, *_more = facts.households_with_notes(people.own)
        floor = {
            "OPENSPONSOR_BENCH_DATABASE": json.dumps(large.as_superuser(cluster)),
            "OPENSPONSOR_BENCH_STATEMENTS": json.dumps(
                floors.pages(people.own.actor.organisation_id, shown, changed, WORDS)
            ),
        }
        with servers.serving(servers.FLOOR, floor) as floor_port, servers.serving(servers.PRODUCT, {}) as port:
            print_heading()
            for page in _pages(people, shown):
                _show(page, port, floor_port)
            _save(people.own, changed, port, floor_port)
            _eight("list", people.own, FILTERED, port, floor_port, "filtered")
            _eight("record", people.own, f"{LIST}{shown}/notes/", port, floor_port, "record")
            many.measure(cluster, people, port)
            orders.measure(people.nation)


def _pages(people: Visitors, case_id: UUID) -> list[Page]:
    filtered = Page("list, filtered and sorted, own council", people.own, FILTERED, "filtered", 6, 4)
    national = Page("  of a nation", people.nation, FILTERED, filtered, 1.2, 1.1)
    usual = Page("list as it opens, own council", people.own, LIST, "list", 6, 4)
    far = f"{LIST}?sort=title&after={facts.row_before_page_100(people.nation)}"
    names = Page("names looked for, own council", people.own, FOUND, "names", 6, 4)
    return [
        filtered,
        Page("  of a county and its districts", people.county, FILTERED, filtered, 1.5, 1.2),
        national,
        Page("  in Welsh", people.welsh, FILTERED, filtered, 1.1, 1.05),
        usual,
        Page("  of a nation", people.nation, LIST, usual, 1.2, 1.1),
        Page("  page 100 of a nation", people.nation, far, Page("", people.nation, LIST, "", 0, 0), 1.1, 1.05),
        names,
        Page("  of a nation", people.nation, FOUND, names, 0, 0),
        Page("record with 30 entries", people.own, f"{LIST}{case_id}/notes/", "record", 6, 4.5),
    ]


def _show(page: Page, port: int, floor_port: int) -> None:
    ours = servers.Connection(port)
    body = ours.get(page.path, page.visitor.cookie)
    if isinstance(page.against, Page):
        other, theirs = page.against, ours
        against = lambda: theirs.get(other.path, other.visitor.cookie)  # noqa: E731
    else:
        floor, theirs = f"/{page.against}", servers.Connection(floor_port)
        against = lambda: theirs.get(floor)  # noqa: E731
    times = in_turns(lambda: ours.get(page.path, page.visitor.cookie), against)
    queries = facts.queries_of(page.visitor, page.path)
    Line(page.name, times, page.most, page.aim, queries, body).print()


def _save(visitor: Visitor, case_id: UUID, port: int, floor_port: int) -> None:
    """One field of a household is changed and changed back. The page that follows, which says so, is not counted."""
    ours, floor = servers.Connection(port), servers.Connection(floor_port)
    path = f"{LIST}{case_id}/change/"
    fields = facts.household_fields(case_id)

    def save() -> None:
        fields["is_complex"] = "" if fields["is_complex"] else "on"
        ours.post(path, urlencode({**fields, "csrfmiddlewaretoken": CSRF}), visitor.cookie)
        fields["version"] = str(int(fields["version"]) + 1)

    def floor_save() -> None:
        floor.get("/save")
        fields["version"] = str(int(fields["version"]) + 1)

    times = in_turns(save, floor_save, between=lambda: ours.get(f"{LIST}{case_id}/", visitor.cookie))
    fields["is_complex"] = "" if fields["is_complex"] else "on"
    queries = facts.queries_of(visitor, path, {**fields, "csrfmiddlewaretoken": CSRF})
    Line("one field saved, with event and history", times, 7, 5.5, queries).print()


def _eight(name: str, visitor: Visitor, path: str, port: int, floor_port: int, floor: str) -> None:
    ours = servers.rate(port, path, visitor.cookie, users=USERS, seconds=SECONDS)
    theirs = servers.rate(floor_port, f"/{floor}", "", users=USERS, seconds=SECONDS)
    share = f"1/{theirs / ours:.1f} of the floor's {theirs:.0f}"
    print(f"  {USERS} users, {name}: {ours:.0f} pages/s, {share} (at least 1/6, aim 1/3)", flush=True)
