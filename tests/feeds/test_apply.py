"""What was staged becomes records: linked, placed, and only as far as it is news."""

import pytest

from tests.feeds import flow


@pytest.fixture
def country(db):
    return flow.make_country()


def test_first(country):
    load = flow.load(flow.table([flow.row(1), flow.row(2)]))
    assert load.status == "LOADED", (load.status, load.refusal, load.notices)
    print(load.counts)
    for name, found in flow.dump().items():
        print(name, found)
    before = flow.history()
    flow.load(flow.table([flow.row(1), flow.row(2)]))
    assert flow.history() == before
