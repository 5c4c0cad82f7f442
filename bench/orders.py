"""Every filter of the list of households in every order, as somebody of a nation may ask for them."""

import statistics
from collections.abc import Iterator
from functools import partial
from typing import Any

from bench.timing import seconds
from bench.visitors import Visitor

_TIMES = 3


def measure(visitor: Visitor) -> None:
    """Print how long the statements of the first page take, and which filter and order takes longest."""
    from opensponsor.core.keyset import Window
    from opensponsor.core.rowsecurity import acting
    from opensponsor.saved_views.lists.households import HOUSEHOLDS
    from opensponsor.saved_views.queries import list_page
    from opensponsor.saved_views.state import state_of

    times: dict[str, float] = {}
    with acting(visitor.actor) as actor:
        for asked in _asked(HOUSEHOLDS, actor):
            page = partial(list_page, actor, HOUSEHOLDS, state_of(HOUSEHOLDS, actor, asked), Window(50))
            name = " ".join(f"{key}={value}" for key, value in asked.items())
            times[name] = min(seconds(page) for _ in range(_TIMES))
    middle, slowest = statistics.median(times.values()), max(times, key=lambda name: times[name])
    late = sum(one > 2 * middle for one in times.values())
    print(
        f"  {len(times)} filters and orders of a nation: {middle * 1e3:.1f} ms, {late} of them more than twice that;"
        f" slowest {slowest}: {times[slowest] * 1e3:.0f} ms"
    )


def _asked(definition: Any, actor: Any) -> Iterator[dict[str, str]]:
    """Each value of each filter, days of which half the households are either side, with each order and its reverse."""
    orders = [key for key, column in definition.columns_for(actor).items() if column.sort]
    for one in definition.filters_for(actor).values():
        values = ["2024-06-01"] if one.key.startswith("expected") else [key for key, _ in one.options(actor)][:8]
        for value in values:
            for order in orders:
                yield {one.key: value, "sort": order}
                yield {one.key: value, "sort": f"-{order}"}
