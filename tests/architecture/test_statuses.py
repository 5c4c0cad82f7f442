"""Every code has a label in both languages, every status a colour, every way of a record an end."""

import importlib
import pkgutil

import pytest
from django.utils.functional import Promise

from opensponsor.web.status_colours import COLOURS, STATUS_COLOURS
from tests.architecture.ours import PACKAGE, choices

# Code lists that pages show as coloured tags: every status, and how pressing something is.
TAGGED = [one for one in choices() if one.__name__.endswith("Status") or one.__name__ == "Urgency"]


def transition_tables():
    """Every table that says which status may follow which."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "opensponsor."):
        if module.name.endswith(".states"):
            states = importlib.import_module(module.name)
            for name in dir(states):
                if name.endswith("_TRANSITIONS"):
                    yield pytest.param(getattr(states, name), id=f"{module.name}.{name}")


@pytest.mark.parametrize("status", TAGGED, ids=lambda one: one.__name__)
def test_every_status_has_a_colour(status):
    assert [code for code in status.values if STATUS_COLOURS.get(code) not in COLOURS] == []


def test_every_colour_is_one_of_the_tags():
    assert set(STATUS_COLOURS.values()) <= COLOURS


TABLES = list(transition_tables())


@pytest.mark.parametrize("table", TABLES)
def test_every_state_says_what_may_follow(table):
    enumeration = type(next(iter(table)))
    assert set(table) == set(enumeration)
    assert all(isinstance(follower, enumeration) for followers in table.values() for follower in followers)
    assert all(state not in followers for state, followers in table.items())


@pytest.mark.parametrize("table", TABLES)
def test_every_state_is_reached_and_some_state_is_the_end(table):
    first = next(iter(table))
    reached, waiting = set(), [first]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting += set(table[state]) - reached
    assert reached == set(table)
    assert any(not followers for followers in table.values())


def test_codes_are_upper_case():
    codes = [code for one in choices() for code in one.values if code]
    assert [code for code in codes if code != code.upper()] == []


@pytest.mark.parametrize("enumeration", choices(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_label_can_be_translated(enumeration):
    """That each has Welsh is asked of the catalogue; that each is in the catalogue is asked here."""
    assert [member for member in enumeration if not isinstance(member._label_, Promise)] == []
