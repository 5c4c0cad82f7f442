"""A household that was given to a council stays with it, whatever a later file says."""

import pytest

from opensponsor.feeds import queries as feeds
from opensponsor.feeds.states import Feed
from opensponsor.hosts.models import Sponsor, Sponsorship
from opensponsor.identity.roles import Role
from opensponsor.people.models import Household
from opensponsor.visas import queries
from opensponsor.visas.models import Application
from opensponsor.visas.services import assign_to_council
from tests import factories
from tests.feeds import flow

NOWHERE = {"ltla_name": "Atlantis", "mapping_postcode": "", "Q101a_uk_address_staying": "1 Sea", "country": "England"}


@pytest.mark.rule("CMS-009", "FEED-010")
def test_a_later_file_leaves_it_there_and_tells_it_what_is_new(db):
    country = flow.make_country()
    assert flow.load(flow.table([flow.row(1, **NOWHERE)])).status == "LOADED"
    administrator = factories.actor(country.ministry, Role.NATIONAL_ADMINISTRATOR)
    with factories.as_actor(administrator):
        [waiting] = queries.unassigned_households(administrator, limit=5)
        assert waiting.lower_authority_name == "Atlantis"
        assign_to_council(
            actor=administrator,
            case_id=waiting.case_id,
            version=waiting.case_version,
            council_id=country.dover.pk,
        )
    later = {"application_event_datetime": "2026-06-01 10:00:00", "visa_status": "Arrived"}
    assert flow.load(flow.table([flow.row(1, **NOWHERE, **later)])).status == "LOADED"
    with factories.writing():
        [household], [application] = Household.objects.all(), Application.objects.all()
        assert (household.owner_id, application.owner_id) == (country.dover.pk, country.dover.pk)
        assert application.visa_status == "ARRIVED"
        assert [one.owner_id for one in Sponsor.objects.all()] == [country.dover.pk]
        assert Sponsorship.objects.filter(ends_on=None).count() == 1
    caseworker = factories.actor(country.dover, Role.CASEWORKER)
    with factories.as_actor(caseworker):
        assert queries.get_application(caseworker, application.pk).sponsor_name.startswith("Gwen Parry")
        source = feeds.source_of(caseworker, Feed.APPLICATIONS, application.uan)
        assert source and source.raw["visa_status"] == "Arrived"
