"""The menu at the side: one registry of groups and items, each shown to whom it opens for.

Add a page to the menu with one line here. The HTML depends only on language, permissions and the page one is on, so
that it is made once and kept; counts, the only personal part, are put in afterwards.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opensponsor.cases import queries as cases
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import access_requests
from opensponsor.web.components.markup import element, joined, trusted
from opensponsor.web.components.records import count as count_mark


@dataclass(frozen=True, slots=True)
class Item:
    """A page of the menu.

    `permission` is None for every member; `count` is asked once per page and shown when above nought.
    """

    label: Any
    url_name: str
    permission: str | None = None
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its pages; not shown when none of them opens."""

    label: Any
    items: tuple[Item, ...]


def _overdue(actor: Actor) -> int:
    return cases.overdue_tasks(actor, today=clock.today())


GROUPS: tuple[Group, ...] = (
    Group(
        _("My work"),
        (
            Item(_("Home"), "home"),
            Item(_("My tasks"), "casework:tasks", Permission.TASK_WRITE, _overdue),
            Item(_("Requests of councils"), "casework:requests", Permission.REQUEST_DECIDE),
            Item(_("Audit"), "casework:audit", Permission.HISTORY_READ),
        ),
    ),
    Group(
        _("People"),
        (
            Item(_("Applicants"), "applicants:list", Permission.HOUSEHOLD_READ),
            Item(_("Households"), "households:list", Permission.HOUSEHOLD_READ),
            Item(_("Sponsors and hosts"), "sponsors:list", Permission.SPONSOR_READ),
            Item(_("Applications"), "applications:list", Permission.HOUSEHOLD_READ),
        ),
    ),
    Group(_("Licensed sponsors"), (Item(_("Sponsor licences"), "licences:list", Permission.LICENCE_READ),)),
    Group(
        _("Team"),
        (
            Item(_("Colleagues"), "team:own", Permission.MEMBER_READ),
            Item(_("Access requests"), "team:requests", Permission.ACCESS_VOUCH, access_requests.count_waiting),
        ),
    ),
    Group(
        _("Administration"),
        (
            Item(_("Files that came in"), "feeds:list", Permission.FEED_LOAD),
            Item(_("Without a council"), "unassigned:list", Permission.FEED_LOAD),
            Item(_("Organisations"), "administration:organisations", Permission.ORGANISATION_READ),
            Item(
                _("Requests for accounts"),
                "administration:requests",
                Permission.ACCOUNT_MANAGE,
                access_requests.count_waiting,
            ),
            Item(_("Accounts"), "administration:accounts", Permission.ACCOUNT_MANAGE),
        ),
    ),
    Group(
        _("Look up"),
        (
            Item(_("Data champions"), "directory:champions", Permission.CHAMPION_DIRECTORY),
            Item(_("Accounts that are not used"), "team:inactivity", Permission.ACCOUNT_REPORT),
            Item(_("Does somebody have an account?"), "administration:find", Permission.ORGANISATION_READ),
            Item(_("Roles and what they see"), "directory:roles"),
        ),
    ),
    Group(_("Reports"), (Item(_("Exports"), "exports:list", Permission.EXPORT),)),
)


def items() -> Iterator[Item]:
    """Every item of the registry."""
    for group in GROUPS:
        yield from group.items


def menu(actor: Actor, match: ResolverMatch | None) -> SafeString:
    """The menu of this actor with the page they are on marked."""
    html = _fragment(get_language() or "en", actor.permissions, _current(match))
    for item in items():
        mark = _mark(item)
        if item.count and mark in html:
            html = html.replace(mark, _counted(item.count, actor))
    return trusted(html)


def _current(match: ResolverMatch | None) -> str:
    """The item a page belongs to: `casework:task_add` to `casework:tasks`, `households:record` to `households:list`."""
    if match is None:
        return ""
    fitting = [item.url_name for item in items() if match.view_name.startswith(_stem(item.url_name))]
    return max(fitting, key=len, default="")


def _stem(url_name: str) -> str:
    """What the names of all pages of an item begin with."""
    return url_name.removesuffix("list").removesuffix("own").removesuffix("s")


def _counted(count: Callable[[Actor], int], actor: Actor) -> str:
    """The number; nothing on the page of an error, whose transaction can no longer be asked."""
    if connection.needs_rollback:
        return ""
    number = count(actor)
    return f" {count_mark(number)}" if number else ""


def _mark(item: Item) -> str:
    return f"<!--{item.url_name}-->"


@lru_cache(maxsize=512)
def _fragment(language: str, permissions: frozenset[str], current: str) -> str:
    groups = []
    for number, group in enumerate(GROUPS):
        lines = [line for item in group.items if (line := _line(item, permissions, current))]
        if lines:
            groups.append(group_of(group.label, lines, f"menu-{number}"))
    return "".join(groups)


def group_of(label: Any, lines: list[SafeString], element_id: str) -> SafeString:
    """A heading and the lines under it."""
    heading = element("h2", label, class_="os-menu__heading", id=element_id)
    return element(
        "div",
        heading,
        element("ul", *lines, class_="os-menu__list", aria_labelledby=element_id),
        class_="os-menu__group",
    )


def line_of(label: Any, url: str, is_current: bool = False) -> SafeString:
    """A link of the menu."""
    link = element("a", label, href=url, class_="os-menu__link", aria_current="page" if is_current else None)
    return element("li", link)


def _line(item: Item, permissions: frozenset[str], current: str) -> SafeString | None:
    if item.permission is not None and item.permission not in permissions:
        return None
    try:
        url = reverse(item.url_name)
    except NoReverseMatch:
        return None
    label = joined((item.label, trusted(_mark(item)))) if item.count else item.label
    return line_of(label, url, item.url_name == current)
