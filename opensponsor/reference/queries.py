"""Reads of the register. It is public, so nothing here asks who reads."""

import datetime as dt

from django.db.models import Q, QuerySet

from opensponsor.reference.models import ArrivalHub, Authority, Postcode, Succession
from opensponsor.reference.rules import names
from opensponsor.reference.rules.postcodes import normalise
from opensponsor.reference.rules.succession import Takeover, codes_on
from opensponsor.reference.states import Tier


def current(on: dt.date) -> QuerySet[Authority]:
    """The authorities of that day, by name."""
    return Authority.objects.on(on)


def authorities_on(code: str, on: dt.date) -> list[Authority]:
    """Those that stand for the code on the day: several after a split or before a merger, none for an unknown code."""
    return list(current(on).filter(code__in=codes_on(code, on, _takeovers())))


def authority_on(code: str, on: dt.date) -> Authority | None:
    """The one authority that stands for the code on the day; None when there is none or more than one."""
    return _single(authorities_on(code, on))


def districts_of(county_code: str, on: dt.date) -> QuerySet[Authority]:
    """The districts of the county on the day."""
    return current(on).filter(county_id=county_code)


def counties(on: dt.date) -> QuerySet[Authority]:
    """The counties of the day, each with its districts below it."""
    return current(on).filter(tier=Tier.COUNTY)


def successors(code: str) -> QuerySet[Succession]:
    """What took over from the code directly, and when."""
    return Succession.objects.filter(predecessor_id=code).select_related("successor").order_by("takes_over_on")


def match_name(name: str, on: dt.date) -> list[Authority]:
    """The authorities that go by the name on the day.

    A name that nobody bears any more finds those that took over. One answer is a match; none or several need a person.
    """
    bearing = Authority.objects.filter(names__key__in=names.keys(name)).distinct()
    if found := list(bearing.on(on)):
        return found
    takeovers = _takeovers()
    codes = {later for code in bearing.values_list("code", flat=True) for later in codes_on(code, on, takeovers)}
    return list(current(on).filter(code__in=codes))


def authorities_of_postcode(postcode: str, on: dt.date) -> list[Authority]:
    """The lower-tier authority of the postcode on the day, then its county where there is one.

    Empty when the postcode is unknown, or lies where a later merger hides which authority it was on that day.
    """
    stored = normalise(postcode)
    row = Postcode.objects.filter(postcode=stored).first() if stored else None
    if row is None:
        return []
    lower = [found for found in authorities_on(row.lower_tier_id, on) if found.tier != Tier.COUNTY]
    if len(lower) != 1:
        return []
    return lower + list(current(on).filter(Q(code=lower[0].county_id)))


def arrival_hubs(on: dt.date) -> QuerySet[ArrivalHub]:
    """The hubs open on the day."""
    return ArrivalHub.objects.on(on).order_by("name_en")


def _takeovers() -> list[Takeover]:
    return [Takeover(*row) for row in Succession.objects.values_list("predecessor_id", "successor_id", "takes_over_on")]


def _single(found: list[Authority]) -> Authority | None:
    return found[0] if len(found) == 1 else None
