"""Reads of the register. It is public, so nothing here asks who reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from opensponsor.reference.models import ArrivalHub, Authority, AuthorityName, Succession
from opensponsor.reference.rules import names
from opensponsor.reference.rules.succession import Takeover, codes_on


def current(on: dt.date) -> QuerySet[Authority]:
    """The authorities of that day, by name."""
    return Authority.objects.on(on)


def arrival_hubs(on: dt.date) -> QuerySet[ArrivalHub]:
    """The hubs open on the day."""
    return ArrivalHub.objects.on(on).order_by("name_en")


def _takeovers() -> list[Takeover]:
    return [Takeover(*row) for row in Succession.objects.values_list("predecessor_id", "successor_id", "takes_over_on")]


def match_names(wanted: Iterable[str], on: dt.date) -> dict[str, list[Authority]]:
    """The authorities that go by each of the names on the day.

    A name that nobody bears any more finds those that took over. One answer is a match; none or several need a person.
    """
    bearing: dict[str, set[str]] = defaultdict(set)
    for key, code in AuthorityName.objects.values_list("key", "authority_id"):
        bearing[key].add(code)
    today = {authority.code: authority for authority in current(on)}
    takeovers = _takeovers()
    matched = {}
    for name in wanted:
        codes = {code for key in names.keys(name) for code in bearing.get(key, ())}
        found = codes & today.keys() or {later for code in codes for later in codes_on(code, on, takeovers)}
        matched[name] = [today[code] for code in sorted(found & today.keys())]
    return matched


def standing_for(on: dt.date) -> dict[str, Authority]:
    """For each code of the register the one authority that stands for it on the day, where it is one."""
    today = {authority.code: authority for authority in current(on)}
    takeovers = _takeovers()
    standing = {}
    for code in Authority.objects.values_list("code", flat=True):
        found = [today[later] for later in codes_on(code, on, takeovers) if later in today]
        if len(found) == 1:
            standing[code] = found[0]
    return standing
