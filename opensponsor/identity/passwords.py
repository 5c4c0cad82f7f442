"""Which passwords may be chosen: of fifteen characters or more and not common. No kinds of characters are asked for.

The packaged words cannot stand for the hundreds of millions of leaked passwords; they catch what people make of them
when fifteen characters are asked for. An operator who holds the published list of leaked passwords names it in
OPENSPONSOR_BREACHED_PASSWORDS: lines of SHA-1 sums in hexadecimal, in ascending order, anything after a colon
ignored, which is the form in which such lists are handed out. Nothing is sent anywhere.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opensponsor.identity.models import User
from opensponsor.identity.rules import password_strength

SHORTEST = 15
# Long enough for any passphrase; hashing a book on each attempt would be a way to keep the servers busy.
LONGEST = 256
_PACKAGED = Path(__file__).parent / "data" / "common_passwords.txt"


@cache
def common_texts() -> frozenset[str]:
    """The packaged words and phrases, plain, of three letters or more."""
    words = _PACKAGED.read_text(encoding="utf-8").split()
    return frozenset(plain for word in words if len(plain := password_strength.plain(word)) >= 3)


class Length:
    """Between fifteen and 256 characters, all of which count."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with a sentence for the user."""
        if len(password) < SHORTEST:
            raise ValidationError(_("The password must have %(shortest)s characters or more") % {"shortest": SHORTEST})
        if len(password) > LONGEST:
            raise ValidationError(_("The password must have %(longest)s characters or fewer") % {"longest": LONGEST})

    def get_help_text(self) -> str:
        """What to tell beforehand."""
        return _(
            "At least 15 characters. Three or four uncommon words are good. You may paste it from a password manager."
        )


class NotGuessable:
    """Not made of common words, keyboard walks, or the names of the user and the service."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with a sentence for the user."""
        personal = _words_about(user)
        if password_strength.unguessable(password, common=common_texts(), personal=personal) < password_strength.ENOUGH:
            raise ValidationError(
                _(
                    "This password is too easy to guess: it is common words or your own name. Use several uncommon "
                    "words."
                )
            )

    def get_help_text(self) -> str:
        """What to tell beforehand."""
        return _("Do not use common passwords or your own name.")


class NotLeaked:
    """Not in the operator's list of leaked passwords, where there is one."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with a sentence for the user."""
        path = settings.BREACHED_PASSWORDS
        if path and is_listed(password, Path(path)):
            raise ValidationError(
                _("This password has been stolen somewhere before and is known to attackers. Choose another.")
            )

    def get_help_text(self) -> str:
        """What to tell beforehand: nothing, the refusal explains itself."""
        return ""


def is_listed(password: str, path: Path) -> bool:
    """Whether the list holds the password: a search by halves in the sorted file, which may be larger than the
    memory."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline().partition(b":")[0].strip().upper()
            if line == wanted:
                return True
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        file.seek(low)
        return file.readline().partition(b":")[0].strip().upper() == wanted


def _words_about(user: User | None) -> list[str]:
    words = [settings.SERVICE_NAME]
    if user is not None:
        name, _at, domain = user.email.partition("@")
        words += [*user.full_name.split(), user.full_name, name, *name.split("."), domain, *domain.split(".")]
    return words
