"""Work that asks the database nothing goes on in another thread while its results are used."""

import threading

import pytest

from opensponsor.core.bulk import one_ahead


def test_results_come_in_order():
    for number in range(5):
        assert list(one_ahead(str, iter(range(number)))) == [str(one) for one in range(number)]


def test_the_next_is_worked_on_while_the_last_is_used():
    begun = {number: threading.Event() for number in range(3)}

    def work(number):
        begun[number].set()
        return number

    results = one_ahead(work, range(3))
    assert next(results) == 0
    assert begun[1].wait(10)
    assert not begun[2].is_set()
    assert list(results) == [1, 2]


def test_no_more_than_one_item_waits():
    taken = []

    def items():
        for number in range(5):
            taken.append(number)
            yield number

    results = one_ahead(str, items())
    next(results)
    assert taken == [0, 1]


def test_a_single_item_is_worked_on_here():
    assert list(one_ahead(lambda _: threading.current_thread(), [1])) == [threading.current_thread()]
    assert threading.current_thread() not in list(one_ahead(lambda _: threading.current_thread(), [1, 2]))


def test_what_fails_fails_where_it_is_used():
    results = one_ahead(lambda number: 1 // number, [1, 0, 1])
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)
