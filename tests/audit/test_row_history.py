"""Every change of a row is in the history with who made it, however it was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from opensponsor.audit.models import Event, Kind
from opensponsor.core.rowsecurity import acting, enter
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
    assert [line.code for line in lines(ingest, "identity_organisation")[before:]] == ["INSERT"] * 4


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
    assert [line.code for line in found] == ["INSERT", "UPDATE", "DELETE"]
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
