"""The register of rules is sound, and the page made from it is up to date."""

import re
from collections import Counter
from pathlib import Path

import pytest

from opensponsor.ops import rules_page
from opensponsor.ops.rules_page import KINDS, REPOSITORY, Area, Rule

AREAS = rules_page.areas()
RULES = [rule for area in AREAS for rule in area.rules]


def test_every_number_is_given_once_and_belongs_to_the_area_of_its_file():
    assert [rule for rule, count in Counter(rule.id for rule in RULES).items() if count > 1] == []
    for area in AREAS:
        numbers = [rule.id for rule in area.rules]
        assert all(re.fullmatch(rf"{area.code}-\d{{3}}", number) for number in numbers)
        assert numbers == sorted(numbers)


def test_all_rules_of_organisations_and_notes_are_there():
    numbers = {rule.id for rule in RULES}
    assert {f"ORG-{number:03d}" for number in range(1, 43)} <= numbers
    assert {f"NOTE-{number:03d}" for number in range(1, 23)} <= numbers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_a_sentence_with_a_kind_a_source_and_files_that_exist(rule):
    for text in (rule.statement, rule.ruling or "."):
        assert text.endswith(".")
        assert "|" not in text
    assert rule.source
    assert rule.kind in KINDS
    assert [path for path in rule.where if not (REPOSITORY / path).is_file()] == []


def test_tests_name_only_rules_of_the_register():
    assert set(rules_page.tests_by_rule()) - {rule.id for rule in RULES} == set()


def test_the_page_is_up_to_date():
    assert rules_page.main(["--check"]) == 0, "run `python -m opensponsor.ops.rules_page`"


def test_a_rule_without_a_test_is_open_and_one_with_tests_names_them():
    rules = (
        Rule("AB-001", "Proved.", "SYS", "A guide", ("opensponsor/ops/rules_page.py",)),
        Rule("AB-002", "Not proved.", "DEF", "A guide", (), "In another way."),
    )
    page = rules_page.page([Area("AB", "Examples", rules)], {"AB-001": ["tests/test_x.py::test_y"]})
    assert "| [AB](#ab-examples) Examples | 2 | 1 | 1 |" in page
    assert "| AB-001 | Proved. | SYS | A guide | `opensponsor/ops/rules_page.py` | `tests/test_x.py::test_y` |" in page
    assert (
        "| AB-002 | Not proved.<br>*How we meet it: In another way.* | DEF | A guide | not built | **open** |" in page
    )


def test_marks_are_found_wherever_they_stand(tmp_path: Path):
    (tmp_path / "tests" / "deep").mkdir(parents=True)
    (tmp_path / "tests" / "deep" / "test_marks.py").write_text(
        "import pytest\n"
        "pytestmark = pytest.mark.rule('AB-001')\n"
        "@pytest.mark.rule('AB-002', 'AB-003')\n"
        "def test_one(): pass\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.rule('AB-004'))])\n"
        "def test_two(x): pass\n"
        "@pytest.mark.rule('AB-005')\n"
        "class TestThree:\n"
        "    @pytest.mark.rule('AB-006')\n"
        "    def test_four(self): pass\n"
    )
    place = "tests/deep/test_marks.py"
    assert rules_page.tests_by_rule(tmp_path) == {
        "AB-001": [place],
        "AB-002": [f"{place}::test_one"],
        "AB-003": [f"{place}::test_one"],
        "AB-004": [f"{place}::test_two"],
        "AB-005": [f"{place}::TestThree"],
        "AB-006": [f"{place}::TestThree::test_four"],
    }


def test_a_rule_that_is_named_by_a_variable_is_an_error(tmp_path: Path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_marks.py").write_text("import pytest\npytestmark = pytest.mark.rule(NUMBER)\n")
    with pytest.raises(ValueError, match="in quotes"):
        rules_page.tests_by_rule(tmp_path)


def test_a_field_that_is_missing_is_an_error(tmp_path: Path):
    (tmp_path / "docs" / "rules").mkdir(parents=True)
    (tmp_path / "docs" / "rules" / "AB.toml").write_text('title = "Examples"\n[[rule]]\nid = "AB-001"\nwhere = []\n')
    with pytest.raises(ValueError, match="AB-001"):
        rules_page.areas(tmp_path)
