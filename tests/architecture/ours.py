"""The parts of the product, found by walking it, so that a new one is tested without anybody adding it to a list."""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import opensponsor

PACKAGE = Path(opensponsor.__file__).parent
TESTS = Path(__file__).resolve().parents[1]


def our_models() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("opensponsor.")]


def sources() -> list[Path]:
    """Every module of ours but migrations, which are generated."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours with its name from the package on, parsed."""
    for path in sources():
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def choices() -> list[type[models.TextChoices]]:
    """Every code list of ours that is stored or shown."""
    homes = {
        module.name
        for module in pkgutil.walk_packages([str(PACKAGE)], "opensponsor.")
        if module.name.rpartition(".")[2] in {"states", "models", "roles"}
    }
    for home in homes:
        importlib.import_module(home)
    found = [one for one in _subclasses(models.TextChoices) if one.__module__ in homes]
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def _subclasses(of: type[Any]) -> Iterator[type[Any]]:
    for one in of.__subclasses__():
        yield one
        yield from _subclasses(one)


def addresses() -> dict[str, tuple[str, Callable[..., Any]]]:
    """Every address by its name with its route and its view; one without a name goes by its route."""
    return dict(_addresses(get_resolver(), "", ""))


def _addresses(
    resolver: URLResolver, route: str, namespace: str
) -> Iterator[tuple[str, tuple[str, Callable[..., Any]]]]:
    for entry in resolver.url_patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else path), (path, entry.callback)
