"""Every table, field and event of a record has words."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

import opensponsor
from opensponsor.cases.models import Case, OnCase
from opensponsor.visas.models import Application
from opensponsor.web.records.events import SENTENCES
from opensponsor.web.records.labels import FIELDS, TABLES, TECHNICAL

ON_A_CASE = [model for model in apps.get_models() if model in {Case, Application} or issubclass(model, OnCase)]


@pytest.mark.parametrize("model", ON_A_CASE, ids=lambda model: model.__name__)
def test_every_table_and_field_of_a_record_has_a_label(model: type) -> None:
    assert model._meta.db_table in TABLES
    names = {field.name for field in model._meta.concrete_fields} - TECHNICAL
    assert names <= FIELDS.keys(), names - FIELDS.keys()


def test_no_label_is_left_over() -> None:
    names = {field.name for model in ON_A_CASE for field in model._meta.concrete_fields}
    assert not FIELDS.keys() - names
    assert not TABLES.keys() - {model._meta.db_table for model in ON_A_CASE}


def _codes_of_cases() -> set[str]:
    """Every code that a service writes about a case: the first argument of `audit.record(..., case_id=...)`."""
    found = set()
    for path in Path(opensponsor.__file__).parent.glob("*/services*/**/*.py"):
        found |= _codes_in(path)
    for path in Path(opensponsor.__file__).parent.glob("*/services.py"):
        found |= _codes_in(path)
    return found


def _codes_in(path: Path) -> set[str]:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    codes = set()
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = ast.unparse(call.func)
        speaks_of_a_case = any(word.arg == "case_id" for word in call.keywords) or "case_id=" in source
        if name in ("audit.record", "_record") and speaks_of_a_case:
            codes |= {
                node.value
                for node in ast.walk(call.args[0])
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
            }
    return codes


@pytest.mark.rule("ORG-004")
def test_every_event_of_a_case_has_a_sentence_and_every_sentence_an_event() -> None:
    codes = _codes_of_cases()
    assert {"note.added", "note.unpinned", "task.completed", "case.transferred", "household.added"} <= codes
    assert codes == SENTENCES.keys()
