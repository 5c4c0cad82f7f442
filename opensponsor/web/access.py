"""Every address declares who may open it; what declares nothing opens for nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from opensponsor.core.actor import Actor
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
    """A request behind the gate: the actor is known."""

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


# Pages of the sign-in library, by the name of their address. What is not named here does not open.
LIBRARY: dict[str, Access] = {
    "account_login": Access(Level.PUBLIC, why="signing in"),
    "account_logout": Access(Level.HALFWAY, why="leaving is always possible"),
    "account_reauthenticate": Access(Level.HALFWAY, why="proving again who one is"),
    "account_reset_password": Access(Level.PUBLIC, why="forgotten password; asks for the second factor afterwards"),
    "account_reset_password_done": Access(Level.PUBLIC, why="forgotten password"),
    "account_reset_password_from_key": Access(Level.PUBLIC, why="forgotten password"),
    "account_reset_password_from_key_done": Access(Level.PUBLIC, why="forgotten password"),
    "account_change_password": Access(Level.SIGNED_IN),
    "mfa_authenticate": Access(Level.PUBLIC, why="the second factor; the library holds the half-made session"),
    "mfa_reauthenticate": Access(Level.HALFWAY, why="proving the second factor again"),
    "mfa_index": Access(Level.HALFWAY, why="setting up the second factor"),
    "mfa_activate_totp": Access(Level.HALFWAY, why="setting up the second factor"),
    "mfa_deactivate_totp": Access(Level.SIGNED_IN),
    "mfa_generate_recovery_codes": Access(Level.SIGNED_IN),
    "mfa_view_recovery_codes": Access(Level.SIGNED_IN),
    "mfa_download_recovery_codes": Access(Level.SIGNED_IN),
    "mfa_list_webauthn": Access(Level.SIGNED_IN),
    "mfa_add_webauthn": Access(Level.HALFWAY, why="setting up the second factor"),
    "mfa_remove_webauthn": Access(Level.SIGNED_IN),
    "mfa_edit_webauthn": Access(Level.SIGNED_IN),
    "mfa_reauthenticate_webauthn": Access(Level.HALFWAY, why="proving the second factor again"),
    "usersessions_list": Access(Level.SIGNED_IN),
    "openid_connect_login": Access(Level.PUBLIC, why="signing in with the organisation's account"),
    "openid_connect_callback": Access(Level.PUBLIC, why="signing in with the organisation's account"),
    "socialaccount_login_cancelled": Access(Level.PUBLIC, why="signing in with the organisation's account"),
    "socialaccount_login_error": Access(Level.PUBLIC, why="signing in with the organisation's account"),
}


def access_of(view: Callable[..., HttpResponse], url_name: str | None) -> Access | None:
    """What the address declares, or None: then nobody may open it."""
    declared: Access | None = getattr(view, "access", None)
    return declared or LIBRARY.get(url_name or "")
