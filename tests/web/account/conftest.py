"""Signing in as a browser does, on accounts with a password and an authenticator app."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """The real way of keeping passwords is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands until it is moved."""
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, 0, 5, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def council(db: None) -> Any:
    from tests import factories

    return factories.organisation(name_en="Gwynedd Council", name_cy="Cyngor Gwynedd")


@pytest.fixture
def make_person(council: Any) -> Callable[..., Any]:
    """Somebody with an account, a password and an app; `has_app=False` for somebody new."""

    from allauth.mfa.totp.internal.auth import TOTP

    from tests import factories
    from tests.web.account.people import PASSWORD, SEED, Browser, Person

    def make(*, has_app: bool = True, at: Any = council, **fields: Any) -> Any:
        values = {"password": PASSWORD} | fields
        user = factories.member(at, **values) if at else factories.user(**values)
        if has_app:
            TOTP.activate(user, SEED)
        return Person(user, Browser())

    return make


@pytest.fixture
def mari(clock: time_machine.Traveller, make_person: Callable[..., Any]) -> Any:
    """A caseworker of the council, at nine o'clock."""
    return make_person(full_name="Mari Evans", email="mari.evans@gwynedd.example")
