"""The pages about the service itself open for everybody and hold nothing about anybody."""

import pytest
from django.test import Client

from opensponsor.identity.states import ControllerRole, OrganisationKind
from tests import factories
from tests.web.browsing import main_of

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("page", ["help", "accessibility", "privacy", "report-a-problem"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_opens_for_everybody_in_both_languages(page: str, language: str) -> None:
    client = Client(headers={"accept-language": language})
    answer = client.get(f"/about/{page}/")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.rule("ORG-006")
def test_privacy_names_who_acts_for_whom() -> None:
    controller = factories.organisation(name_en="Government of the Valleys")
    factories.organisation(
        OrganisationKind.CONTACT_CENTRE,
        name_en="Calls Ltd",
        controller_role=ControllerRole.PROCESSOR,
        acts_for=controller,
    )
    assert "Calls Ltd, for Government of the Valleys" in main_of(Client().get("/about/privacy/"))


@pytest.mark.rule("ORG-042")
def test_problems_are_reported_by_reference_only() -> None:
    words = main_of(Client().get("/about/report-a-problem/"))
    assert "by the reference of their record only" in words
    assert "Do not send screenshots" in words


def test_the_contact_is_the_operators(settings: object) -> None:
    settings.SUPPORT_CONTACT = "help@service.example"  # type: ignore[attr-defined]
    assert "help@service.example" in main_of(Client().get("/about/report-a-problem/"))
