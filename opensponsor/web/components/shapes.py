"""What a page hands to a component: small frozen records, nothing of the database.

Text is plain text and is escaped; a cell or value may also be finished HTML from `cells` or `markup`.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a list of links. `count` shows a number beside it."""

    label: Any
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do.

    A link, or (`is_post`) a button that posts `fields`. `kind`: primary, secondary, warning.
    """

    label: Any
    url: str
    is_post: bool = False
    kind: str = "secondary"
    fields: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A line of a summary list.

    An empty value reads "Not recorded"; `change_what` completes "Change ..." for screen readers.
    """

    key: Any
    value: Any
    change_url: str = ""
    change_what: Any = ""
    change_label: Any = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and a value in the identity block."""

    label: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Risk:
    """A warning that stands on every section of a record."""

    title: Any
    text: Any = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `sort_url` makes the heading a link; `direction` is ascending, descending or nothing.

    Numbers stand at the right, days on one line.
    """

    label: Any
    sort_url: str = ""
    direction: str = ""
    is_number: bool = False
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells in the order of the columns, the first naming the row.

    `pick` is the value of its check box, `pick_name` whom it is about.
    """

    cells: tuple[Any, ...]
    pick: str = ""
    pick_name: Any = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. With `pick` (the name of the check boxes) rows can be chosen."""

    caption: Any
    columns: tuple[Column, ...]
    rows: Iterable[TableRow]
    empty: Any = ""
    empty_actions: tuple[Link, ...] = ()
    pick: str = ""
    is_caption_hidden: bool = True
    element_id: str = "results"


@dataclass(frozen=True, slots=True)
class Pages:
    """Paging by key: only the neighbours are known. `shown` is a sentence such as "50 of 312 shown"."""

    previous_url: str = ""
    next_url: str = ""
    shown: Any = ""
    sizes: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline.

    `author` and `team` were recorded, never typed. `links` are what the reader may do with it.
    """

    title: Any
    at: datetime.datetime
    author: Any = ""
    team: Any = ""
    text: Any = ""
    kind: Any = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: why it is there, what clears it, by when, whose it is."""

    title: Any
    url: str
    why: Any = ""
    clears: Any = ""
    due: Any = ""
    owner: Any = ""
    status: Any = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its words, and where the figure comes from."""

    figure: Any
    label: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an edit conflict: what this user typed and what someone else saved meanwhile.

    `name` is the name of the field in the form; `mine_value` and `theirs_value` what the form posts to keep that side
    (a date in ISO). A long text (`is_text`) is not chosen but edited, with the other text beside it.
    """

    name: str
    label: Any
    mine: Any
    theirs: Any
    mine_value: Any = ""
    theirs_value: Any = ""
    before: Any = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A heading and its answers on a check-answers page."""

    title: Any
    rows: tuple[SummaryRow, ...] = field(default=())
