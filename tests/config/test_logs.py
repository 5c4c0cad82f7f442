"""The log says what failed and where, and nothing of what was typed."""

import logging
import logging.config

import pytest
from django.conf import settings

from opensponsor.config.logs import CONFIGURATION, WithoutValues

CANARY = "Kovalenko-canary"


def fail_with(value: str) -> None:
    raise ValueError(f"Key (family_name)=({value}) already exists")


def logged(formatter: logging.Formatter) -> str:
    """What the formatter makes of a failed request."""
    try:
        fail_with(CANARY)
    except ValueError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/people/",), trace
    )
    return formatter.format(record)


def test_an_exception_is_named_with_its_places_and_without_its_text() -> None:
    line = logged(WithoutValues())
    assert "builtins.ValueError" in line
    assert "fail_with" in line
    assert CANARY not in line


def test_the_usual_formatter_would_have_told() -> None:
    assert CANARY in logged(logging.Formatter())


def test_the_settings_use_it() -> None:
    assert settings.LOGGING is CONFIGURATION
    logging.config.dictConfig(CONFIGURATION)
    (handler,) = logging.getLogger("django").handlers
    assert isinstance(handler.formatter, WithoutValues)


@pytest.mark.parametrize("name", ["django", "django.security"])
def test_nothing_is_said_twice(name: str) -> None:
    assert not CONFIGURATION["loggers"][name]["propagate"]
