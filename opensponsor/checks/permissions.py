"""May this actor record this check?"""

from opensponsor.checks.models import Check
from opensponsor.checks.states import CheckType
from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.permissions import Permission

# District councils record checks on sponsors as much as others do (CMS-004): whoever works on the record, records.
NEEDED: dict[CheckType, Permission] = {
    CheckType.EXISTS: Permission.SPONSOR_WRITE,
    CheckType.SPONSOR: Permission.SPONSOR_WRITE,
    CheckType.SUITABLE: Permission.HOUSEHOLD_WRITE,
    CheckType.ARRIVED: Permission.HOUSEHOLD_WRITE,
}


def may_record(actor: Actor, type_: CheckType) -> bool:
    """Whether the actor records checks of this type. That of a sponsor is for those who see what a DBS check found."""
    sees_outcome = type_ != CheckType.SPONSOR or may_see(actor, Check, "dbs_level")
    return actor.may(NEEDED[type_]) and sees_outcome


def check_may_record(actor: Actor, type_: CheckType) -> None:
    """Raise NotVisible unless the actor records checks of this type."""
    if not may_record(actor, type_):
        raise NotVisible
