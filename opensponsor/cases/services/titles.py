"""What lists call a case, and the form of it that they sort and filter by."""

from typing import TypedDict

from opensponsor.cases.models import Case
from opensponsor.core.names import search_form
from opensponsor.core.saving import save_changes

_LENGTH = 200


class Title(TypedDict):
    """The two titles of a case."""

    title: str
    sort_title: str


def of_person(given_names: str, family_name: str) -> Title:
    """A case about a person: called as one would greet them, sorted by family name."""
    title = f"{given_names.strip()} {family_name.strip()}".strip()
    return Title(title=title[:_LENGTH], sort_title=search_form(family_name, given_names)[:_LENGTH])


def of_body(name: str) -> Title:
    """A case about a body such as a business."""
    return Title(title=name.strip()[:_LENGTH], sort_title=search_form(name)[:_LENGTH])


def rename(case: Case, title: Title) -> None:
    """Call the locked case differently, if it is not called so already; for the service that changed the name."""
    if (case.title, case.sort_title) != (title["title"], title["sort_title"]):
        save_changes(case, expected_version=case.version, **title)
