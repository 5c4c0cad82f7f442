"""The directory of data champions: the one thing about another organisation's people that colleagues may look up."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

_CHAMPIONS = "SELECT * FROM identity_champions(%s)"


@dataclass(frozen=True, slots=True)
class Champion:
    """A data champion whom colleagues elsewhere may write to (ORG-037, also called super-user: ORG-039)."""

    organisation_id: int
    name_en: str
    name_cy: str
    full_name: str
    email: str


def champions(*, today: dt.date, text: str = "") -> list[Champion]:
    """Every data champion in office, by organisation.

    With a text only of organisations whose name holds it (ORG-037).
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHAMPIONS, [today])
        found = [Champion(*row) for row in cursor.fetchall()]
    words = text.strip().casefold()
    kept = [one for one in found if words in f"{one.name_en}\n{one.name_cy}".casefold()]
    return sorted(kept, key=lambda one: (one.name_en, one.full_name))
