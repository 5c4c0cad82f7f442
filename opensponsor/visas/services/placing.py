"""Giving what a feed brought without a council to the one that looks after it: households, sponsors, applications."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from opensponsor.visas.services.following import Claims, give, same_sponsor, sponsors_follow
from opensponsor.visas.waiting import Queue


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
    act = _ACTS[queue]
    rows = {row.id: row for row in waiting.rows_by_id(actor, queue, list(versions))}
    known: list[str] = []
    for id_ in sorted(versions):
        if id_ not in rows:
            raise Refused(_("One of these belongs to a council already. Nothing was changed: choose again."))
        try:
            known += act(actor, id_, versions[id_], council_id)
        except Conflict:
            sentence = _("Somebody else changed %(reference)s meanwhile. Nothing was changed: choose again.")
            raise Refused(sentence % {"reference": rows[id_].reference}) from None
    return Assigned(len(versions), tuple(dict.fromkeys(known)))


@transaction.atomic
def assign_to_council(*, actor: Actor, case_id: UUID, version: int, council_id: int) -> list[str]:
    """Give a household that belongs to no council yet to the one that looks after it, with all that hangs on it.

    Its sponsors go with it; those whom others need stay, and the council gets a record of its own. From then on the
    council owns the household, whatever the feed says. Returns the names of sponsors whom the council had recorded
    already. Raises Refused, Conflict, NotVisible.
    """
    permissions.check_may_place(actor)
    return _household(actor, case_id, version, council_id)


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
    return _give_applications(actor, seen, version, council_id, "application.given_on")


def _household(actor: Actor, case_id: UUID, version: int, council_id: int) -> list[str]:
    seen = waiting.get_household_case(actor, case_id)
    policies.check_is_unassigned(seen)
    council = _council(seen.owner, council_id)
    case = _locked(seen)
    save_changes(case, expected_version=version)
    claims = Claims(Sponsorship.objects.filter(case=case), Application.objects.filter(case=case))
    known = sponsors_follow(actor, seen.owner, council, claims)
    give(actor, case, council)
    return known


def _sponsor(actor: Actor, case_id: UUID, version: int, council_id: int) -> list[str]:
    """A sponsor or host with the addresses and what they offer there. A council has each of them once."""
    seen = waiting.get_sponsor_case(actor, case_id)
    policies.check_is_unassigned(seen)
    council = _council(seen.owner, council_id)
    case = _locked(seen)
    save_changes(case, expected_version=version)
    if same_sponsor(Sponsor.objects.get(case=case), council):
        sentence = _("%(council)s has recorded %(sponsor)s already, with the same name and postcode.")
        raise Refused(sentence % {"council": council.name, "sponsor": case.title})
    give(actor, case, council)
    return []


def _applications(actor: Actor, application_id: UUID, version: int, council_id: int) -> list[str]:
    """The applications that were submitted together, before there is a household; it will be the council's then."""
    seen = waiting.get_application(actor, application_id)
    return _give_applications(actor, seen, version, council_id, "application.assigned_to_council")


def _give_applications(actor: Actor, seen: Application, version: int, council_id: int, event: str) -> list[str]:
    council = _council(seen.owner, council_id)
    write_for(seen.owner_id)
    theirs = Application.objects.filter(submission=seen.submission, case=None, owner_id=seen.owner_id)
    locked = list(theirs.select_for_update().order_by("pk"))
    if sum(one.version for one in locked) != version:
        raise Conflict
    known = sponsors_follow(actor, seen.owner, council, Claims(Sponsorship.objects.none(), theirs))
    with connection.cursor() as cursor:
        cursor.execute("SELECT visas_give_applications(%s, %s, %s)", [seen.submission, seen.owner_id, council.pk])
    for one in locked:
        audit.record(
            event,
            actor=actor,
            owner_id=council.pk,
            table="visas_application",
            row=one.pk,
            from_id=seen.owner_id,
            to_id=council.pk,
        )
    return known


def _council(owner: Organisation, council_id: int) -> Organisation:
    council: Organisation | None = waiting.councils_to_take_over(owner.realm).filter(pk=council_id).first()
    if council is None:
        raise Refused(_("Choose the council that takes over."))
    return council


def _locked(seen: Case) -> Case:
    """The case, in the name of its owner. Raises Refused when somebody else was faster."""
    write_for(seen.owner_id)
    case: Case | None = Case.objects.select_for_update().filter(pk=seen.pk, owner_id=seen.owner_id).first()
    if case is None:
        raise Refused(_("This record belongs to a council already."))
    return case


_ACTS: dict[Queue, Callable[[Actor, UUID, int, int], list[str]]] = {
    Queue.HOUSEHOLDS: _household,
    Queue.SPONSORS: _sponsor,
    Queue.APPLICATIONS: _applications,
}
