"""Placing what a feed brought without anybody knowing which council it belongs to."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases.models import Case
from opensponsor.cases.services.cases import hand_over
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.hosts.models import Sponsor, Sponsorship
from opensponsor.identity.models import Organisation
from opensponsor.visas import permissions, policies, queries
from opensponsor.visas.models import Application


@transaction.atomic
def assign_to_council(*, actor: Actor, case_id: UUID, version: int, council_id: int) -> None:
    """Give a household that belongs to no council yet to the one that looks after it, with all that hangs on it.

    Its sponsors go with it unless another household has them, or the council has recorded them already. From then on
    the council owns the household, whatever the feed says. Raises Refused, Conflict, NotVisible.
    """
    permissions.check_may_place(actor)
    seen = queries.get_household_case(actor, case_id)
    policies.check_is_unassigned(seen)
    council = queries.councils_to_take_over(seen.owner.realm).filter(pk=council_id).first()
    if council is None:
        raise Refused(_("Choose the council that takes over."))
    case = _locked(seen)
    save_changes(case, expected_version=version)
    for sponsor in _sponsors_of(case, council):
        _give(actor, sponsor.case, council)
    _give(actor, case, council)


def _locked(seen: Case) -> Case:
    """The case, in the name of its owner. Raises Refused when somebody else was faster."""
    write_for(seen.owner_id)
    case: Case | None = Case.objects.select_for_update().filter(pk=seen.pk, owner_id=seen.owner_id).first()
    if case is None:
        raise Refused(_("This household belongs to a council already."))
    return case


def _sponsors_of(case: Case, council: Organisation) -> QuerySet[Sponsor]:
    """The sponsors of the household who belong to nobody else's."""
    theirs = Q(sponsorships__case=case) | Q(applications__case=case)
    elsewhere = Sponsorship.objects.filter(sponsor=OuterRef("pk")).exclude(case=case)
    named_elsewhere = Application.objects.filter(sponsor=OuterRef("pk"), case__isnull=False).exclude(case=case)
    same = Sponsor.objects.filter(owner=council, source_key=OuterRef("source_key")).exclude(source_key="")
    mine = Sponsor.objects.filter(theirs, owner_id=case.owner_id).values("pk")
    found: QuerySet[Sponsor] = Sponsor.objects.filter(pk__in=mine).select_related("case").order_by("pk")
    return found.exclude(Exists(elsewhere)).exclude(Exists(named_elsewhere)).exclude(Exists(same))


def _give(actor: Actor, case: Case, council: Organisation) -> None:
    hand_over(case, council.pk)
    audit.record(
        "case.assigned_to_council",
        actor=actor,
        case_id=case.pk,
        owner_id=council.pk,
        from_id=case.owner_id,
        to_id=council.pk,
    )
