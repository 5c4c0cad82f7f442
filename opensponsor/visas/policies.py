"""May this record be given to a council now?"""

from django.utils.translation import gettext as _

from opensponsor.cases.models import Case
from opensponsor.core.refusals import Refused
from opensponsor.identity.states import OrganisationKind


def check_is_unassigned(case: Case) -> None:
    """Only what belongs to no council yet is given to one; the rest is transferred by its owner. Raises Refused."""
    if case.owner.kind != OrganisationKind.UNASSIGNED:
        raise Refused(_("This record belongs to a council already."))
