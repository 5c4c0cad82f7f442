"""Every field of every record is classed, and every class says why it is held, for how long and who may see it."""

from types import SimpleNamespace

import pytest

from opensponsor.core.models import data_class_of
from opensponsor.core.privacy import HANDLING, DataClass
from opensponsor.identity.field_policy import MAY_SEE
from opensponsor.identity.roles import Role
from tests.architecture.ours import our_models


def unclassed(model):
    """The fields that nobody classed."""
    names = {field.name for field in model._meta.concrete_fields}
    return {name for name in names if not _has_class(model, name)}


def _has_class(model, name):
    try:
        return isinstance(data_class_of(model, name), DataClass)
    except KeyError:
        return False


@pytest.mark.rule("ORG-030")
@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_data_class(model):
    assert unclassed(model) == set()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_class_is_declared_for_a_field_that_is_gone(model):
    names = {field.name for field in model._meta.concrete_fields}
    assert set(getattr(model, "field_classes", {})) - names == set()


def test_a_field_without_a_class_would_be_noticed():
    forgetful = SimpleNamespace(_meta=SimpleNamespace(concrete_fields=[SimpleNamespace(name="diagnosis")]))
    assert unclassed(forgetful) == {"diagnosis"}


@pytest.mark.parametrize("data_class", DataClass)
def test_every_class_says_why_how_long_and_who(data_class):
    assert HANDLING[data_class].purpose.endswith(".")
    assert HANDLING[data_class].retention_years is None or HANDLING[data_class].retention_years > 0
    assert MAY_SEE[data_class] <= set(Role)


def test_what_nobody_needs_nobody_sees():
    assert MAY_SEE[DataClass.SECRET] == frozenset()


# Written out, not derived: whoever widens one of these changes this table too, and says why in the commit.
SENSITIVE = {
    DataClass.SAFEGUARDING: {"SAFEGUARDING_LEAD"},
    DataClass.DBS: {"CASEWORKER", "SAFEGUARDING_LEAD"},
    DataClass.HEALTH: {"HEALTH_OFFICER"},
    DataClass.FINANCE: {"FINANCE_OFFICER"},
}


@pytest.mark.parametrize("data_class", SENSITIVE)
def test_sensitive_classes_are_for_few(data_class):
    assert {role.value for role in MAY_SEE[data_class]} == SENSITIVE[data_class]


@pytest.mark.parametrize("role", ["ANALYST", "AUDITOR", "PLATFORM_ADMINISTRATOR", "SERVICE_DESK_OFFICER"])
def test_roles_without_casework_see_no_person(role):
    for data_class in (DataClass.PERSONAL, DataClass.CONTACT, DataClass.CASEWORK_TEXT, DataClass.IDENTITY_DOCUMENT):
        assert Role(role) not in MAY_SEE[data_class]
