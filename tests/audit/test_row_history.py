"""Every change of a row is in the history with who made it, however it was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from opensponsor.audit import queries
from opensponsor.audit.models import Event, Kind
from opensponsor.core.rowsecurity import acting, enter, keep_history
from opensponsor.identity.models import Organisation, User
from tests import factories

pytestmark = pytest.mark.django_db


def lines(ingest, table):
    """The lines about rows of a table, oldest first."""
    with ingest():
        return list(Event.objects.filter(kind=Kind.CHANGE, table_name=table).order_by("id"))


def run(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def three(ingest):
    """Three organisations, and the number of lines about them so far."""
    made = [factories.organisation() for _ in range(3)]
    return made, len(lines(ingest, "identity_organisation"))


def test_a_write_by_nobody_raises(three):
    for change in (
        lambda: Organisation.objects.create(code="nobody", name_en="Nobody", kind="AUTHORITY", realm="WALES"),
        lambda: Organisation.objects.update(is_active=False),
        lambda: run("UPDATE identity_organisation SET is_active = false"),
        lambda: run("DELETE FROM identity_organisation"),
    ):
        with pytest.raises(DatabaseError, match="by nobody"), transaction.atomic():
            change()


def test_a_bulk_update_is_in_the_history(three, ingest):
    made, before = three
    with ingest():
        Organisation.objects.filter(pk__in=[one.pk for one in made]).update(name_en="Renamed")
    assert [line.row_id for line in lines(ingest, "identity_organisation")[before:]] == [str(one.pk) for one in made]


def test_a_bulk_insert_is_in_the_history(three, ingest):
    _, before = three
    with ingest():
        Organisation.objects.bulk_create(
            Organisation(code=f"bulk-{number}", name_en="Bulk", kind="AUTHORITY", realm="WALES") for number in range(4)
        )
    assert [line.code for line in lines(ingest, "identity_organisation")[before:]] == ["NEW"] * 4


# More than a statement is made for; values that JSON has its own ways with.
MANY = 60
NAMES = ['Ll\u0177n "quoted" \\\\ back', "null", "", "a\tb\nc", "Кова́ль", "[1]"]


@pytest.fixture
def odd_table(db, throwaway):
    """A table with every kind of column, of which one is hidden and two have names that must be quoted."""
    with throwaway.cluster.connect("app_owner", throwaway.name) as owner:
        columns = 'id uuid, owner_id int, case_id uuid, "a ""b" text, "C\'d" jsonb, day date, secret text, version int'
        owner.execute(f"CREATE TABLE odd ({columns}, PRIMARY KEY (id))")
        owner.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON odd TO app_runtime")
        for statement in keep_history("odd", owner="owner_id", case="case_id", hidden="secret"):
            owner.execute(statement)
        yield
        connection.rollback()
        owner.execute("DROP TABLE odd")


ODD = """
INSERT INTO odd SELECT gen_random_uuid(), nullif(n %% 3, 0), CASE WHEN n %% 2 = 0 THEN gen_random_uuid() END,
  (%s::text[])[n %% 6 + 1],
  (ARRAY['null', '{"a": null, "b": [null, {"c": null}]}', '[]', '1.50', NULL]::jsonb[])[n %% 5 + 1],
  CASE WHEN n %% 7 > 0 THEN '2026-01-31'::date + n END, 'odd-canary', 1
FROM generate_series(1, %s) AS n
"""


@pytest.mark.committed
def test_many_new_rows_have_the_same_lines_as_each_alone(odd_table, ingest):
    with ingest():
        run(ODD, [NAMES, MANY])
        run("CREATE TEMP TABLE kept ON COMMIT DROP AS TABLE odd")
        together = lines(ingest, "odd")
        run("DELETE FROM odd")
        for line in together:
            run("INSERT INTO odd SELECT * FROM kept WHERE id = %s", [line.row_id])
        alone = lines(ingest, "odd")[2 * MANY :]
    told = [
        [(line.code, line.owner_id, line.case_id, line.row_id, line.detail) for line in them]
        for them in (together, alone)
    ]
    assert len(together) == MANY
    assert told[0] == told[1]
    assert "odd-canary" not in str(told)
    assert {key for line in together for key in line.detail} == {"id", "owner_id", "case_id", 'a "b', "C'd", "day"}


@pytest.mark.committed
def test_what_many_rows_lose_is_what_they_had(odd_table, ingest):
    with ingest():
        run(ODD, [NAMES, MANY])
        run("DELETE FROM odd")
        written = lines(ingest, "odd")
    made, lost = ({line.row_id: line.detail for line in written if line.code == code} for code in ("NEW", "DELETE"))
    assert len(lost) == MANY
    assert lost == {row: {key: [now, None] for key, now in detail.items()} for row, detail in made.items()}


@pytest.mark.committed
def test_a_changed_id_is_in_the_history_on_both_sides(odd_table, ingest):
    with ingest():
        run(ODD, [NAMES, 2])
        old = [line.row_id for line in lines(ingest, "odd")]
        run("UPDATE odd SET id = gen_random_uuid() WHERE id = %s", [old[0]])
        found = lines(ingest, "odd")[2:]
    assert {line.code for line in found} == {"UPDATE"}
    assert {line.row_id == old[0] for line in found} == {True, False}
    assert sorted(map(str, (line.detail["id"] for line in found)))[0] == f"['{old[0]}', None]"


@pytest.mark.committed
def test_rows_put_in_or_changed_by_one_statement_are_told_apart(odd_table, ingest):
    with ingest():
        run(ODD, [NAMES, 1])
        run("""INSERT INTO odd (id, owner_id) SELECT id, 7 FROM odd UNION ALL SELECT gen_random_uuid(), 8
               ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id""")
        found = lines(ingest, "odd")[1:]
    assert sorted((line.code, line.owner_id) for line in found) == [("NEW", 8), ("UPDATE", 7)]


def test_a_statement_of_nobody_that_changes_no_row_does_not_raise(three):
    run("UPDATE identity_organisation SET is_active = false WHERE id < 0")
    run("DELETE FROM identity_organisation WHERE id < 0")


def test_a_plain_statement_is_in_the_history(three, ingest):
    made, before = three
    with ingest():
        run("UPDATE identity_organisation SET name_en = 'By hand' WHERE id = %s", [made[0].pk])
        run("DELETE FROM identity_organisation WHERE id = %s", [made[1].pk])
    changed, deleted = lines(ingest, "identity_organisation")[before:]
    assert changed.detail == {"name_en": [made[0].name_en, "By hand"]}
    assert (deleted.code, deleted.row_id) == ("DELETE", str(made[1].pk))
    assert deleted.detail["name_en"] == [made[1].name_en, None]


def test_an_update_that_changes_nothing_is_not_in_the_history(three, ingest):
    made, before = three
    with ingest():
        run("UPDATE identity_organisation SET name_en = name_en")
        Organisation.objects.filter(pk=made[0].pk).update(version=7)
    assert lines(ingest, "identity_organisation")[before:] == []


HIDDEN = {"password": "hidden-canary", "last_login": "2026-01-01T00:00:00Z", "last_seen_on": "2026-01-01"}


def test_hidden_columns_never_enter(ingest):
    user = factories.user()
    with ingest():
        User.objects.filter(pk=user.pk).update(**HIDDEN)
        User.objects.filter(pk=user.pk).update(full_name="Renamed", **HIDDEN | {"password": "hidden-canary-2"})
        User.objects.filter(pk=user.pk).delete()
    found = lines(ingest, "identity_user")
    assert [line.code for line in found] == ["NEW", "UPDATE", "DELETE"]
    assert all(HIDDEN.keys().isdisjoint(line.detail) for line in found)
    assert "hidden-canary" not in str([line.detail for line in found])


def test_the_line_says_who_for_whom_in_which_request_and_about_which_record(acting_as, ingest):
    actor = factories.actor()
    with acting_as(actor):
        enter(actor, request_id="request-7")
        Organisation.objects.filter(pk=actor.organisation_id).update(name_en="Renamed")
    line = lines(ingest, "identity_organisation")[-1]
    assert (line.actor, line.organisation_id, line.request_id) == (
        str(actor.user_id),
        actor.organisation_id,
        "request-7",
    )
    assert line.row_id == str(actor.organisation_id)


@pytest.mark.committed
def test_a_change_that_is_rolled_back_is_not_in_the_history(ingest):
    actor = factories.actor()
    before = len(lines(ingest, "identity_organisation"))
    with pytest.raises(ZeroDivisionError), acting(actor):
        Organisation.objects.filter(pk=actor.organisation_id).update(name_en="Renamed")
        raise ZeroDivisionError
    assert len(lines(ingest, "identity_organisation")) == before


@pytest.mark.committed
def test_lines_of_before_are_read_like_those_of_today(throwaway, ingest):
    """Of a new row there were pairs once; who reads its history sees nothing before, whenever it was written."""
    household = factories.household(factories.organisation())
    with throwaway.cluster.connect(database=throwaway.name) as superuser:
        superuser.execute(
            """INSERT INTO audit_event (kind, code, actor, request_id, case_id, table_name, row_id, detail)
               VALUES ('CHANGE', 'INSERT', 'system:of-before', '', %s, 'cases_task', '1', %s)""",
            [household.case_id, '{"title": [null, "Call"]}'],
        )
    with ingest():
        of_before, *of_today = queries.changes_of(household.case_id, limit=100)
    assert (of_before.code, of_before.detail) == ("INSERT", {"title": [None, "Call"]})
    assert of_today and {line.code for line in of_today} == {"NEW"}
    assert all(old is None and new is not None for line in of_today for old, new in line.detail.values())
