"""Invented content for the gallery: no person in it exists."""

import datetime
from typing import Any

from opensponsor.core.actor import Actor, Scope
from opensponsor.web.components import cells
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
from opensponsor.web.gallery import forms
from opensponsor.web.status_colours import STATUS_COLOURS

ACTOR = Actor(
    None,
    "Mari Evans",
    1,
    "Cardiff Council",
    "LOCAL_AUTHORITY",
    frozenset(),
    Scope(),
    frozenset(),
    system_name="gallery",
)
MENU = (
    ("My work", ("Home", "My tasks")),
    ("People", ("Applicants", "Households", "Sponsors and hosts", "Sponsor households", "Other areas search")),
    ("Homes", ("Host addresses", "Offered properties", "Reservations", "Placements", "Housing needs")),
    ("Records", ("Applications", "Possible duplicates")),
    ("Reports", ("Dashboards", "Exports")),
)
FAMILIES = (
    "Kovalenko",
    "Shevchenko",
    "Bondarenko",
    "Tkachenko",
    "Melnyk",
    "Savchenko",
    "Lysenko",
    "Moroz",
    "Petrenko",
    "Rudenko",
)
STATUSES = (("OPEN", "Open"), ("SUBMITTED", "Waiting for checks"), ("OVERDUE", "Checks overdue"), ("CLOSED", "Closed"))
SECTIONS = ("Summary", "People", "Checks", "Placements", "Notes and tasks", "Change history")
QUESTION = {
    "title": "Are there pets in the home?",
    "is_one_question": True,
    "caption": "Add a host address",
    "back_url": "#",
}
CONFIRM = {
    "title": "Close 3 households?",
    "count": "3 households will be closed.",
    "names": ["Kovalenko, HH-2026-00101", "Melnyk, HH-2026-00105", "Moroz, HH-2026-00108"],
    "warning": "Closing ends their open tasks. A closed household can be opened again within 30 days.",
    "submit": "Close 3 households",
    "cancel_url": "#",
    "kind": "warning",
}
INTERRUPTION = {
    "title": "Is the date of birth right?",
    "text": ["You entered 4 May 1931 for a child of this household.", "Check it in the passport before you carry on."],
    "submit": "Yes, it is right",
    "back_url": "#",
}
PROGRESS = {
    "title": "Your export is being made",
    "done": 4200,
    "total": 10000,
    "text": "Households, all areas, 10,000 rows.",
    "is_done": False,
}


def record() -> dict[str, Any]:
    """A household with a warning, a next step and a short history."""
    return {
        "name": "Kovalenko household",
        "facts": (
            Fact("Reference", "HH-2026-00101"),
            Fact("Status", cells.status_tag("OPEN", "Open")),
            Fact("Route", "Welsh Government super sponsor"),
            Fact("Area", "Cardiff"),
            Fact("Arrived", datetime.date(2026, 3, 7)),
            Fact("Caseworker", "Mari Evans"),
        ),
        "risks": (
            Risk(
                "Do not share the address", "A former partner has asked for it. Speak to the safeguarding lead first."
            ),
        ),
        "actions": (
            Action("Reserve a property", "#"),
            Action("Add a task", "#"),
            Action("Watch this record", "#", is_post=True),
        ),
        "sections": tuple(
            Link(name, "#", name == "Summary", 3 if name == "Notes and tasks" else None) for name in SECTIONS
        ),
        "rows": (
            SummaryRow("Lead person", "Olena Kovalenko", "#", "lead person"),
            SummaryRow("People", "2 adults, 1 child"),
            SummaryRow("Contact language", "Ukrainian", "#", "contact language"),
            SummaryRow(
                "Temporary address",
                cells.lines("Room 214", "12 Harbour Street", "Cardiff", "CF10 4AB"),
                "#",
                "temporary address",
            ),
            SummaryRow("GP practice", None, "#", "GP practice", "Add"),
        ),
        "entries": entries(),
        "timeline_links": (Link("Everything", "#", True), Link("Notes", "#", count=4), Link("Changes", "#", count=12)),
        "note_form": forms.Note(auto_id="note_%s"),
    }


def entries() -> tuple[Entry, ...]:
    """A note, an event and a change."""
    at = datetime.datetime(2026, 11, 20, 14, 32, tzinfo=datetime.UTC)
    return (
        Entry(
            "Note",
            at,
            "Mari Evans",
            "Cardiff Council",
            "School place confirmed.\nStarts on Monday.",
            "Note",
            (Link("Change", "#"),),
        ),
        Entry(
            "Accommodation check passed", at - datetime.timedelta(days=2), "Tomos Rees", "Cardiff Council", kind="Event"
        ),
        Entry(
            "Contact language: English became Ukrainian",
            at - datetime.timedelta(days=9),
            "Mari Evans",
            "Cardiff Council",
            kind="Change",
        ),
    )


def table(size: int) -> Table:
    """A list of households."""
    columns = (
        Column("Name", "#", "ascending"),
        Column("Reference"),
        Column("Status", "#"),
        Column("Area"),
        Column("People", "#", is_number=True),
        Column("Arrived", "#"),
        Column("Caseworker"),
    )
    rows = tuple(row(number) for number in range(size))
    return Table(
        "Households",
        columns,
        rows,
        "No household fits these filters.",
        (Link("Clear the filters", "#"),),
        pick="household",
    )


def row(number: int) -> TableRow:
    """A household in the list."""
    name = f"{FAMILIES[number % 10]} household"
    code, label = STATUSES[number % 4]
    return TableRow(
        (
            cells.link("#", name),
            f"HH-2026-{101 + number:05d}",
            cells.status_tag(code, label),
            "Rhondda Cynon Taf" if number % 3 else "Cardiff",
            1 + number % 6,
            cells.short_day(datetime.date(2026, 1 + number % 9, 1 + number % 27)),
            "Mari Evans" if number % 5 else "",
        ),
        pick=str(number),
        pick_name=name,
    )


def full_list() -> dict[str, Any]:
    """A list with filters chosen, rows to pick and more pages."""
    return {
        "table": table(50),
        "filters": forms.Filters({"area": "W06000015"}),
        "kept": (("view", "mine"), ("sort", "name")),
        "chosen": (Link("Area: Cardiff", "#"), Link("Status: Open", "#")),
        "bulk": (Action("Assign", "#"), Action("Close", "#", kind="warning")),
        "total": "All 312 rows of this list",
        "pages": Pages("", "#", "50 of 312 shown", tuple(Link(size, "#", size == 50) for size in (20, 50, 100))),
    }


def empty_list() -> dict[str, Any]:
    """The same list when nothing fits."""
    return {**full_list(), "table": table(0), "bulk": (), "total": "", "pages": Pages()}


def check_answers() -> dict[str, Any]:
    """Two groups of answers."""
    return {
        "title": "Check the host address before you add it",
        "back_url": "#",
        "submit": "Add the host address",
        "note": "The accommodation check is asked for as soon as you add it.",
        "groups": (
            AnswerGroup(
                "The home",
                (
                    SummaryRow("Address", "4 Mill Lane, Newport", "#", "address"),
                    SummaryRow("Bedrooms", 3, "#", "bedrooms"),
                ),
            ),
            AnswerGroup(
                "The host",
                (SummaryRow("Name", "Rhys Morgan", "#", "name of the host"), SummaryRow("Pets", True, "#", "pets")),
            ),
        ),
    }


def done() -> dict[str, Any]:
    """The end of a flow."""
    return {
        "title": "Host address added",
        "panel": "Reference: AD-2026-00412",
        "next_steps": (
            "Newport City Council checks the home within 10 working days.",
            "You find the check in your tasks.",
        ),
        "links": (Link("Open the host address", "#"), Link("Add another", "#")),
    }


def conflict() -> dict[str, Any]:
    """Two people changed the same household."""
    return {
        "their_name": "Tomos Rees",
        "their_at": datetime.datetime(2026, 11, 20, 14, 32, tzinfo=datetime.UTC),
        "version": 4,
        "record_url": "#",
        "same": (("name", "Olena Kovalenko"),),
        "differences": (
            Difference(
                "arrived_on", "Arrival date", "7 March 2026", "8 March 2026", "2026-03-07", "2026-03-08", "6 March 2026"
            ),
            Difference(
                "notes", "Note", "Needs a cot.\nArrives by train.", "Needs a cot and a high chair.", is_text=True
            ),
        ),
    }


def components() -> dict[str, Any]:
    """Everything that is not shown on a page of its own."""
    return {
        **record(),
        "statuses": sorted(STATUS_COLOURS),
        "crumbs": (Link("Home", "#"), Link("Households", "#")),
        "tasks": (
            Task(
                "Arrange the accommodation check",
                "#",
                "No check 10 working days after the host was added",
                "a check with an outcome",
                "18 November 2026",
                "Mari Evans",
                cells.status_tag("OVERDUE", "Overdue"),
            ),
            Task("Phone the household", "#", due="24 November 2026", status=cells.status_tag("THIS_WEEK", "This week")),
        ),
        "figures": (
            Tile("12", "Checks overdue", "#"),
            Tile("1,204", "Households placed", "#"),
            Tile("0", "Arrivals today"),
        ),
        "hostile": "<script>alert(1)</script>",
    }
