"""House style that a machine can check, beside what ruff and mypy do."""

import ast
from statistics import median

import pytest

from tests.architecture.ours import PACKAGE, TESTS, our_models, sources, trees

LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
MEDIAN_MODULE = 100
# Where Django or the database loads only inside a function: the command line starts the database first.
LATE_IMPORTS = ("ops/", "demo/")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions():
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                yield name, node


def test_no_module_is_long():
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}
    assert median(length for length in lengths.values() if length) <= MEDIAN_MODULE


def test_no_test_module_is_long():
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in TESTS.rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_long():
    long = {
        f"{name}:{node.name}": length
        for name, node in functions()
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("method", ["save", "delete", "full_clean", "clean"])
def test_no_model_has_a_save_of_its_own(method):
    """What a save does besides saving is a service, where it can be read."""
    assert [one for one in our_models() if getattr(one, method).__module__.startswith("opensponsor")] == []


def test_nothing_of_ours_imports_signals():
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert "signals" not in (node.module or ""), name
                assert not {alias.name for alias in node.names} & {"receiver", "Signal"}, name


def test_imports_stand_at_the_top():
    late = [
        f"{name}:{node.name}"
        for name, node in functions()
        if not name.startswith(LATE_IMPORTS)
        and any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert late == []


CLOCKS = {"datetime", "dt.datetime", "datetime.datetime", "date", "dt.date", "datetime.date", "timezone", "time"}


def reads_the_clock(node):
    """Whether a call asks what time it is."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "time", "localdate"}
        and ast.unparse(node.func.value) in CLOCKS
        and (node.func.attr != "localdate" or not node.args)
    )


def test_only_the_clock_reads_the_clock():
    found = [
        name
        for name, tree in trees()
        if name != "core/clock.py" and not name.startswith(LATE_IMPORTS)
        for node in ast.walk(tree)
        if reads_the_clock(node)
    ]
    assert found == []


@pytest.mark.parametrize("code", ["timezone.now()", "dt.date.today()", "datetime.now()", "timezone.localdate()"])
def test_a_reader_of_the_clock_would_be_noticed(code):
    assert reads_the_clock(ast.parse(code, mode="eval").body)


def test_no_text_is_marked_safe_outside_the_components():
    allowed = ("web/components/", "web/formkit/")
    found = [
        name
        for name, tree in trees()
        if not name.startswith(allowed)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "mark_safe"
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "web").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_turns_escaping_off(path):
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text
    assert "autoescape off" not in text
