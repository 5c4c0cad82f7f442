"""Who acts: built once per request by the web, or named by a job."""

from dataclasses import dataclass
from uuid import UUID

from opensponsor.core.privacy import DataClass


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be read.

    Either the organisations in `organisation_ids`, or, for national bodies, every organisation of the `realms` (a
    nation of the humanitarian schemes, or licensed sponsorship). Where realms are given the ids are ignored.
    """

    organisation_ids: frozenset[int] = frozenset()
    realms: frozenset[str] = frozenset()
    shared_case_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """A user or a named system actor, with the organisation acted for, what it may do and what it may see."""

    user_id: int | None
    user_name: str
    organisation_id: int
    organisation_name: str
    organisation_kind: str
    permissions: frozenset[str]
    reads: Scope
    writes: frozenset[int]
    data_classes: frozenset[DataClass] = frozenset()
    system_name: str = ""

    @property
    def context_name(self) -> str:
        """What the history keeps as the author: the user's id, or `system:` and the name of the job."""
        return f"system:{self.system_name}" if self.user_id is None else str(self.user_id)

    def may(self, permission: str) -> bool:
        """Whether this actor holds the permission, wherever it applies."""
        return permission in self.permissions


def system_actor(name: str) -> Actor:
    """The actor of a job: no user, no permissions of its own; it runs as the role that reads and writes every row."""
    return Actor(None, name, 0, "", "SYSTEM", frozenset(), Scope(), frozenset(), system_name=name)
