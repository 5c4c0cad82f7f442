"""Who hosts a household, and where, is not typed in: it follows from what happens to the household."""

import pytest

from opensponsor.hosts.models import Sponsorship
from opensponsor.identity.roles import Role
from tests import factories
from tests.web.browsing import main_of, signed_in


@pytest.mark.rule("FEED-006")
def test_no_form_of_a_household_changes_its_host_or_the_address(db):
    council = factories.organisation()
    household = factories.household(council)
    sponsor, other = factories.sponsor(council, "Gwen Parry"), factories.sponsor(council, "Somebody Else")
    factories.sponsorship(household, sponsor, factories.address(sponsor))
    browser = signed_in(factories.member(council, Role.CASEWORKER))
    change = f"/households/{household.case_id}/change/"
    form = browser.get(change).context["form"]
    assert not {"sponsor", "host", "address", "host_address"} & set(form.fields)

    values = {name: form[name].value() or "" for name in form.fields} | {"route": "IS"}
    tried = {"sponsor": str(other.pk), "host": str(other.pk), "host_address": "", "address": "", "sponsorship": ""}
    assert browser.post(change, {**values, **tried}).status_code in {200, 302}
    with factories.writing():
        [kept] = Sponsorship.objects.all()
        assert (kept.sponsor_id, kept.ends_on, kept.version) == (sponsor.pk, None, 1)
    shown = main_of(browser.get(f"/households/{household.case_id}/sponsors/"))
    assert "Gwen Parry" in shown
