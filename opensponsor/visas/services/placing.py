"""Giving what a feed brought without a council to the one that looks after it: households, sponsors, applications."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases.models import Case
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Conflict, Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.hosts.models import Sponsor, Sponsorship
from opensponsor.identity.models import Organisation
from opensponsor.visas import permissions, policies, waiting
from opensponsor.visas.models import Application
from opensponsor.visas.services.following import Claims, give, join, same_sponsor, sponsors_follow
from opensponsor.visas.waiting import Queue

Row = TypeVar("Row", Case, Application)


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many records went to the council, and the names of sponsors whom it had recorded already."""

    count: int
    known: tuple[str, ...]


@transaction.atomic
def assign_waiting(*, actor: Actor, queue: Queue, versions: Mapping[UUID, int], council_id: int) -> Assigned:
    """Give everything named here to the council, all or nothing. `versions` holds the version of each.

    Raises Refused, which names the record that stands in the way, NotVisible.
    """
    permissions.check_may_place(actor)
    lock, hand_out = _ACTS[queue]
    rows = {row.id: row for row in waiting.rows_by_id(actor, queue, list(versions))}
    locked = []
    for id_ in sorted(versions):
        if id_ not in rows:
            raise Refused(_("One of these belongs to a council already. Nothing was changed: choose again."))
        try:
            locked.append(lock(actor, id_, versions[id_]))
        except Conflict:
            sentence = _("Somebody else changed %(reference)s meanwhile. Nothing was changed: choose again.")
            raise Refused(sentence % {"reference": rows[id_].reference}) from None
    return Assigned(len(versions), tuple(dict.fromkeys(hand_out(actor, locked, council_id))))


@transaction.atomic
def assign_to_council(*, actor: Actor, case_id: UUID, version: int, council_id: int) -> list[str]:
    """Give a household that belongs to no council yet to the one that looks after it, with all that hangs on it.

    Its sponsors go with it; those whom others need stay, and the council gets a record of its own. From then on the
    council owns the household, whatever the feed says. Returns the names of sponsors whom the council had recorded
    already. Raises Refused, Conflict, NotVisible.
    """
    permissions.check_may_place(actor)
    return _give_households(actor, [_lock_household(actor, case_id, version)], council_id)


@transaction.atomic
def give_on(*, actor: Actor, application_id: UUID, version: int, council_id: int) -> list[str]:
    """Give the applications that a council was given by mistake, and that have no household yet, to another.

    All that were submitted together go, with the sponsor whom only they name; the former council sees nothing of them.
    Returns the names of sponsors whom the other council had recorded already. Raises Refused, Conflict, NotVisible.
    """
    permissions.check_may_place(actor)
    seen = waiting.get_given_application(actor, application_id)
    if council_id == seen.owner_id:
        raise Refused(_("These applications belong to that council already."))
    return _give_applications(actor, [_locked_together(seen, version)], council_id, event="application.given_on")


def _lock_household(actor: Actor, case_id: UUID, version: int) -> Case:
    return _locked(waiting.get_household_case(actor, case_id), version)


def _lock_sponsor(actor: Actor, case_id: UUID, version: int) -> Case:
    return _locked(waiting.get_sponsor_case(actor, case_id), version)


def _lock_applications(actor: Actor, application_id: UUID, version: int) -> list[Application]:
    return _locked_together(waiting.get_application(actor, application_id), version)


def _locked(seen: Case, version: int) -> Case:
    """The case, in the name of its owner. Raises Refused when somebody else was faster, Conflict."""
    policies.check_is_unassigned(seen)
    write_for(seen.owner_id)
    rows = Case.objects.select_related("owner").select_for_update(of=("self",))
    case: Case | None = rows.filter(pk=seen.pk, owner_id=seen.owner_id).first()
    if case is None:
        raise Refused(_("This record belongs to a council already."))
    save_changes(case, expected_version=version)
    return case


def _locked_together(seen: Application, version: int) -> list[Application]:
    """The applications that were submitted together, in the name of their owner. Raises Conflict."""
    write_for(seen.owner_id)
    theirs = Application.objects.filter(submission=seen.submission, case=None, owner_id=seen.owner_id)
    rows = theirs.select_related("owner").select_for_update(of=("self",))
    locked = list(rows.order_by("pk"))
    if sum(one.version for one in locked) != version:
        raise Conflict
    return locked


def _give_households(actor: Actor, cases: Sequence[Case], council_id: int) -> list[str]:
    known: list[str] = []
    for owner, theirs in _by_owner(cases):
        council = _council(owner, council_id)
        claims = Claims(Sponsorship.objects.filter(case__in=theirs), Application.objects.filter(case__in=theirs))
        known += sponsors_follow(actor, owner, council, claims)
        for case in theirs:
            give(actor, case, council)
    return known


def _give_sponsors(actor: Actor, cases: Sequence[Case], council_id: int) -> list[str]:
    """Sponsors or hosts with their addresses and what they offer there. A council has each of them once."""
    known: list[str] = []
    for owner, theirs in _by_owner(cases):
        council = _council(owner, council_id)
        for case in theirs:
            sponsor = Sponsor.objects.select_related("case").get(case=case)
            if same := same_sponsor(sponsor, council):
                known.append(str(case.title))
                join(actor, sponsor, same, council)
                write_for(owner.pk)
            else:
                give(actor, case, council)
    return known


def _give_applications(
    actor: Actor,
    groups: Sequence[Sequence[Application]],
    council_id: int,
    event: str = "application.assigned_to_council",
) -> list[str]:
    """Applications, each with all that were submitted with it; what comes of them will be the council's."""
    known: list[str] = []
    for owner, theirs in _by_owner([one for group in groups for one in group]):
        council = _council(owner, council_id)
        claims = Claims(Sponsorship.objects.none(), Application.objects.filter(pk__in=[one.pk for one in theirs]))
        known += sponsors_follow(actor, owner, council, claims)
        with connection.cursor() as cursor:
            for submission in sorted({one.submission for one in theirs}):
                cursor.execute("SELECT visas_give_applications(%s, %s, %s)", [submission, owner.pk, council.pk])
        for one in theirs:
            audit.record(
                event,
                actor=actor,
                owner_id=council.pk,
                table="visas_application",
                row=one.pk,
                from_id=owner.pk,
                to_id=council.pk,
            )
    return known


def _by_owner(rows: Sequence[Row]) -> Iterator[tuple[Organisation, list[Row]]]:
    """The rows of each owner in turn, whom the transaction writes for meanwhile."""
    for owner in sorted({row.owner for row in rows}, key=lambda one: one.pk):
        write_for(owner.pk)
        yield owner, [row for row in rows if row.owner_id == owner.pk]


def _council(owner: Organisation, council_id: int) -> Organisation:
    council: Organisation | None = waiting.councils_to_take_over(owner.realm).filter(pk=council_id).first()
    if council is None:
        raise Refused(_("Choose the council that takes over."))
    return council


_ACTS: dict[Queue, tuple[Callable[[Actor, UUID, int], Any], Callable[[Actor, Sequence[Any], int], list[str]]]] = {
    Queue.HOUSEHOLDS: (_lock_household, _give_households),
    Queue.SPONSORS: (_lock_sponsor, _give_sponsors),
    Queue.APPLICATIONS: (_lock_applications, _give_applications),
}
