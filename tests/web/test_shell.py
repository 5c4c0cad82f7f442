"""What stands around every page: the banner of the environment, and one menu for all that a member may open."""

import colorsys
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.web.components import shell
from tests import factories
from tests.web.browsing import signed_in

STYLES = (Path(__file__).resolve().parents[2] / "frontend" / "src" / "styles" / "_shell.scss").read_text(
    encoding="utf-8"
)


def colour_of(kind: str) -> str:
    """The word for the hue that the style sheet gives the banner."""
    found = re.search(rf"\.os-env--{kind} {{[^}}]*background: #([0-9a-f]{{6}});", STYLES)
    assert found
    hue = colorsys.rgb_to_hsv(*(int(found[1][place : place + 2], 16) / 255 for place in (0, 2, 4)))[0] * 360
    return "purple" if 250 <= hue <= 290 else "orange" if 15 <= hue <= 40 else f"hue {hue:.0f}"


@pytest.mark.rule("ORG-028")
@pytest.mark.parametrize(
    ("environment", "words", "colour"),
    [("live", "LIVE system", "purple"), ("test", "TEST system", "orange"), ("demo", "TEST system", "orange")],
)
def test_the_banner_tells_live_from_test_in_words_and_colour(environment: str, words: str, colour: str) -> None:
    with override_settings(ENVIRONMENT=environment):
        html = shell.environment_bar()
    kind = re.search(r"os-env--(\w+)", html)
    assert words in html
    assert kind and colour_of(kind[1]) == colour


@pytest.mark.django_db(databases="__all__")
@pytest.mark.rule("ORG-028")
def test_the_banner_stands_on_a_page_before_signing_in_too() -> None:
    assert "TEST system" in Client().get("/about/help/").content.decode()


@pytest.mark.django_db(databases="__all__")
@pytest.mark.rule("ORG-029")
@pytest.mark.parametrize(
    ("kind", "role", "opens", "stays_shut"),
    [
        (OrganisationKind.AUTHORITY, Role.CASEWORKER, "/households/", "/licences/"),
        (OrganisationKind.LICENSED_SPONSOR, Role.SPONSOR_LEVEL_1, "/licences/", "/households/"),
    ],
)
def test_home_offers_the_modules_that_the_member_may_use(
    kind: OrganisationKind, role: Role, opens: str, stays_shut: str
) -> None:
    realm = Realm.LICENSED if kind == OrganisationKind.LICENSED_SPONSOR else Realm.WALES
    menu = signed_in(factories.member(factories.organisation(kind, realm=realm), role)).get("/").content.decode()
    assert f'href="{opens}"' in menu
    assert f'href="{stays_shut}"' not in menu
