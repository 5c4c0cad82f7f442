"""Counters of tries: counted once each, over at a fixed time, whatever becomes of the request."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections, transaction

from opensponsor.core import limits
from opensponsor.core.limits import Limit

LIMIT = Limit("test", allowed=3, seconds=900)
pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def test_tries_beyond_the_limit_are_refused_for_that_subject_only() -> None:
    assert [LIMIT.allows("mari") for _ in range(5)] == [True, True, True, False, False]
    assert LIMIT.allows("ivan")


def test_the_window_ends_at_a_fixed_time_even_when_somebody_keeps_trying() -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        assert [LIMIT.allows("mari") for _ in range(4)] == [True, True, True, False]
        clock.shift(899)
        assert not LIMIT.allows("mari")
        clock.shift(1)
        assert LIMIT.allows("mari")


def test_a_try_may_be_given_back() -> None:
    for _ in range(10):
        assert LIMIT.allows("mari")
        LIMIT.give_back("mari")


def test_no_subject_is_kept_readable() -> None:
    assert "mari" not in LIMIT.key("mari@example.test")
    assert LIMIT.key("a", "b") != LIMIT.key("ab")


def test_windows_that_ended_are_swept_away() -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        LIMIT.take("mari")
        clock.shift(900)
        LIMIT.take("ivan")
        limits.sweep()
    with connections["outside"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limit WHERE key IN (%s, %s)", [LIMIT.key("mari"), LIMIT.key("ivan")])
        assert cursor.fetchone() == (1,)


@pytest.mark.committed
def test_a_try_counts_although_the_request_is_rolled_back() -> None:
    for _ in range(3):
        with transaction.atomic():
            LIMIT.take("mari")
            transaction.set_rollback(True)
    assert not LIMIT.allows("mari")


@pytest.mark.committed
def test_tries_at_the_same_instant_are_all_counted() -> None:
    def one(_number: int) -> bool:
        try:
            return LIMIT.allows("mari")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 3
