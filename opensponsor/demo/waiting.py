"""What waits for somebody in the demo: people who ask for access, an address to be removed, a record to be
reopened, and one that is shared."""

import datetime as dt

from opensponsor.cases.models import Case
from opensponsor.cases.services import cases, requests
from opensponsor.cases.states import CaseKind, RequestKind
from opensponsor.core.actor import Actor
from opensponsor.core.rowsecurity import acting
from opensponsor.demo.accounts import CARDIFF, GWYNEDD
from opensponsor.hosts import services as hosts
from opensponsor.hosts.models import HostAddress
from opensponsor.identity.models import AccessRequest, Organisation
from opensponsor.identity.policies import Confirmation
from opensponsor.identity.services import access_requests

_ASKING = (
    ("Lowri Davies", "lowri.davies@cardiff.example", "I visit new arrivals and record the visits."),
    ("Steffan Hill", "steffan.hill@cardiff.example", "I arrange school places for the families."),
)


def load(champion: Actor, today: dt.date) -> None:
    """Leave work for the champion, the administrator, the national team and a neighbouring council."""
    cardiff = Organisation.objects.get(code=CARDIFF)
    for name, email, need in _ASKING:
        access_requests.ask(organisation_id=cardiff.pk, full_name=name, email=email, operational_need=need)
    with acting(champion) as actor:
        vouched = AccessRequest.objects.visible_to(actor).get(email=_ASKING[1][1])
        access_requests.vouch(
            actor=actor,
            request_id=vouched.pk,
            version=vouched.version,
            confirmed=Confirmation(
                work_account_checked=True, training_confirmed_on=today, knows_where_to_get_help=True
            ),
            today=today,
        )
        closed, shared, *_rest = Case.objects.visible_to(actor).filter(kind=CaseKind.HOUSEHOLD).order_by("reference")
        cases.close_case(actor=actor, case_id=closed.pk, version=closed.version, today=today)
        requests.raise_request(
            actor=actor,
            case_id=closed.pk,
            kind=RequestKind.REOPEN_CASE,
            reason="The family has come back to the city and needs support again.",
        )
        old = HostAddress.objects.visible_to(actor).filter(sponsorships=None).order_by("pk").first()
        if old is not None:
            hosts.ask_to_remove_address(
                actor=actor, address_id=old.pk, reason="Recorded twice; the other one has the flat number.", today=today
            )
        cases.share_case(
            actor=actor,
            case_id=shared.pk,
            organisation_id=Organisation.objects.get(code=GWYNEDD).pk,
            reason="The family looks for a home there.",
            today=today,
        )
