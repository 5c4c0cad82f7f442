"""The way of a file: brought, read, started, loaded or held, approved, cancelled."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.jobs import enqueue
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.core.saving import save_changes
from opensponsor.feeds import permissions, policies, queries
from opensponsor.feeds.models import Load, LoadPart
from opensponsor.feeds.services import keeping, running
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.models import Organisation

# By name: the jobs call the services, and what stands here stands below them.
_READ = "opensponsor.feeds.jobs.read_load"
_RUN = "opensponsor.feeds.jobs.run_load"
_PART = 1024 * 1024
_ONCE = "load_of_a_file_once_at_a_time"
# Whose file it is when a job of the platform brings it and names nobody: who receives the feed (CMS-001).
_RECEIVER = "mhclg"


@transaction.atomic
def bring(*, actor: Actor, feed: Feed, file_name: str, chunks: Iterable[bytes], owner_id: int | None = None) -> Load:
    """Keep the bytes of a file, whole, and ask for it to be read.

    It belongs to the actor's organisation; a job of the platform may name another, else the receiver of the feed.
    Raises Refused when the same file is under way already; NotVisible.
    """
    permissions.check_may_load(actor)
    load = Load(
        owner_id=_owner_id(actor, owner_id),
        feed=Feed(feed),
        file_name=file_name[:200],
        brought_by_id=actor.user_id,
        size=0,
        sha256="",
    )
    try:
        with transaction.atomic():
            _keep(load, chunks)
    except IntegrityError as error:
        if _ONCE not in str(error):
            raise
        raise Refused(_violation()) from error
    audit.record("load.brought", actor=actor, owner_id=load.owner_id, **_named(load), size=load.size)
    enqueue(app.tasks[_READ], load_id=str(load.pk))
    return load


def read(load_id: UUID) -> None:
    """Look through the file of the load: what would be new and changed, what is refused and why. Loads nothing.

    Does nothing when the load is no longer waiting.
    """
    running.read(load_id)


@transaction.atomic
def start(*, actor: Actor, load_id: UUID, version: int) -> Load:
    """Ask for records to be made from a file that was read. Raises Refused, Conflict, NotVisible."""
    load = _lock(actor, load_id)
    policies.check_may_start(load)
    save_changes(load, expected_version=version, status=LoadStatus.LOADING, started_at=clock.now())
    audit.record("load.started", actor=actor, owner_id=load.owner_id, **_named(load))
    enqueue(app.tasks[_RUN], load_id=str(load.pk))
    return load


def run(load_id: UUID) -> None:
    """Make records from the file of a started load, all or nothing, or hold it for approval.

    Does nothing when the load is not being loaded.
    """
    running.run(load_id)


def give_up(load_id: UUID) -> None:
    """Refuse a file whose reading or loading broke off on an error of ours; nothing of it was loaded."""
    running.give_up(load_id)


@transaction.atomic
def approve(*, actor: Actor, load_id: UUID, version: int) -> Load:
    """Let a held load go on; only somebody else than who brought it. Raises Refused, Conflict, NotVisible."""
    load = _lock(actor, load_id)
    policies.check_may_approve(actor, load)
    save_changes(load, expected_version=version, status=LoadStatus.LOADING, approved_by_id=actor.user_id)
    audit.record("load.approved", actor=actor, owner_id=load.owner_id, **_named(load))
    enqueue(app.tasks[_RUN], load_id=str(load.pk))
    return load


@transaction.atomic
def cancel(*, actor: Actor, load_id: UUID, version: int) -> Load:
    """Do without a file that is not loaded yet; its bytes are deleted. Raises Refused, Conflict, NotVisible."""
    load = _lock(actor, load_id)
    policies.check_may_become(load, LoadStatus.CANCELLED)
    save_changes(load, expected_version=version, status=LoadStatus.CANCELLED, finished_at=clock.now())
    keeping.forget(load)
    audit.record("load.cancelled", actor=actor, owner_id=load.owner_id, **_named(load))
    return load


def _keep(load: Load, chunks: Iterable[bytes]) -> None:
    digest, size = hashlib.sha256(), 0
    # The hash is known at the end: until then the load stands under a name that no file has.
    load.sha256 = f"{load.pk}"
    load.save(force_insert=True)
    for number, part in enumerate(_parts(chunks)):
        digest.update(part)
        size += len(part)
        LoadPart(load=load, owner_id=load.owner_id, number=number, content=part).save(force_insert=True)
    save_changes(load, expected_version=load.version, sha256=digest.hexdigest(), size=size)


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) >= _PART:
            yield bytes(rest[:_PART])
            del rest[:_PART]
    if rest:
        yield bytes(rest)


def _owner_id(actor: Actor, owner_id: int | None) -> int:
    if not actor.system_name:
        return actor.organisation_id
    return owner_id or Organisation.objects.values_list("pk", flat=True).get(code=_RECEIVER)


def _lock(actor: Actor, load_id: UUID) -> Load:
    """The load, if it is one that the actor may change: a body changes its own, a job of the platform every one."""
    if not actor.system_name:
        queries.get_load(actor, load_id)
    rows = Load.objects.select_for_update(of=("self",)).filter(pk=load_id)
    load: Load | None = (rows if actor.system_name else rows.writable_by(actor)).first()
    if load is None:
        raise NotVisible
    return load


def _named(load: Load) -> dict[str, Any]:
    return {"table": "feeds_load", "row": load.pk, "feed": load.feed}


def _violation() -> str:
    return next(str(one.violation_error_message) for one in Load._meta.constraints if one.name == _ONCE)
