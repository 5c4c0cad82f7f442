"""Whether names are found: people of councils, looked for as users would write them, in the list of their own council.

`python -m bench names`, on data as in `large.py`. Of each search: recall at 10 (how many of those meant, ten at most,
are among the first ten), precision (how many of the rows found are meant), how many rows there are, and how long the
one statement takes that finds the page and counts.
"""

import random
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bench import facts, large
from bench.misspelled import KINDS, Known, drawn, known
from bench.timing import seconds
from bench.visitors import Visitor, visitors
from opensponsor.core.actor import Scope

SEARCHES, COUNCILS = 500, 10
NATIONAL = 60
FIRST = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave."""

    recall: float
    precision: float
    rows: int
    seconds: float


def measure() -> None:
    """Load or find the data, look for people of the largest councils, then for some of them in a whole nation."""
    with large.loaded():
        chance = random.Random(26)
        people = visitors()
        councils = [_Council(people.own, organisation_id) for organisation_id in facts.largest_councils(COUNCILS)]
        print(f"  people in the list of each council: {', '.join(str(len(one.people)) for one in councils)}")
        of_kind = defaultdict(list)
        for _ in range(SEARCHES):
            council = chance.choices(councils, [len(one.people) for one in councils])[0]
            kind, words, meant = council.draw(chance)
            of_kind[kind].append(council.answer(words, meant))
        print(f"  {'how names are written':34} searches  recall at 10  precision  rows  ms, p50 and p95")
        for one in KINDS:
            _print(one.name, of_kind[one.name])
        _print("all", [answer for answers in of_kind.values() for answer in answers])
        _nation(chance, people.nation, councils)


def _print(name: str, answers: list[Answer]) -> None:
    if not answers:
        return
    times = sorted(one.seconds * 1e3 for one in answers)
    mean = statistics.mean
    print(
        f"  {name:34} {len(answers):8} {mean(one.recall for one in answers):13.3f} "
        f"{mean(one.precision for one in answers):10.2f} {mean(one.rows for one in answers):5.1f}"
        f"  {statistics.median(times):6.1f} {times[int(len(times) * 0.95)]:6.1f}",
        flush=True,
    )


def _nation(chance: random.Random, visitor: Visitor, councils: "list[_Council]") -> None:
    """Only how long it takes: how many people of a nation are meant is another matter."""
    times = []
    for _ in range(NATIONAL):
        _kind, words, _meant = chance.choice(councils).draw(chance)
        times.append(seconds(lambda words=words: _page(visitor.actor, words)) * 1e3)  # type: ignore[misc]
    times.sort()
    print(f"  the same in a nation: {statistics.median(times):.0f} ms, the slowest of {NATIONAL} {times[-1]:.0f} ms")


class _Council:
    """A caseworker of a council, and the people in the list as it opens."""

    def __init__(self, visitor: Visitor, organisation_id: int) -> None:
        reads = Scope(organisation_ids=frozenset({organisation_id}))
        self._actor = replace(visitor.actor, organisation_id=organisation_id, reads=reads)
        self.people = _people(self._actor)

    def draw(self, chance: random.Random) -> tuple[str, str, set[Any]]:
        """Somebody of the council: how they are looked for, with which words, and all who are meant by them."""
        person = chance.choice(list(self.people.values()))
        kind, words = drawn(chance, person)
        return kind.name, words, {pk for pk, one in self.people.items() if kind.of(one) == kind.of(person)}

    def answer(self, words: str, meant: set[Any]) -> Answer:
        found = _found(self._actor, words)
        took = seconds(lambda: _page(self._actor, words))
        first = len(meant.intersection(found[:FIRST])) / min(FIRST, len(meant))
        return Answer(first, len(meant.intersection(found)) / len(found) if found else 0, len(found), took)


def _people(actor: Any) -> dict[Any, Known]:
    from opensponsor.core.rowsecurity import acting
    from opensponsor.people.models import Person

    with acting(actor):
        rows: Iterable[Any] = Person.objects.filter(pk__in=_found(actor, "")).values_list(
            "pk", "given_names", "family_name"
        )
        return {pk: known(given, family) for pk, given, family in rows}


def _found(actor: Any, words: str) -> list[Any]:
    from opensponsor.core.rowsecurity import acting
    from opensponsor.saved_views.lists.applicants import APPLICANTS
    from opensponsor.saved_views.queries import ids_of
    from opensponsor.saved_views.state import state_of

    with acting(actor):
        return list(ids_of(actor, APPLICANTS, state_of(APPLICANTS, actor, {}, names=words), most=100_000))


def _page(actor: Any, words: str) -> None:
    """As the list asks for its first page: ids and total."""
    from opensponsor.core.keyset import Window, page_of
    from opensponsor.core.rowsecurity import acting
    from opensponsor.saved_views.lists.applicants import APPLICANTS
    from opensponsor.saved_views.queries import MOST_COUNTED, order_of
    from opensponsor.saved_views.state import narrowed, state_of

    with acting(actor):
        state = state_of(APPLICANTS, actor, {}, names=words)
        rows = narrowed(APPLICANTS, actor, state)
        order, scope = order_of(APPLICANTS, actor, state), APPLICANTS.scope(actor)
        page_of(rows, order, Window(50), within=scope, most_counted=MOST_COUNTED)
