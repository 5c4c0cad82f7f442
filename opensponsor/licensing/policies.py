"""May this happen to a licence now?"""

from django.utils.translation import gettext as _

from opensponsor.core.refusals import Refused
from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind


def check_may_hold(organisation: Organisation) -> None:
    """A licence belongs to a licensed sponsor. Raises Refused."""
    if organisation.kind != OrganisationKind.LICENSED_SPONSOR:
        raise Refused(_("Choose the sponsor that holds the licence."))
