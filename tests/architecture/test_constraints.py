"""What can never be false is a constraint: with a name, a sentence, and a test that breaks it."""

import re

import pytest
from django.db import models

from tests.architecture.ours import TESTS, our_models

CONSTRAINTS = [(model, constraint) for model in our_models() for constraint in model._meta.constraints]
NAMED_IN_TESTS = set()
for _path in TESTS.rglob("test_*.py"):
    NAMED_IN_TESTS |= set(re.findall(r'"([a-z_]+)"', _path.read_text(encoding="utf-8")))


# Run into by programs only, which avoid them.
NEVER_SHOWN = {"reach_once", "draft_once_per_form", "case_reference_once"}


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS, ids=[constraint.name for _, constraint in CONSTRAINTS])
def test_every_constraint_says_what_it_is_for_and_is_tested(model, constraint):
    if constraint.name not in NEVER_SHOWN:
        sentence = constraint.violation_error_message
        assert sentence != models.BaseConstraint.default_violation_error_message, "says nothing to its user"
        assert str(sentence).endswith(".")
    assert constraint.name in NAMED_IN_TESTS, "no test names it"


def test_no_uniqueness_is_hidden_in_old_ways():
    assert [model for model in our_models() if model._meta.unique_together] == []


# Unique columns outside `constraints`: keys, and what is unique for the whole platform on purpose.
UNIQUE_FIELDS = {
    "identity.Organisation.code",
    "identity.Organisation.authority",
    "identity.User.email",
    # Ids of records on the same case, which nobody guesses.
    "checks.ChecksSummary.household",
    "hosts.OfferedProperty.address",
}


def test_a_column_that_is_unique_across_organisations_is_so_on_purpose():
    """A uniqueness across organisations tells a stranger that a value exists elsewhere."""
    unique = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if model._meta.app_label != "reference"
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key and field.name != "case"
    }
    assert unique == UNIQUE_FIELDS
