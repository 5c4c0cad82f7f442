"""Second factors as they are stored: seeds sealed, so that no dump of the database holds one."""

from allauth.mfa.models import Authenticator

from opensponsor.core import sealing
from opensponsor.identity.models import User

_PURPOSE = "second factor"
# Recovery codes stand in for these and do not count by themselves.
PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(user: User) -> list[Authenticator]:
    """The user's authenticator app and passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=user, type__in=PRIMARY).order_by("created_at", "pk"))


def seal(seed: str) -> str:
    """A seed as it is stored."""
    return sealing.seal(seed, purpose=_PURPOSE)


def unseal(stored: str) -> str:
    """A stored seed again. Raises Unreadable when the key does not fit."""
    return sealing.unseal(stored, purpose=_PURPOSE)


def give_app(*, user: User, seed: str) -> None:
    """Put an authenticator app with a known seed (base 32) on an account of the demo; people scan a new seed
    themselves."""
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": seal(seed)}}
    )
