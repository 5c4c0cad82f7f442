"""The filter for councils: each is chosen by its name, and stands for itself."""

import re

import pytest
from django.conf import settings

from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from tests import factories
from tests.web.browsing import signed_in


@pytest.fixture
def councils(db):
    """Two of their own names, one of them in Welsh too, and two of one name."""
    names = (("Conwy", ""), ("Anglesey", "Ynys Môn"), ("Newport", ""), ("Newport", ""))
    made = [factories.organisation(name_en=english, name_cy=welsh) for english, welsh in names]
    for number, council in enumerate(made):
        factories.household(council, f"Taras Household{number}")
    return made


@pytest.fixture
def client(councils):
    reader = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, name_en="Government", reads_realms=["WALES"])
    return signed_in(factories.member(reader, Role.NATIONAL_ADMINISTRATOR))


def options(html):
    return re.findall(r"<option[^>]*>[^<]*</option>", html[html.index('name="owner"') :].partition("</select>")[0])


def shown(html):
    return set(re.findall(r"Taras Household([0-9])", html))


@pytest.mark.parametrize("name", ["Anglesey", "Ynys Môn"])
@pytest.mark.parametrize(("language", "called"), [("en", "Anglesey"), ("cy", "Ynys Môn")])
def test_a_name_in_either_language_chooses_the_council(client, councils, name, language, called):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get("/households/", {"owner": name}).content.decode()
    assert shown(html) == {"1"}
    (chosen,) = [one for one in options(html) if " selected" in one]
    assert chosen == f"<option selected>{called}</option>"


def test_what_stands_for_the_council_is_in_the_links_whatever_it_is_called_later(client, councils):
    html = client.get("/households/", {"owner": "Anglesey"}).content.decode()
    assert f"owner={councils[1].pk}&amp;sort" in html
    assert "owner=Anglesey&amp;sort" not in html
    assert shown(client.get("/households/", {"owner": str(councils[1].pk)}).content.decode()) == {"1"}


def test_councils_of_one_name_are_told_apart(client, councils):
    found = options(client.get("/households/").content.decode())
    assert "<option>Conwy</option>" in found
    for number in (2, 3):
        assert f'<option value="{councils[number].pk}">Newport</option>' in found
        assert shown(client.get("/households/", {"owner": councils[number].pk}).content.decode()) == {str(number)}


def test_a_name_that_no_council_has_is_pointed_out_and_narrows_nothing(client, councils):
    html = client.get("/households/", {"owner": "Atlantis"}).content.decode()
    assert shown(html) == {"0", "1", "2", "3"}
    assert "govuk-select--error" in html
