"""What a kind of record says about itself, so that one framework makes its pages."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from opensponsor.cases import permissions
from opensponsor.cases.states import CaseKind, CaseStatus
from opensponsor.core.actor import Actor
from opensponsor.identity.permissions import Permission
from opensponsor.web.components.shapes import Fact, Risk, SummaryRow


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that somebody has open: a `cases.facts.CaseRecord` of one kind or another."""

    actor: Actor
    code: CaseKind
    record: Any
    today: dt.date

    @property
    def name(self) -> str:
        """The name of the record, or its reference for those who do not see names."""
        return str(self.record.title) or str(self.record.reference)

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return bool(self.record.status == CaseStatus.OPEN)

    @property
    def is_ours(self) -> bool:
        """Whether the reader's organisation works on this record, or only reads it."""
        route_fits = permissions.works_on_route(self.actor, self.record.contact_centre_works)
        return route_fits and permissions.owns_or_works_for(self.actor, self.code, self.record.owner_id)

    def may(self, permission: Permission) -> bool:
        """Whether the reader may do this to this record, as far as its state allows it."""
        return self.is_ours and self.actor.may(permission)


@dataclass(frozen=True, slots=True)
class NextAction:
    """A button that this reader gets on this record, with a sentence that says what it does."""

    label: str
    url: str
    what: str
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the record waits for, and where it is done."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record with an address of its own. `content` takes the request, kind and opened record."""

    slug: str
    label: str | Promise
    template: str
    content: Callable[[Any, Any, Opened], dict[str, Any]]
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. Every function but `load` takes the opened record; `actions` come by weight."""

    code: CaseKind
    label: str | Promise
    plural: str | Promise
    list_url_name: str
    permission: Permission
    load: Callable[[Actor, UUID], Any]
    facts: Callable[[Opened], list[Fact]]
    risks: Callable[[Opened], list[Risk]]
    rows: Callable[[Opened], list[SummaryRow]]
    next_step: Callable[[Opened], NextStep | None]
    actions: Callable[[Opened], list[NextAction]]
    row_names: Callable[[Opened], Mapping[str, str]]
    sections: tuple[Section, ...] = ()
