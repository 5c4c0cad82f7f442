"""Bringing the organisations to the register of authorities, and what an administrator sets about one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system
from opensponsor.core.saving import save_changes
from opensponsor.identity import bodies, permissions
from opensponsor.identity.models import Organisation, Reach
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import organisation_register
from opensponsor.identity.rules import addresses, register
from opensponsor.identity.rules.register import Body, Known, Plan
from opensponsor.identity.states import ControllerRole, OrganisationKind
from opensponsor.reference import queries as reference
from opensponsor.reference.models import Succession
from opensponsor.reference.rules.health_boards import boards_on
from opensponsor.reference.states import Extent, Nation

_ALWAYS_IN_USE = (OrganisationKind.PLATFORM, OrganisationKind.PSEUDO_AUTHORITY, OrganisationKind.UNASSIGNED)


def plan_organisations(today: dt.date) -> Plan:
    """What `load_organisations` would change today, without changing it."""
    return register.plan(_wanted(today), _known())


def load_organisations(*, today: dt.date) -> Plan:
    """Bring organisations and their reach to the register of today; returns what changed.

    Running it again changes nothing.

    What an administrator sets (domains, controller role, tasks, active) is set once, when the organisation is made,
    and then left.
    """
    with as_system("load-organisations") as actor:
        plan = plan_organisations(today)
        _apply(plan)
        if not plan.is_empty:
            audit.record(
                "organisations.loaded",
                actor=actor,
                created=len(plan.created),
                recoded=len(plan.recoded),
                renamed=len(plan.renamed),
                retired=len(plan.retired),
                reaches=len(plan.reaches),
            )
        return plan


@transaction.atomic
def change_organisation(
    *,
    actor: Actor,
    organisation_id: int,
    version: int,
    controller_role: ControllerRole,
    acts_for_id: int | None,
    email_domains: Iterable[str],
    assigns_tasks: bool,
) -> Organisation:
    """Set who controls its data (ORG-006), whose addresses may join, whether tasks are assigned (C-115).

    Raises Refused, Conflict, NotVisible.
    """
    permissions.check(actor, Permission.ORGANISATION_MANAGE)
    organisation = organisation_register.get(actor, organisation_id)
    is_processor = controller_role == ControllerRole.PROCESSOR
    if is_processor and acts_for_id in {None, organisation.pk}:
        raise Refused(_("Choose the controller that the organisation acts for."))
    changes: dict[str, Any] = {
        "controller_role": controller_role,
        "acts_for_id": acts_for_id if is_processor else None,
        "email_domains": sorted({domain for given in email_domains if (domain := addresses.domain_of(given))}),
        "assigns_tasks": assigns_tasks,
    }
    save_changes(organisation, expected_version=version, **changes)
    audit.record("organisation.changed", actor=actor, table="identity_organisation", row=organisation.pk)
    return organisation


@transaction.atomic
def set_active(*, actor: Actor, organisation_id: int, version: int, is_active: bool) -> Organisation:
    """Stop an organisation from using the platform at once, or let it use it again. Its records stay with it.

    Raises Refused for the operator itself, which would shut everybody out, and for the owners of records that left or
    are not placed yet; Conflict, NotVisible.
    """
    permissions.check(actor, Permission.ORGANISATION_MANAGE)
    organisation = organisation_register.get(actor, organisation_id)
    if not is_active and not may_be_stopped(organisation):
        raise Refused(_("The platform cannot do without this organisation."))
    save_changes(organisation, expected_version=version, is_active=is_active)
    code = "organisation.activated" if is_active else "organisation.deactivated"
    audit.record(code, actor=actor, table="identity_organisation", row=organisation.pk)
    return organisation


def may_be_stopped(organisation: Organisation) -> bool:
    """Whether the platform can do without it."""
    return organisation.kind not in _ALWAYS_IN_USE


def _wanted(today: dt.date) -> list[Body]:
    authorities = list(reference.current(today))
    recoded: dict[str, list[str]] = defaultdict(list)
    for old, new in Succession.objects.filter(extent=Extent.RECODED, takes_over_on__lte=today).values_list(
        "predecessor_id", "successor_id"
    ):
        recoded[new].append(old)
    districts: dict[str, set[str]] = defaultdict(set)
    for authority in authorities:
        if authority.county_id:
            districts[authority.county_id].add(authority.code)
    councils = [
        Body(
            authority.code,
            authority.name_en,
            authority.name_cy,
            OrganisationKind.AUTHORITY,
            authority.nation,
            authority=authority.code,
            formerly=tuple(recoded[authority.code]),
            reaches=frozenset((code, True) for code in districts[authority.code]),
        )
        for authority in authorities
    ]
    boards = [
        bodies.health_board(board.code, board.name_en, board.name_cy, board.authorities) for board in boards_on(today)
    ]
    welsh = frozenset(authority.code for authority in authorities if authority.nation == Nation.WALES)
    return [*councils, *bodies.FIXED, *boards, bodies.contact_centre(welsh)]


def _known() -> list[Known]:
    reaches: dict[int, set[tuple[str, bool]]] = defaultdict(set)
    for organisation_id, code, may_write in Reach.objects.values_list("organisation_id", "reached__code", "may_write"):
        reaches[organisation_id].add((code, may_write))
    return [
        Known(
            organisation.code,
            organisation.name_en,
            organisation.name_cy,
            organisation.authority_id or "",
            organisation.is_active,
            organisation.authority_id is not None or organisation.kind == OrganisationKind.HEALTH_BOARD,
            frozenset(reaches[organisation.pk]),
        )
        for organisation in Organisation.objects.all()
    ]


def _apply(plan: Plan) -> None:
    for body in plan.created:
        Organisation.objects.create(
            code=body.code,
            name_en=body.name_en,
            name_cy=body.name_cy,
            kind=body.kind,
            realm=body.realm,
            reads_realms=list(body.reads_realms),
            authority_id=body.authority or None,
            controller_role=ControllerRole.PROCESSOR if body.acts_for else ControllerRole.CONTROLLER,
            acts_for=Organisation.objects.get(code=body.acts_for) if body.acts_for else None,
        )
    for old, body in plan.recoded.items():
        _set(old, code=body.code, authority_id=body.authority, name_en=body.name_en, name_cy=body.name_cy)
    for body in plan.renamed:
        _set(body.code, name_en=body.name_en, name_cy=body.name_cy)
    for code in plan.retired:
        _set(code, is_active=False)
    ids = dict(Organisation.objects.values_list("code", "pk"))
    for code, reach in plan.reaches.items():
        _set_reach(ids[code], {ids[reached]: may_write for reached, may_write in reach})


def _set(present_code: str, /, **changes: Any) -> None:
    organisation = Organisation.objects.get(code=present_code)
    save_changes(organisation, expected_version=organisation.version, **changes)


def _set_reach(organisation_id: int, wanted: dict[int, bool]) -> None:
    for row in Reach.objects.filter(organisation_id=organisation_id):
        if wanted.get(row.reached_id) is row.may_write:
            del wanted[row.reached_id]
        else:
            row.delete()
    Reach.objects.bulk_create(
        Reach(organisation_id=organisation_id, reached_id=reached_id, may_write=may_write)
        for reached_id, may_write in wanted.items()
    )
