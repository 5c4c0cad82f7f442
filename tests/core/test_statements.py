"""Statements that are kept: made once, run with other values, never for another scope or language."""

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from opensponsor.cases.models import Case
from opensponsor.core import statements
from opensponsor.core.actor import Scope
from opensponsor.core.statements import Among, Given, ids_text
from tests import factories

MADE: list[Scope] = []


def titled(scope: Scope) -> QuerySet:
    MADE.append(scope)
    return Case.objects.within(scope).filter(title=Given("title")).select_related("owner").order_by("pk")


def chosen(scope: Scope) -> QuerySet:
    found = Case.objects.within(scope).filter(Among(F("pk"), Given("ids"))).order_by("sort_title")
    return found.annotate(word=Value(gettext("Yes"))).values_list("title", "word")


@pytest.fixture(autouse=True)
def anew():
    statements.forget()
    MADE.clear()
    yield
    statements.forget()


@pytest.fixture
def councils(db):
    return factories.organisation(), factories.organisation()


def scope_of(*councils):
    return Scope(organisation_ids=frozenset(one.pk for one in councils))


def test_a_statement_is_made_once_and_takes_other_values(councils):
    one = factories.household(councils[0], "Ivan Koval").case
    other = factories.household(councils[0], "Olha Koval").case
    with factories.writing(), CaptureQueriesContext(connection) as captured:
        assert statements.run(titled, scope_of(councils[0]), title="Ivan Koval") == [one]
        (found,) = statements.run(titled, scope_of(councils[0]), title="Olha Koval")
        assert statements.run(titled, scope_of(councils[0]), title="Koval' OR true --") == []
        assert (found, found.owner) == (other, councils[0])
    assert len([query for query in captured.captured_queries if "FROM" in query["sql"]]) == 3
    assert len(MADE) == 1


def test_another_scope_gets_a_statement_of_its_own(councils):
    for council in councils:
        factories.household(council, "Ivan Koval")
    with factories.writing():
        found = {
            council: [one.owner_id for one in statements.run(titled, scope_of(council), title="Ivan Koval")]
            for council in councils
        }
        both = statements.run(titled, scope_of(*councils), title="Ivan Koval")
        nobody = statements.run(titled, Scope(), title="Ivan Koval")
    assert found == {council: [council.pk] for council in councils}
    assert (len(both), nobody) == (2, [])


def test_another_language_gets_a_statement_of_its_own(councils):
    case = factories.household(councils[0], "Ivan Koval").case
    with factories.writing():
        words = []
        for language in ("en", "cy", "en"):
            with translation.override(language):
                words += statements.run(chosen, scope_of(councils[0]), ids=ids_text([case.pk]))
    assert [word for _title, word in words] == ["Yes", translation_of_yes(), "Yes"]
    assert translation_of_yes() != "Yes"


def translation_of_yes():
    with translation.override("cy"):
        return gettext("Yes")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_ids_are_one_value_however_many(councils, number):
    cases = [factories.household(councils[0], f"Name{place}").case for place in range(3)]
    with factories.writing():
        ids = ids_text(case.pk for case in cases[:number])
        found = statements.run(chosen, scope_of(councils[0]), ids=ids)
    assert [title for title, _word in found] == [f"Name{place}" for place in range(number)]


def test_no_more_are_kept_than_fit(councils, monkeypatch):
    monkeypatch.setattr(statements, "MOST", 2)
    with factories.writing():
        for number in range(5):
            statements.run(titled, Scope(organisation_ids=frozenset({number})), title="")
            assert len(statements._KEPT) <= 2
