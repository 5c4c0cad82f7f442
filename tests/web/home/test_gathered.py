"""What is asked on the home page, where one context knows what another asks about."""

import pytest

from opensponsor.checks.prompts import ASKS, MOST_HOUSEHOLDS
from opensponsor.checks.services import summaries
from opensponsor.people.models import Household
from opensponsor.visas.states import VisaStatus as V
from opensponsor.web.home.prompts import gather
from tests import factories
from tests.checks.place import TODAY, Hosting, make_hosting

CHECKS = [ask.code for ask in ASKS]


def _refresh(*hostings: Hosting) -> None:
    with factories.writing():
        summaries.refresh([one.household.case_id for one in hostings])


def _asked(hosting: Hosting) -> list[tuple[str, object]]:
    with factories.as_actor(hosting.actor) as actor:
        return [(one.code, one.case_id) for one in gather(actor, TODAY) if one.code in CHECKS]


@pytest.mark.rule("CMS-012")
@pytest.mark.parametrize(
    ("statuses", "arrived", "asks"),
    [
        ([], False, True),
        ([V.PENDING], False, True),
        ([V.ISSUED], False, True),
        ([V.ISSUED, V.REFUSED], False, True),
        ([V.REFUSED], False, False),
        ([V.LAPSED, V.WITHDRAWN, V.REFUSED], False, False),
        ([V.LAPSED], True, True),
        ([], True, True),
    ],
)
def test_nobody_is_asked_to_check_for_guests_who_will_not_come(
    db: None, statuses: list[V], arrived: bool, asks: bool
) -> None:
    hosting = make_hosting()
    for status in statuses:
        factories.application(hosting.council, hosting.household, visa_status=status)
    with factories.writing():
        Household.objects.update(arrived_on=TODAY if arrived else None)
    _refresh(hosting)
    assert _asked(hosting) == [(code, hosting.household.case_id) for code in CHECKS] * asks


@pytest.mark.rule("CMS-012")
def test_those_who_will_not_come_do_not_take_the_places_of_others(db: None) -> None:
    first = make_hosting()
    others = [make_hosting(first.council) for _ in range(MOST_HOUSEHOLDS)]
    factories.application(first.council, first.household, visa_status=V.WITHDRAWN)
    _refresh(first, *others)
    cases = {one.household.case_id for one in others}
    assert {case_id for _code, case_id in _asked(first)} == cases
