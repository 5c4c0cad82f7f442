"""Reading and loading the file of a load, as the job that does it, in one transaction each."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from opensponsor.audit import services as audit
from opensponsor.cases.feed_rows import FEED
from opensponsor.core import bulk, clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict
from opensponsor.core.rowsecurity import as_system
from opensponsor.core.saving import save_changes
from opensponsor.feeds import staging
from opensponsor.feeds.codes import Refusal
from opensponsor.feeds.models import Load, Reject
from opensponsor.feeds.rules import holding
from opensponsor.feeds.services import apply_applications, apply_offers, comparing, keeping, placing
from opensponsor.feeds.staging import FileRefused, Staged
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind, Realm

_MINUTES = 30
# Two loads, of whatever feed, run one after the other: both make sponsors.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7326)"
# Of a file that is taken everything that was not is listed; of one that is not, so much that the cause can be seen.
MOST_LISTED = 1_000

_KEEP_REJECTS = """
INSERT INTO feeds_reject (load_id, owner_id, line, field, reason, value)
SELECT %(load)s, %(owner)s, line, left(field, 80), reason, left(value, 100) FROM pg_temp.feed_reject
ORDER BY line, field LIMIT %(most)s
"""
_REJECTED = "SELECT count(DISTINCT line) FROM pg_temp.feed_reject WHERE reason <> 'REPEATED'"


def read(load_id: UUID) -> None:
    """Stage the file and say what is in it; what somebody cancelled meanwhile stays cancelled."""
    with as_system(FEED) as actor:
        bulk.take_minutes(_MINUTES)
        load = Load.objects.get(pk=load_id)
        if load.status != LoadStatus.WAITING:
            return
        try:
            with transaction.atomic():
                if found := _look_or_refuse(actor, load):
                    staged, counts = found
                    read = {"status": LoadStatus.READ, "counts": counts, "notices": staged.notices}
                    save_changes(load, expected_version=load.version, staged=keeping.keep(load, staged), **read)
        except Conflict:
            return


def run(load_id: UUID) -> None:
    """Make records from the staged rows, or hold them for another person's approval."""
    with as_system(FEED) as actor:
        bulk.take_minutes(_MINUTES)
        bulk.run(_ONE_AT_A_TIME)
        load = Load.objects.get(pk=load_id)
        if load.status != LoadStatus.LOADING:
            return
        found = _look_or_refuse(actor, load)
        if not found:
            return
        staged, counts = found
        if load.approved_by_id is None and _must_wait(load, counts):
            held = {"status": LoadStatus.HELD, "counts": counts, "notices": staged.notices}
            save_changes(load, expected_version=load.version, **held)
            _record("load.held", actor, load)
            return
        _apply(load)
        finished = {"finished_at": clock.now(), "counts": counts, "notices": staged.notices}
        save_changes(load, expected_version=load.version, status=LoadStatus.LOADED, **finished)
        keeping.forget(load)
        _record("load.loaded", actor, load)


def give_up(load_id: UUID) -> None:
    """Refuse the file, unless it came to its end meanwhile."""
    with as_system(FEED) as actor:
        load = Load.objects.get(pk=load_id)
        if load.status in {LoadStatus.WAITING, LoadStatus.LOADING}:
            _refuse(actor, load, FileRefused(Refusal.FAILED))


def _look_or_refuse(actor: Actor, load: Load) -> tuple[Staged, dict[str, int]] | None:
    """What is in the file; nothing once it was refused: as a whole, or because no row of it can be taken."""
    try:
        with transaction.atomic():
            staged, counts = _look(load)
    except FileRefused as refusal:
        _refuse(actor, load, refusal)
        return None
    if not counts["good"]:
        load.counts, load.notices = counts, staged.notices
        _refuse(actor, load, FileRefused(Refusal.NO_GOOD_ROW))
        return None
    return staged, counts


def _look(load: Load) -> tuple[Staged, dict[str, int]]:
    """Stage, place and compare; the rejects are stored, nothing else is."""
    staged, realm = _stage(load), _limit(load)
    today = clock.today()
    if load.feed == Feed.APPLICATIONS:
        placing.place_applications(today)
        counts = comparing.compare_applications(realm)
    else:
        placing.place_offers(today, realm=realm or Realm.WALES)
        counts = comparing.compare_offers(realm)
    comparing.reject_other_nations()
    good = staged.good - counts.pop("other")
    Reject.objects.filter(load=load).delete()
    bulk.run(_KEEP_REJECTS, load=load.pk, owner=load.owner_id, most=None if good else MOST_LISTED)
    numbers = {"rows": staged.rows, "good": good, "repeated": staged.repeated, "rejected": bulk.number(_REJECTED)}
    return staged, numbers | counts


def _stage(load: Load) -> Staged:
    if staged := keeping.restore(load):
        return staged
    if load.feed == Feed.APPLICATIONS:
        return staging.stage_applications(keeping.parts(load), is_live=settings.ENVIRONMENT == "live")
    return staging.stage_offers(keeping.parts(load))


def _limit(load: Load) -> str | None:
    """The nation that the file may speak of: a devolved government loads its own, others load all (CMS-005)."""
    owner = Organisation.objects.get(pk=load.owner_id)
    return owner.realm if load.brought_by_id and owner.kind == OrganisationKind.DEVOLVED_GOVERNMENT else None


def _must_wait(load: Load, counts: dict[str, int]) -> bool:
    table = "visas_application" if load.feed == Feed.APPLICATIONS else "feeds_sourcerow WHERE feed = 'OFFERS'"
    existing = bulk.number(f"SELECT count(*) FROM {table}")  # noqa: S608 - one of two names of ours
    return holding.must_be_held(changed=counts["changed"], existing=existing)


def _apply(load: Load) -> None:
    if load.feed == Feed.APPLICATIONS:
        apply_applications.apply_applications(load.pk, clock.today())
    else:
        apply_offers.apply_offers(load.pk, clock.today())


def _refuse(actor: Actor, load: Load, refusal: FileRefused) -> None:
    """What the sentence of the refusal needs stands in the first notice, under the code of the refusal."""
    place = [{"code": refusal.code} | refusal.details] if refusal.details else []
    save_changes(
        load,
        expected_version=load.version,
        status=LoadStatus.REFUSED,
        refusal=refusal.code,
        counts=load.counts,
        notices=[*place, *load.notices],
        finished_at=clock.now(),
    )
    keeping.forget(load)
    _record("load.refused", actor, load)


def _record(code: str, actor: Actor, load: Load) -> None:
    detail: dict[str, Any] = {"table": "feeds_load", "row": load.pk, "feed": load.feed, **load.counts}
    audit.record(code, actor=actor, owner_id=load.owner_id, **detail)
