"""Rows that were staged when a file was looked through are what is loaded; the file is not read again."""

import pytest

from opensponsor.core.rowsecurity import as_system
from opensponsor.feeds import staging_tables
from opensponsor.feeds.models import Load, LoadPart, Reject, StagedRow
from opensponsor.feeds.services import keeping, loads
from opensponsor.feeds.states import Feed
from tests import factories
from tests.feeds import flow

# What COPY and JSON write in signs of their own, and what is empty.
ODD = "O'\"Neill\t\\N \\. \\x41 Ковáль\u2028😀 {},"
ROWS = [
    flow.row(1, Q44b_given_name=ODD, Q18b_sponsor_address_uk=f"1 {ODD}\nYork YO1 7EP"),
    flow.row(2, Q11b_applicant_date_of_birth="never"),
    flow.row(3, Q44b_given_name="", Q44c_family_name="", visa_status=""),
    flow.row(3, application_event_datetime="2026-05-09T10:11:12.123456+02:00"),
    flow.row(4, Q11b_applicant_date_of_birth="", ingestion_time=""),
]
OFFERS = [flow.offer(1, fullname=ODD), flow.offer(2, version="x"), flow.offer(3, double_room_count="")]

_STATE = (
    "SELECT key, line, raw, facts - 'fed_owner_id' FROM feeds_sourcerow ORDER BY key",
    "SELECT line, field, reason, value FROM feeds_reject ORDER BY line, field, reason",
    "SELECT counts, notices FROM feeds_load",
)


@pytest.fixture
def country(db):
    return flow.make_country()


def run(load):
    """Start and run a load that was read."""
    with factories.as_actor(flow.job()) as who:
        loads.start(actor=who, load_id=load.pk, version=load.version)
    with factories.restored():
        loads.run(load.pk)
    assert flow.fresh(load.pk).status == "LOADED"


def forget(kept):
    """Lose what there is of that kind."""
    with factories.writing():
        assert kept.objects.all().delete()[0]


def staged_rows(table):
    typed = ", ".join(table.names[:-1])
    return flow.rows(f"SELECT {typed}, {keeping.RAW} FROM pg_temp.{table.name} AS s ORDER BY line")


@pytest.mark.rule("FEED-001")
@pytest.mark.parametrize(
    ("feed", "content", "table"),
    [
        (Feed.APPLICATIONS, flow.table(ROWS), staging_tables.APPLICATIONS),
        (Feed.OFFERS, flow.lines(OFFERS), staging_tables.OFFERS),
    ],
)
def test_kept_rows_are_the_rows_that_were_staged(country, feed, content, table):
    """Every value of every column comes back."""
    load = flow.bring(content, feed=feed)
    with as_system("feed"):
        as_they_were = staged_rows(table)
        restored = keeping.restore(load)
        assert restored
        assert staged_rows(table) == as_they_were
        assert StagedRow.objects.filter(load=load).count() == restored.good == len(as_they_were) > 1
        assert restored.notices == load.notices
        rejects = list(
            Reject.objects.filter(load=load).order_by("line").values_list("line", "field", "reason", "value")
        )
        assert flow.rows("SELECT line, field, reason, value FROM pg_temp.feed_reject ORDER BY line") == rejects != []


@pytest.mark.parametrize("feed", Feed)
def test_what_is_loaded_is_what_was_looked_at(country, feed):
    """The bytes of the file are gone; without the kept rows nothing could be loaded."""
    content = flow.table(ROWS) if feed == Feed.APPLICATIONS else flow.lines(OFFERS)
    load = flow.bring(content, feed=feed)
    before = flow.rows(_STATE[1])
    forget(LoadPart)
    run(load)
    assert flow.rows(_STATE[1]) == before
    assert len(flow.rows(_STATE[0])) == flow.fresh(load.pk).counts["new"] == 3 - (feed == Feed.OFFERS)
    with factories.writing():
        assert not LoadPart.objects.exists()
        assert not StagedRow.objects.exists()


def test_after_a_crash_that_emptied_the_table_the_file_is_read_again(country):
    """The table is not in the log of the server, which empties it when it recovers."""
    load = flow.bring(flow.table(ROWS))
    with factories.writing():
        assert StagedRow.objects.first().delete()[0] == 1
    run(flow.fresh(load.pk))
    assert flow.fresh(load.pk).counts["new"] == 3
    raw = flow.rows("SELECT line, raw ->> 'Q44b_given_name' FROM feeds_sourcerow ORDER BY line")
    assert raw[0] == (2, ODD)
    with factories.writing():
        assert not StagedRow.objects.exists()


def test_where_an_upgrade_changed_the_table_the_file_is_read_again(country):
    load = flow.bring(flow.table(ROWS))
    with factories.writing():
        Load.objects.filter(pk=load.pk).update(staged=load.staged | {"layout": "another"})
    forget(StagedRow)
    run(flow.fresh(load.pk))
    assert flow.fresh(load.pk).counts["new"] == 3


def test_the_layout_follows_the_columns():
    assert staging_tables.APPLICATIONS.layout != staging_tables.OFFERS.layout


def test_nothing_is_kept_of_a_file_that_is_dropped(country):
    load = flow.bring(flow.table(ROWS))
    with factories.as_actor(flow.job()) as who:
        loads.cancel(actor=who, load_id=load.pk, version=load.version)
    with factories.writing():
        assert not LoadPart.objects.exists()
        assert not StagedRow.objects.exists()
