"""The way of a file: who brings it, what it may do, who approves it, and what is left of it."""

import json

import pytest
from django.db import DatabaseError, connection

from opensponsor.core import bulk
from opensponsor.core.refusals import Conflict, NotVisible, Refused
from opensponsor.core.rowsecurity import acting
from opensponsor.feeds import jobs, queries
from opensponsor.feeds.models import LoadPart
from opensponsor.feeds.rules.holding import must_be_held
from opensponsor.feeds.services import loads, running
from opensponsor.feeds.states import Feed
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories
from tests.feeds import flow
from tests.races.crowd import at_once

LATER = {"application_event_datetime": "2026-05-03 10:00:00"}


@pytest.fixture
def country(db):
    return flow.make_country()


def events(load):
    """What the history says that somebody did with the load."""
    query = "SELECT code, detail FROM audit_event WHERE kind = 'EVENT' AND row_id = %s ORDER BY id"
    return {code: json.loads(detail) for code, detail in flow.rows(query, str(load.pk))}


def call(service, load, who):
    """Start, approve or cancel the load as somebody who just looked at it."""
    with factories.as_actor(who):
        return service(actor=who, load_id=load.pk, version=load.version)


@pytest.mark.rule("FEED-001", "CMS-011")
def test_a_file_is_brought_read_started_and_loaded(country):
    who = flow.loader(country.ministry)
    read = flow.bring(flow.table([flow.row(1)]), actor=who)
    assert (read.status, read.owner, read.brought_by_id) == ("READ", country.ministry, who.user_id)
    assert flow.rows("SELECT count(*) FROM visas_application") == [(0,)]
    assert queries.last_loaded_at(Feed.APPLICATIONS) is None
    call(loads.start, read, who)
    with factories.restored():
        loads.run(read.pk)
        loads.run(read.pk)  # a job may run twice
    found = flow.fresh(read.pk)
    assert (found.status, found.counts["new"]) == ("LOADED", 1)
    assert list(events(found)) == ["load.brought", "load.started", "load.loaded"]
    assert events(found)["load.loaded"]["new"] == 1
    with factories.writing():
        assert not LoadPart.objects.filter(load=found).exists()
    caseworker = factories.actor(country.york)
    with factories.as_actor(caseworker):
        assert queries.last_loaded_at(Feed.APPLICATIONS) == found.finished_at
        source = queries.source_of(caseworker, Feed.APPLICATIONS, "343400000001")
        assert (source.line, source.raw["ltla_name"], source.load_id) == (2, "York", found.pk)
    with factories.as_actor(factories.actor(country.dover)) as stranger:
        assert queries.source_of(stranger, Feed.APPLICATIONS, "343400000001") is None


def test_only_who_loads_feeds_sees_and_brings_them(country):
    caseworker = factories.actor(country.york)
    with factories.as_actor(caseworker):
        with pytest.raises(NotVisible):
            loads.bring(actor=caseworker, feed=Feed.APPLICATIONS, file_name="a.csv", chunks=[b"x"])
        with pytest.raises(NotVisible):
            queries.loads(caseworker)
    brought = flow.bring(flow.table([flow.row(1)]), actor=flow.loader(country.ministry))
    welsh = flow.loader(country.wales)
    with factories.as_actor(welsh), pytest.raises(NotVisible):
        queries.get_load(welsh, brought.pk)


def test_the_same_file_is_not_brought_twice_at_a_time(country):
    content = flow.table([flow.row(1)])
    flow.bring(content)
    with pytest.raises(Refused, match="is being loaded already"):
        flow.bring(content)


def test_a_file_that_cannot_be_read_is_refused_whole(country):
    found = flow.bring(b"")
    assert (found.status, found.refusal) == ("REFUSED", "EMPTY")
    with factories.writing():
        assert not LoadPart.objects.exists()


BAD = {"Q11b_applicant_date_of_birth": "1990-02-31"}


@pytest.mark.parametrize(
    ("rows", "status", "listed"),
    [
        ([flow.row(1, **BAD)], "REFUSED", 1),
        ([flow.row(number, **BAD) for number in range(7)], "REFUSED", 5),
        ([flow.row(1, **{flow.KEY: ""})], "REFUSED", 1),
        ([flow.row(number, **BAD) for number in range(7)] + [flow.row(8)], "READ", 7),
        ([flow.row(1), flow.row(1, **LATER)], "READ", 1),
    ],
    ids=["one row", "more than are listed", "no key", "all but one", "repeated"],
)
def test_a_file_of_which_no_row_can_be_taken_is_refused_with_the_first_faults(
    country, monkeypatch, rows, status, listed
):
    monkeypatch.setattr(running, "MOST_LISTED", 5)
    found = flow.bring(flow.table([one | {"Q999_new": "x"} for one in rows]))
    assert {"code": "UNKNOWN_COLUMNS", "names": ["Q999_new"], "count": 1} in found.notices
    assert (found.status, found.refusal) == (status, "NO_GOOD_ROW" if status == "REFUSED" else "")
    assert (found.counts["rows"], found.counts["good"]) == (len(rows), int(status == "READ"))
    kept = flow.rows("SELECT line FROM feeds_reject WHERE load_id = %s ORDER BY id", str(found.pk))
    assert kept == [(line,) for line in range(2, 2 + listed)]
    with factories.writing():
        assert LoadPart.objects.filter(load=found).exists() is (status == "READ")


def test_a_file_about_another_nation_only_is_refused_with_its_first_rows(country, monkeypatch):
    monkeypatch.setattr(running, "MOST_LISTED", 2)
    found = flow.bring(flow.table([flow.row(number) for number in range(4)]), actor=flow.loader(country.wales))
    assert (found.status, found.refusal, found.counts["rejected"]) == ("REFUSED", "NO_GOOD_ROW", 4)
    kept = flow.rows("SELECT line, reason FROM feeds_reject ORDER BY id")
    assert kept == [(2, "OTHER_NATION"), (3, "OTHER_NATION")]


def test_large_files_are_kept_in_parts_and_read_in_order(country):
    content = flow.table([flow.row(number, Q16a_sponsor_other_name_details="x" * 4_000) for number in range(600)])
    found = flow.bring(content)
    with factories.writing():
        assert [len(part.content) for part in found.parts.order_by("number")][:2] == [1024 * 1024] * 2
    assert (found.status, found.counts["good"], found.size) == ("READ", 600, len(content))


@pytest.mark.parametrize(
    ("changed", "existing", "held"),
    [(99, 99, False), (100, 1000, False), (100, 999, True), (101, 1000, True), (5000, 100_000, False)],
)
def test_a_tenth_and_a_hundred_changes_wait_for_somebody_else(changed, existing, held):
    assert must_be_held(changed=changed, existing=existing) is held


def _held(country):
    first = flow.loader(country.ministry)
    rows = [flow.row(number, submission_guid="S") for number in range(110)]
    assert flow.load(flow.table(rows), actor=first).status == "LOADED"
    newer = flow.table([one | LATER | {"visa_status": "Arrived"} for one in rows])
    return first, flow.load(newer, actor=first)


def test_a_file_that_changes_too_much_is_held_and_another_person_approves_it(country):
    first, held = _held(country)
    assert (held.status, held.counts["changed"]) == ("HELD", 110)
    assert flow.rows("SELECT count(*) FROM visas_application WHERE visa_status = 'ARRIVED'") == [(0,)]
    with pytest.raises(Refused, match="Somebody else must approve"):
        call(loads.approve, held, first)
    with pytest.raises(Refused):
        call(loads.start, held, first)
    second = flow.loader(country.ministry)
    call(loads.approve, held, second)
    with pytest.raises(Conflict), factories.as_actor(second):
        flow.put_back(held, "HELD")
        loads.approve(actor=second, load_id=held.pk, version=held.version)
    flow.put_back(held, "LOADING")
    with factories.restored():
        loads.run(held.pk)
    assert flow.fresh(held.pk).status == "LOADED"
    assert flow.fresh(held.pk).approved_by_id == second.user_id
    assert flow.rows("SELECT count(*) FROM visas_application WHERE visa_status = 'ARRIVED'") == [(110,)]
    assert {"load.held", "load.approved", "load.loaded"} <= set(events(held))


def test_what_a_file_did_is_counted_not_what_came_before(country):
    nowhere = {"ltla_name": "Nowhere", "mapping_postcode": ""}
    first = flow.load(flow.table([flow.row(number, **nowhere) for number in (1, 2)]))
    second = flow.load(flow.table([flow.row(3, **nowhere), flow.row(4)]))
    assert (first.counts["unassigned"], second.counts["unassigned"]) == (2, 1)


def test_new_rows_are_never_held(country):
    assert flow.load(flow.table([flow.row(number, submission_guid="S") for number in range(120)])).status == "LOADED"


def test_a_file_that_is_not_loaded_yet_can_be_dropped(country):
    who = flow.loader(country.ministry)
    read = flow.bring(flow.table([flow.row(1)]), actor=who)
    call(loads.cancel, read, who)
    assert flow.fresh(read.pk).status == "CANCELLED"
    with factories.writing():
        assert not LoadPart.objects.exists()
    with pytest.raises(Refused):
        call(loads.cancel, flow.fresh(read.pk), who)
    assert flow.bring(flow.table([flow.row(1)]), actor=who).status == "READ"


def _steps(country, monkeypatch, stop_at):
    """Load a file that does everything, and break off at that step; the number of steps."""
    run, steps = bulk.run, 0

    def counting(*args, **values):
        nonlocal steps
        steps += 1
        if steps == stop_at:
            raise DatabaseError("the machine stops here")
        return run(*args, **values)

    monkeypatch.setattr(bulk, "run", counting)
    try:
        flow.load(flow.table([flow.row(1, ltla_name="Dover", **LATER), flow.row(2, **LATER), flow.row(4)]))
    finally:
        monkeypatch.setattr(bulk, "run", run)
    return steps


def test_a_load_that_breaks_off_leaves_nothing_behind(country, monkeypatch):
    flow.load(flow.table([flow.row(1), flow.row(2), flow.row(3)]))
    before, history = flow.dump(), flow.history()
    with factories.undone():
        steps = _steps(country, monkeypatch, 0)
        assert flow.dump() != before
    assert steps > 20
    for stop_at in range(3, steps + 1, max(1, steps // 20)):
        with factories.undone():
            with pytest.raises(DatabaseError):
                _steps(country, monkeypatch, stop_at)
            assert (flow.dump(), flow.history()) == (before, history), stop_at


def test_an_error_of_ours_is_told_to_whoever_waits_for_the_file(country, monkeypatch):
    brought = flow.bring(flow.table([flow.row(1)]))
    call(loads.start, brought, flow.job())
    monkeypatch.setattr(running, "run", lambda load_id: 1 / 0)
    with factories.restored(), pytest.raises(ZeroDivisionError):
        jobs.run_load(load_id=str(brought.pk))
    found = flow.fresh(brought.pk)
    assert (found.status, found.refusal) == ("REFUSED", "FAILED")
    with factories.restored():
        loads.give_up(brought.pk)
    assert flow.fresh(brought.pk).version == found.version


def test_no_row_is_lost_where_the_organisations_are_not_loaded_yet(db):
    factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, code="mhclg", realm=Realm.ENGLAND)
    with pytest.raises(LookupError, match="load the organisations first"):
        flow.bring(flow.table([flow.row(1)]))


@pytest.mark.committed
def test_two_loads_and_two_approvals_at_once():
    country = flow.make_country()
    rows = [flow.row(number) for number in range(20)]
    files = [flow.table(rows[:15]), flow.table([one | LATER for one in rows[5:]])]
    brought = [flow.bring(content) for content in files]
    for one in brought:
        call(loads.start, one, flow.job())
    at_once([lambda one=one: loads.run(one.pk) for one in [*brought, *brought]])
    assert {flow.fresh(one.pk).status for one in brought} == {"LOADED"}
    assert flow.rows("SELECT count(*), count(DISTINCT source_key) FROM people_household") == [(20, 20)]
    assert flow.rows("SELECT count(*) FROM visas_application WHERE event_at > '2026-05-02'") == [(15,)]

    first, second, third = (flow.loader(country.ministry) for _ in range(3))
    waiting = flow.bring(flow.table([flow.row(90)]), actor=first)
    flow.put_back(waiting, "HELD")
    waiting = flow.fresh(waiting.pk)

    def approve(who):
        try:
            with acting(who):
                loads.approve(actor=who, load_id=waiting.pk, version=waiting.version)
        except Refused:
            return False
        return True

    assert sorted(at_once([lambda: approve(second), lambda: approve(third)])) == [False, True]
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%run_load' AND args ->> 'load_id' = %s"
    assert flow.rows(asked, str(waiting.pk)) == [(1,)]


def test_the_history_of_a_load_names_nobody(country):
    found = flow.load(flow.table([flow.row(1)]))
    with factories.writing(), connection.cursor() as cursor:
        cursor.execute("SELECT detail::text FROM audit_event WHERE table_name IN ('feeds_load', 'feeds_sourcerow')")
        told = " ".join(text for (text,) in cursor.fetchall())
    assert "Koval" not in told
    assert "file.csv" not in told
    assert found.status == "LOADED"
