"""Keeping what the checks of households say together, for lists that sort and filter by it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection, transaction

from opensponsor.checks import queries
from opensponsor.checks.rules.summary import Situation, Summary, summarise
from opensponsor.core import bulk, clock
from opensponsor.core.rowsecurity import as_system, meanwhile_as_system
from opensponsor.core.statements import among
from opensponsor.hosts.models import Sponsorship
from opensponsor.people.models import Household

Done = TypeVar("Done")

_AT_ONCE = 1_000
_JOB = "checks"

# What has not changed is left alone, so that it leaves no trace in the history, no dead row and no lock. Nobody else
# writes between the look and the write, because the cases are locked.
_STORE = f"""
INSERT INTO checks_checkssummary AS s
  (id, case_id, household_id, owner_id, status, reasons, version, created_at, updated_at)
SELECT {bulk.NEW_ID}, r.case_id, r.household_id, r.owner_id, r.status, r.reasons, 1, now(), now()
FROM jsonb_to_recordset(%s::jsonb)
  AS r (case_id uuid, household_id uuid, owner_id int, status text, reasons jsonb)
LEFT JOIN checks_checkssummary AS o ON o.case_id = r.case_id
WHERE o.id IS NULL OR (o.status, o.reasons) IS DISTINCT FROM (r.status, r.reasons)
ON CONFLICT (case_id) DO UPDATE
  SET status = excluded.status, reasons = excluded.reasons, version = s.version + 1, updated_at = excluded.updated_at
"""  # noqa: S608 - no value stands in the statement


@transaction.atomic
def refresh(case_ids: Iterable[UUID]) -> None:
    """Bring the summaries of these household cases up to date, as far as the present actor may write them.

    Runs inside the caller's transaction and as the caller. The number of statements does not grow with the number of
    cases, but for a further set every thousand. Cases are locked first, in the order of their ids: of two people who
    record checks of one household at once, the later one then reads what the earlier one recorded.
    """
    today = clock.today()
    for some in _by_thousands(sorted(set(case_ids))):
        households = _locked(some)
        situations = queries.situations_of(households, today=today)
        _store(households, [(one, summarise(one, today)) for one in situations])


def lock_households(case_ids: Iterable[UUID]) -> None:
    """Lock these household cases as `refresh` does, for a service that works on some of them before it refreshes."""
    for some in _by_thousands(sorted(set(case_ids))):
        _locked(some)


def refreshing(case_id: UUID, act: Callable[[], Done]) -> Done:
    """Do something to a household that its checks depend on, and bring their summary up to date: both or neither."""
    with transaction.atomic():
        done = act()
        refresh([case_id])
    return done


def refresh_around(case_ids: Collection[UUID]) -> None:
    """After a change of owner or status: the households of the cases, and those that their sponsors host.

    In the transaction of that change, but not as whoever made it, who may no longer see the records.
    """
    with meanwhile_as_system(_JOB):
        hosted = Sponsorship.objects.filter(sponsor__case__in=case_ids).values_list("case_id", flat=True)
        refresh([*case_ids, *hosted])


def refresh_all() -> None:
    """Every household anew, a thousand to a transaction: on a birthday a child grows up, a hosting ends by its date."""
    with as_system(_JOB):
        case_ids = list(Household.objects.order_by("case_id").values_list("case_id", flat=True))
    for some in _by_thousands(case_ids):
        with as_system(_JOB):
            refresh(some)


def _by_thousands(case_ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(case_ids), _AT_ONCE):
        yield case_ids[start : start + _AT_ONCE]


def _locked(case_ids: Sequence[UUID]) -> list[Household]:
    households = Household.objects.filter(among("case", case_ids)).select_related("case").order_by("case_id")
    households = households.only("owner_id", "case__status")
    return list(households.select_for_update(of=("case",), no_key=True))


def _store(households: Sequence[Household], found: Sequence[tuple[Situation, Summary]]) -> None:
    if not found:
        return
    by_id = {household.pk: household for household in households}
    rows = [_as_row(by_id[situation.id], summary) for situation, summary in found]
    with connection.cursor() as cursor:
        # As one text: of arrays each value would be quoted by itself, which takes longer than all else.
        cursor.execute(_STORE, [orjson.dumps(rows).decode()])


def _as_row(household: Household, summary: Summary) -> dict[str, Any]:
    return {
        "case_id": household.case_id,
        "household_id": household.pk,
        "owner_id": household.owner_id,
        "status": summary.status.value,
        "reasons": [(reason.code, reason.subject, reason.id) for reason in summary.reasons],
    }
