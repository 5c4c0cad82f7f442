"""Adding and changing licences of sponsors."""

import dataclasses
import datetime as dt
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import policies as case_policies
from opensponsor.cases import queries as cases
from opensponsor.cases.models import Case
from opensponsor.cases.services import titles
from opensponsor.cases.services.cases import open_case
from opensponsor.cases.states import CaseKind
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import check_may_see
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import write_for
from opensponsor.core.saving import save_changes
from opensponsor.core.text import trimmed
from opensponsor.identity import queries as identity
from opensponsor.licensing import permissions, policies
from opensponsor.licensing.models import Licence


class LicenceDetails(TypedDict, total=False):
    """What may be said about a licence; what is left out stays as it is."""

    sponsor_name: str
    trading_name: str
    rating: str
    granted_on: dt.date
    contact_email: str
    contact_phone: str


@transaction.atomic
def add_licence(
    *, actor: Actor, organisation_id: int, number: str, today: dt.date, **details: Unpack[LicenceDetails]
) -> Licence:
    """Add the licence of a sponsor, which owns it. `sponsor_name` and `granted_on` are needed.

    The Home Office writes for the sponsor, and the history names both. Raises Refused for a number that exists
    already, NotVisible.
    """
    permissions.check_may_add(actor)
    check_may_see(actor, Licence, *details)
    if not (number.strip() and details["sponsor_name"].strip()):
        raise Refused(_("Enter the number of the licence and the name of the sponsor."))
    policies.check_may_hold(identity.organisation(organisation_id))
    case = _open_case(_writing_for(actor, organisation_id), number.strip(), details["sponsor_name"], today)
    licence = Licence.objects.create(case=case, owner_id=case.owner_id, **trimmed(details))
    audit.record("licence.added", actor=actor, case_id=case.pk, owner_id=case.owner_id)
    return licence


@transaction.atomic
def change_licence(*, actor: Actor, licence_id: UUID, version: int, **changes: Unpack[LicenceDetails]) -> Licence:
    """Change what is recorded about a licence: the Home Office anything, the sponsor how it is reached.

    Raises Refused, Conflict, NotVisible.
    """
    permissions.check_may_change(actor, frozenset(changes))
    check_may_see(actor, Licence, *changes)
    owner_id = cases.get_row(actor, Licence, licence_id).owner_id
    writer = _writing_for(actor, owner_id) if permissions.is_licensing_body(actor) else actor
    licence = cases.lock_row(writer, Licence, licence_id)
    case_policies.check_is_open(licence.case)
    name = changes.get("sponsor_name", licence.sponsor_name)
    if not name.strip():
        raise Refused(_("Enter the name of the sponsor."))
    save_changes(licence, expected_version=version, **trimmed(changes))
    titles.rename(licence.case, titles.of_body(name))
    audit.record("licence.changed", actor=actor, case_id=licence.case_id, owner_id=licence.owner_id)
    return licence


def _writing_for(actor: Actor, organisation_id: int) -> Actor:
    """The actor, able to write the sponsor's records for the rest of the transaction."""
    write_for(organisation_id)
    return dataclasses.replace(actor, writes=frozenset({organisation_id}))


def _open_case(writer: Actor, number: str, sponsor_name: str, today: dt.date) -> Case:
    (organisation_id,) = writer.writes
    try:
        with transaction.atomic():
            return open_case(
                actor=writer,
                kind=CaseKind.LICENCE,
                reference=number,
                opened_on=today,
                owner_id=organisation_id,
                **titles.of_body(sponsor_name),
            )
    except IntegrityError as error:
        if "licence_number_once" in str(error) or "case_reference_once" in str(error):
            raise Refused(_("A licence with this number exists already.")) from None
        raise
