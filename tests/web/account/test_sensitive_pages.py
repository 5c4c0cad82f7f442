"""Before something sensitive somebody shows again who they are, unless they did within five minutes."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.saved_views.models import Export
from tests import factories
from tests.web.account.people import PASSWORD, Person

SIX_MINUTES = 6 * 60


@pytest.mark.parametrize("seconds", [0, SIX_MINUTES])
def test_taking_a_list_out_and_giving_a_role_ask_again(
    mari: Person, council: Organisation, clock: time_machine.Traveller, seconds: int
) -> None:
    factories.membership(mari.user, council, Role.DATA_CHAMPION)
    colleague = factories.member(council, Role.CASEWORKER)
    mari.sign_in()
    clock.shift(seconds)
    for page in ("/households/export/?sort=-title&status=OPEN", f"/team/{council.pk}/{colleague.pk}/role/"):
        answer = mari.browser.get(page)
        if not seconds:
            assert answer.status_code == 200, page
            continue
        leads = urlsplit(answer.headers["Location"])
        assert (leads.path, parse_qs(leads.query)["next"]) == ("/account/prove/password/", [page])


def test_nothing_is_taken_out_without_it(mari: Person, clock: time_machine.Traveller) -> None:
    mari.sign_in()
    clock.shift(SIX_MINUTES)
    answer = mari.browser.post("/households/export/", {"file_format": "CSV", "reason": "Return"})
    assert answer.status_code == 302
    assert not Export.objects.exists()
    back = mari.browser.post(answer.headers["Location"], {"password": PASSWORD, "next": "/households/export/"})
    assert back.headers["Location"] == "/households/export/"
    assert mari.browser.post("/households/export/", {"file_format": "CSV", "reason": "Return"}).status_code == 200
