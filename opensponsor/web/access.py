"""Every address declares who may open it; what declares nothing opens for nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from opensponsor.core.actor import Actor
from opensponsor.identity.models import User
from opensponsor.identity.permissions import Permission

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Level(Enum):
    """How far somebody must have come."""

    PUBLIC = "anybody"
    HALFWAY = "password given, second factor or data statement still missing"
    SIGNED_IN = "signed in with a second factor"
    PERMITTED = "signed in and holding the permission"


@dataclass(frozen=True, slots=True)
class Access:
    """What an address declares. `why` explains what needs no permission."""

    level: Level
    permission: Permission | None = None
    why: str = ""


class ActorRequest(HttpRequest):
    """A request behind the gate: user and actor are known."""

    user: User
    actor: Actor


def _declare(access: Access) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return declare


def requires(permission: Permission) -> Callable[[View], View]:
    """Only an actor with the permission; for everybody else the page does not exist."""
    return _declare(Access(Level.PERMITTED, permission))


def public(why: str) -> Callable[[View], View]:
    """Anybody, signed in or not."""
    return _declare(Access(Level.PUBLIC, why=why))


def halfway(why: str) -> Callable[[View], View]:
    """Somebody who gave the first factor; serves to complete signing in."""
    return _declare(Access(Level.HALFWAY, why=why))


def signed_in(view: View) -> View:
    """Any actor, whatever their permissions."""
    return _declare(Access(Level.SIGNED_IN, why="for every member"))(view)


def access_of(view: Callable[..., HttpResponse]) -> Access | None:
    """What the address declares, or None: then nobody may open it."""
    declared: Access | None = getattr(view, "access", None)
    return declared
