"""Components escape what they are given, say in words what they show, and stand on every page of the gallery."""

import datetime
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.template import Context
from django.template.loader import get_template
from django.test import RequestFactory
from django.test.utils import override_settings
from django.utils import translation

from opensponsor.core.actor import Actor, Scope
from opensponsor.web import navigation, status_colours
from opensponsor.web.components import (
    actions,
    cells,
    errors,
    fragments,
    lists,
    markup,
    panels,
    records,
    shell,
    tables,
    timeline,
)
from opensponsor.web.components.shapes import (
    Action,
    AnswerGroup,
    Column,
    Difference,
    Entry,
    Fact,
    Link,
    Pages,
    Risk,
    SummaryRow,
    Table,
    TableRow,
    Task,
    Tile,
)
from opensponsor.web.context import shell as shell_of
from opensponsor.web.errors import csrf_failure
from opensponsor.web.gallery import examples, views
from opensponsor.web.navigation import Group, Item

PACKAGE = Path(__file__).resolve().parents[2] / "opensponsor"
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
HOSTILE_URL = "javascript:alert(1)"
NOW = datetime.datetime(2026, 11, 20, 14, 32, tzinfo=datetime.UTC)


class Reader(HTMLParser):
    """Collects what a browser would make of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def template(name: str, **given: Any) -> str:
    return get_template(name).render(given)


def hostile_link() -> Link:
    return Link(HOSTILE, HOSTILE_URL, True, 1)


def hostile_row() -> SummaryRow:
    return SummaryRow(HOSTILE, HOSTILE, HOSTILE_URL, HOSTILE, HOSTILE)


def hostile_table() -> Table:
    column = Column(HOSTILE, HOSTILE_URL, "ascending")
    row = TableRow((HOSTILE, HOSTILE), HOSTILE, HOSTILE)
    return Table(HOSTILE, (column, column), (row,), pick=HOSTILE, is_caption_hidden=False, element_id=HOSTILE)


CALLS = {
    "element": lambda: markup.element("a", HOSTILE, href=HOSTILE_URL, title=HOSTILE),
    "joined": lambda: markup.joined((HOSTILE, HOSTILE), HOSTILE),
    "link": lambda: cells.link(HOSTILE_URL, HOSTILE),
    "status_tag": lambda: cells.status_tag(HOSTILE, HOSTILE),
    "lines": lambda: cells.lines(HOSTILE, HOSTILE),
    "button": lambda: actions.button(HOSTILE, name=HOSTILE, value=HOSTILE, url=HOSTILE_URL),
    "link_button": lambda: actions.link_button(HOSTILE, HOSTILE_URL),
    "action_group": lambda: actions.action_group(
        Context(),
        (Action(HOSTILE, HOSTILE_URL, True, fields=((HOSTILE, HOSTILE),)), Action(HOSTILE, HOSTILE_URL)),
        HOSTILE_URL,
    ),
    "back_link": lambda: actions.back_link(HOSTILE_URL, HOSTILE),
    "breadcrumbs": lambda: actions.breadcrumbs((hostile_link(),)),
    "skip_link": lambda: actions.skip_link(HOSTILE, HOSTILE),
    "message": lambda: panels.message(HOSTILE, title=HOSTILE),
    "inset": lambda: panels.inset(HOSTILE),
    "details": lambda: panels.details(HOSTILE, HOSTILE),
    "warning_text": lambda: panels.warning_text(HOSTILE),
    "confirmation_panel": lambda: panels.confirmation_panel(HOSTILE, HOSTILE),
    "summary_list": lambda: records.summary_list((hostile_row(),)),
    "risk_banner": lambda: records.risk_banner((Risk(HOSTILE, HOSTILE),)),
    "identity_block": lambda: records.identity_block(HOSTILE, (Fact(HOSTILE, HOSTILE),)),
    "next_step": lambda: records.next_step(HOSTILE, HOSTILE_URL),
    "section_nav": lambda: records.section_nav((hostile_link(),), HOSTILE),
    "choice_links": lambda: records.choice_links((hostile_link(),), HOSTILE),
    "data_table": lambda: tables.data_table(hostile_table()),
    "empty_state": lambda: tables.empty_state(HOSTILE, (hostile_link(),), HOSTILE),
    "pagination": lambda: tables.pagination(Pages(HOSTILE_URL, HOSTILE_URL, HOSTILE, (hostile_link(),))),
    "filter_tags": lambda: lists.filter_tags((hostile_link(),), HOSTILE_URL),
    "bulk_form": lambda: lists.bulk_form(
        Context(), HOSTILE, HOSTILE_URL, (Action(HOSTILE, HOSTILE_URL),), HOSTILE, ((HOSTILE, HOSTILE),)
    ),
    "error_summary": lambda: errors.summary_of([(HOSTILE, HOSTILE), ("", HOSTILE)]),
    "menu": lambda: navigation.group_of(HOSTILE, [navigation.line_of(HOSTILE, HOSTILE_URL)], HOSTILE),
    "timeline": lambda: timeline.timeline(
        (Entry(HOSTILE, NOW, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Link(HOSTILE, HOSTILE_URL),)),)
    ),
    "task_list": lambda: template(
        "components/tasks.html", **lists.task_list((Task(HOSTILE, "#", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),))
    ),
    "tiles": lambda: template("components/tiles.html", **lists.tiles((Tile(HOSTILE, HOSTILE, "#"),))),
    "check_answers": lambda: template(
        "components/check_answers.html", groups=(AnswerGroup(HOSTILE, (hostile_row(),)),)
    ),
    "conflict": lambda: template(
        "web/conflict.html",
        their_name=HOSTILE,
        same=((HOSTILE, HOSTILE),),
        differences=(Difference(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    ),
    "confirm": lambda: template("web/confirm.html", title=HOSTILE, names=(HOSTILE,), text=HOSTILE, submit=HOSTILE),
    "refusal": lambda: template("409.html", sentence=HOSTILE),
}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_hostile_text_stays_text(name: str) -> None:
    html = str(CALLS[name]())
    read = Reader(html)
    # A whole page has one script of its own, from its own address.
    assert "<script>" not in html
    assert "img" not in read.tags
    assert not [attribute for attribute, _value in read.attributes if attribute.startswith("on")]
    assert not [value for _attribute, value in read.attributes if (value or "").lower().startswith("javascript:")]


def test_hostile_text_is_still_there_to_read() -> None:
    assert Reader(tables.data_table(hostile_table())).text.count(HOSTILE) == 5


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/households/?page=2", "/households/?page=2"),
        ("#results", "#results"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", "#"),
        (" JavaScript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("vbscript:x", "#"),
        ("java\nscript:alert(1)", "#"),
        ("\x01javascript:alert(1)", "#"),
    ],
)
def test_only_addresses_that_a_page_may_point_to(given: str, kept: str) -> None:
    assert markup.safe_url(given) == kept


def test_only_one_module_declares_text_to_be_safe() -> None:
    forbidden = re.compile(r"mark_safe|format_html|SafeString\(|SafeText\(|html_safe|__html__")
    guilty = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "web" / "components" / "markup.py" and forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_every_tag_is_in_the_cheat_sheet() -> None:
    from opensponsor.web.components.tags import register

    text = (PACKAGE.parent / "docs" / "how-to" / "components.md").read_text(encoding="utf-8")
    shell_only = {
        "environment_bar",
        "service_name",
        "footer",
        "header",
        "address",
        "language_switch",
        "session_warning",
        "show_messages",
        "has_errors",
    }
    inner = {"check_answers"}
    missing = [name for name in register.tags if name not in shell_only | inner and f"{{% {name} " not in text + " "]
    assert missing == ["not_recorded"] or missing == []


@pytest.mark.parametrize(
    ("environment", "kind", "words"),
    [("live", "live", "LIVE system"), ("test", "test", "TEST system"), ("demo", "test", "TEST system")],
)
def test_the_environment_is_told_in_words(environment: str, kind: str, words: str) -> None:
    with override_settings(ENVIRONMENT=environment):
        html = shell.environment_bar()
    assert words in html
    assert f"os-env--{kind}" in html


def test_a_code_without_a_colour_is_grey() -> None:
    assert status_colours.colour_of("UNHEARD_OF") == "grey"


def test_a_kept_part_holds_nobodys_words_but_those_of_this_page() -> None:
    def make() -> Any:
        return markup.element("p", fragments.mark("name"), " ", fragments.mark("here"))

    first = fragments.filled("test of marks", make, name=HOSTILE, here="@@name@@")
    assert Reader(first).text == f"{HOSTILE} @@name@@"
    assert fragments.filled("test of marks", make, name="Mari", here="/") == "<p>Mari /</p>"


def test_a_heading_sorts_by_a_plain_link_and_says_how_it_is_sorted() -> None:
    html = tables.heading(Column("Name", "?sort=-name", "ascending"))
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name"' in html
    assert '<span aria-hidden="true"> ▲</span>' in html
    assert "aria-sort" not in tables.heading(Column("Area"))


@pytest.mark.rule("NAV-019")
def test_a_row_is_named_by_its_first_cell_and_its_labels_follow_on_a_phone() -> None:
    row = TableRow((cells.link("/h/1/", "Kovalenko household"), "Cardiff"))
    html = tables.data_table(Table("Households", (Column("Name"), Column("Area")), (row,)))
    assert '<th scope="row"><a href="/h/1/" class="govuk-link">Kovalenko household</a></th>' in html
    assert '<td data-label="Area">Cardiff</td>' in html
    assert 'type="checkbox"' not in html


def test_a_row_that_cannot_be_chosen_has_no_box() -> None:
    rows = (TableRow(("A",), "1", "A"), TableRow(("B",)))
    html = tables.data_table(Table("Names", (Column("Name"),), rows, pick="person"))
    assert html.count('type="checkbox"') == 1
    assert 'name="person" value="1" aria-label="Choose A"' in html


def test_a_row_with_too_few_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        tables.data_table(Table("Names", (Column("Name"), Column("Area")), (TableRow(("A",)),)))


def test_an_empty_list_says_so() -> None:
    html = tables.data_table(Table("Names", (Column("Name"),), (), "No name fits."))
    assert "No name fits." in html
    assert "<table" not in html


def test_nothing_is_shown_where_there_is_nothing() -> None:
    assert tables.pagination(Pages()) == ""
    assert lists.filter_tags(()) == ""
    assert records.risk_banner(()) == ""
    assert actions.action_group(Context(), ()) == ""


def test_a_link_of_the_timeline_says_of_what_to_those_who_do_not_see_it() -> None:
    at = datetime.datetime(2026, 11, 22, 13, 17, tzinfo=datetime.UTC)
    entry = Entry("Telephone call", at, "Mari Evans", links=(Link("Change", "/notes/1/"),))
    html = str(timeline.timeline([entry]))
    assert '>Change<span class="govuk-visually-hidden"> Telephone call, 22 November 2026, 13:17</span></a>' in html


def test_an_empty_value_reads_not_recorded() -> None:
    html = records.summary_list((SummaryRow("GP practice", ""), SummaryRow("Pets", False), SummaryRow("Rooms", 0)))
    assert html.count("Not recorded") == 1
    assert ">No<" in html
    assert ">0<" in html


def test_a_change_link_says_what_it_changes() -> None:
    html = records.summary_list((SummaryRow("Address", "4 Mill Lane", "/change/", "address"),))
    assert 'Change<span class="govuk-visually-hidden"> address</span>' in html


def test_the_first_action_is_the_main_one_and_three_are_shown() -> None:
    html = actions.action_group(Context(), [Action(f"Act {n}", "#") for n in range(5)], "/more/")
    assert html.count("govuk-button--secondary") == 2
    assert "Act 3" not in html
    assert "More actions" in html


ACTOR = Actor(1, "Mari", 1, "Cardiff", "LOCAL_AUTHORITY", frozenset({"A"}), Scope(), frozenset())
GROUPS = (
    Group("Work", (Item("Home", "language", count=lambda actor: 3), Item("Secret", "language", "B"))),
    Group("Hidden", (Item("Secret", "language", "B"), Item("Not there", "no-such-page"))),
)


@pytest.fixture
def small_menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    navigation._fragment.cache_clear()
    monkeypatch.setattr(navigation, "GROUPS", GROUPS)
    yield
    navigation._fragment.cache_clear()


@pytest.mark.rule("NAV-001")
def test_the_menu_shows_what_opens(small_menu: None) -> None:
    html = navigation.menu(ACTOR, None)
    assert "Home" in html
    assert '<span class="os-count">3</span>' in html
    assert "Secret" not in html
    assert "Hidden" not in html
    assert "Not there" not in html


def test_every_page_of_the_menu_exists() -> None:
    from django.urls import reverse

    for item in navigation.items():
        assert reverse(item.url_name)


@pytest.mark.parametrize("name", sorted(views.PAGES))
def test_the_gallery_shows_each_page_whole(name: str) -> None:
    html = views.page(RequestFactory().get("/"), name).content.decode()
    assert html.count("<h1") == 1
    assert '<html lang="en">' in html
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title
    assert re.match(r"(Error: )?\S.*? – OpenSponsor$", title[1])
    assert "Kovalenko" not in title[1]
    assert "os-env" in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(r'(?:for|aria-labelledby)="([^"]+)"', html):
        assert target in ids
    for targets in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(targets.split()) <= set(ids)


@pytest.mark.parametrize("name", ["", "components"])
def test_the_gallery_does_not_exist_in_a_live_system(name: str) -> None:
    request = RequestFactory().get("/")
    with override_settings(ENVIRONMENT="live"), pytest.raises(Http404):
        views.page(request, name) if name else views.index(request)


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html"])
def test_an_error_page_needs_neither_request_nor_database(name: str) -> None:
    html = get_template(name).render()
    assert "os-env" in html
    assert "Sign out" not in html


@pytest.mark.django_db
def test_a_form_without_a_token_gets_a_page_of_its_own() -> None:
    request = RequestFactory().post("/")
    request.request_id = "here"
    response = csrf_failure(request)
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def test_a_page_warns_before_the_server_ends_the_session(settings: Any) -> None:
    request = RequestFactory().get("/")
    request.resolver_match = None
    assert shell_of(request) == {"actor": None}
    request.actor = ACTOR
    assert 0 < shell_of(request)["idle_seconds"] < settings.IDLE_SECONDS


def test_a_page_in_welsh_says_so() -> None:
    with translation.override("cy"):
        html = views.page(RequestFactory().get("/"), "list").content.decode()
    assert '<html lang="cy">' in html
    assert 'value="en" lang="en">English</button>' in html


def test_the_shell_names_who_is_signed_in_but_not_in_the_title() -> None:
    html = views.page(RequestFactory().get("/"), "record").content.decode()
    assert f"{examples.ACTOR.user_name}, {examples.ACTOR.organisation_name}" in html
    assert examples.ACTOR.user_name not in html.split("</title>")[0]
