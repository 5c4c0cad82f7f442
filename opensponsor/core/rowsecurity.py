"""The second layer: PostgreSQL row security. Context per transaction, and the migration operation that guards a table.

Each transaction says who acts and whose rows are in reach; nothing said, nothing seen. National bodies read by realm
through a role of their own, never by a flag.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connections, migrations, transaction

from opensponsor.core.actor import Actor, system_actor

# set_config(.., true) ends with the transaction, so that a pooled connection carries nothing into the next request.
_SETTINGS = (
    "app.user",
    "app.organisation",
    "app.request",
    "app.read_org_ids",
    "app.write_org_ids",
    "app.read_realms",
    "app.shared_case_ids",
    "role",
)
_NOW = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS)
_ENTER = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS)
# The same where a function finds the shared cases: one statement instead of two in every request.
_SHARED = "app.shared_case_ids"
_FOUND = "coalesce((SELECT string_agg(id::text, ',') FROM {shared} AS id), '')"
_ENTER_AND_FIND = _ENTER.replace(f"'{_SHARED}', %s", f"'{_SHARED}', {_FOUND}")


def role_for(actor: Actor) -> str:
    """The database role whose policies fit the actor's reach; each is planned for its own shape of list."""
    if actor.user_id is None and actor.system_name:
        return "app_ingest"
    if actor.reads.realms:
        return "app_national"
    return "app_one" if len(actor.reads.organisation_ids) == 1 else "none"


def enter(actor: Actor, *, request_id: str = "", using: str = "default") -> None:
    """Say for the rest of this transaction who acts, as one statement.

    Raises TransactionManagementError outside a transaction, where the setting would be gone before the next statement.
    """
    shared = ",".join(str(case_id) for case_id in sorted(actor.reads.shared_case_ids))
    _enter(_ENTER, actor, request_id, [shared], using)


def enter_and_find(actor: Actor, shared: str, values: Sequence[Any], *, request_id: str = "") -> Actor:
    """The same, and in the same statement find the cases that others share with the actor, who then knows them.

    `shared` is the call of a function that gives their ids, with the `values` it is called with.
    """
    row = _enter(_ENTER_AND_FIND.format(shared=shared), actor, request_id, values, "default")
    found = frozenset(UUID(one) for one in row[_SETTINGS.index(_SHARED)].split(",") if one)
    return dataclasses.replace(actor, reads=dataclasses.replace(actor.reads, shared_case_ids=found)) if found else actor


def _enter(statement: str, actor: Actor, request_id: str, shared: Sequence[Any], using: str) -> tuple[str, ...]:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the context lives in a transaction")
    values = (
        actor.context_name,
        str(actor.organisation_id),
        request_id,
        ",".join(map(str, sorted(actor.reads.organisation_ids))),
        ",".join(map(str, sorted(actor.writes))),
        ",".join(sorted(actor.reads.realms)),
        *shared,
        role_for(actor),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[str, ...] = cursor.fetchone()
    return row


def write_for(organisation_id: int, *, using: str = "default") -> None:
    """Let the rest of this transaction write the rows of one organisation: a national body names whom it acts for."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('app.write_org_ids', %s, true)", [str(organisation_id)])


@contextmanager
def acting(actor: Actor, *, using: str = "default") -> Iterator[Actor]:
    """A transaction of this actor, for jobs, commands and tests."""
    with transaction.atomic(using=using):
        enter(actor, using=using)
        yield actor


@contextmanager
def as_system(name: str, *, using: str = "default") -> Iterator[Actor]:
    """A transaction of the named job, which reads and writes every row and signs its history with its name."""
    with acting(system_actor(name), using=using) as actor:
        yield actor


@contextmanager
def meanwhile_as_system(name: str, *, using: str = "default") -> Iterator[Actor]:
    """The same in the middle of somebody's transaction, who acts again afterwards, also when it fails.

    For what follows at once from what they did and is out of their reach by now, such as the checks of a household that
    they handed over.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_NOW)
        before = cursor.fetchone()
    with as_system(name, using=using) as actor:
        yield actor
        # What fails takes its settings back with it.
        with connections[using].cursor() as cursor:
            cursor.execute(_ENTER, before)


# What the history calls the rows that a statement leaves behind.
_ROWS_OF = {
    "INSERT": "NEW TABLE AS rows_now",
    "UPDATE": "OLD TABLE AS rows_before NEW TABLE AS rows_now",
    "DELETE": "OLD TABLE AS rows_now",
}

_IDS = "string_to_array(current_setting('app.{name}', true), ',')::{type}[]"
# Read once a statement. As plain calls they would be read anew for every row that a list counts; what the planner knows
# of the organisations it has from the scope that each query names besides.
_ONCE = f"((SELECT {_IDS})::{{type}}[])"
_READ_IDS = _ONCE.format(name="read_org_ids", type="int")
_WRITE_IDS = _IDS.format(name="write_org_ids", type="int")
_SHARED_IDS = _ONCE.format(name="shared_case_ids", type="uuid")
_ONE_ID = "nullif(current_setting('app.read_org_ids', true), '')::int"
_OWN_ID = "nullif(current_setting('app.organisation', true), '')::int"
_REALMS = "((SELECT string_to_array(current_setting('app.read_realms', true), ','))::text[])"


def guard_table(
    table: str,
    *,
    owner: str = "owner_id",
    case: str = "",
    own_only: bool = False,
    hidden: str = "",
    with_history: bool = True,
) -> migrations.RunSQL:
    """Force row security on a table with an owner column, and put it under row history.

    `case` names the column with the case's id: rows of a case shared with the reader's organisation may then be read
    too, and the history of the row belongs to the case. The owner of a row changes only inside `transfer_case`. With
    `own_only` an organisation reads its own rows and not those of the organisations it reaches, as a county reads its
    districts' cases but not their staff. `hidden` lists columns whose values never enter the history; rows that only
    pass through, such as the parts of a file, go without.
    """
    statements = [
        *_force(table),
        *_reads(table, owner, own_only=own_only),
        *_writes(table, owner),
        *([_shared_read(table, case)] if case else []),
        *(keep_history(table, owner=owner, case=case, hidden=hidden) if with_history else []),
    ]
    return migrations.RunSQL(";\n".join(statements), migrations.RunSQL.noop)


def bind_to_case(table: str) -> migrations.RunSQL:
    """Let case and owner of a table refer to the case together: who may read a row follows from its owner.

    One reference instead of one each, and at the end of a transaction, because a case changes hands in several
    statements.
    """
    return migrations.RunSQL(_bind(table, "case_id, owner_id", "cases_case", "id, owner_id"), _unbind(table))


def may_have_parts(record: str) -> migrations.RunSQL:
    """Let the parts of a record refer to it together with case and owner, by `bind_to_record`."""
    constraint = f"{record}_of_one_case"
    return migrations.RunSQL(
        f"ALTER TABLE {record} ADD CONSTRAINT {constraint} UNIQUE (id, case_id, owner_id)",
        f"ALTER TABLE {record} DROP CONSTRAINT {constraint}",
    )


def bind_to_record(table: str, column: str, record: str) -> migrations.RunSQL:
    """Let a table that is part of a record on the same case refer to that record together with case and owner.

    In place of the two references to the record and to the case, which would not see that they disagree.
    """
    whole = _bind(table, f"{column}, case_id, owner_id", record, "id, case_id, owner_id")
    alone = _bind(table, "case_id, owner_id", "cases_case", "id, owner_id")
    return migrations.RunSQL(f"{_unbind(table)}; {whole}", f"{_unbind(table)}; {alone}")


def _bind(table: str, columns: str, record: str, named: str) -> str:
    """Rows that are there already are checked: row security does not hide them from the tables' owner meanwhile."""
    return (
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {record} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} ADD CONSTRAINT {table}_owner_of_case FOREIGN KEY ({columns})"
        f" REFERENCES {record} ({named}) DEFERRABLE INITIALLY DEFERRED;"
        f" ALTER TABLE {table} FORCE ROW LEVEL SECURITY; ALTER TABLE {record} FORCE ROW LEVEL SECURITY"
    )


def _unbind(table: str) -> str:
    return f"ALTER TABLE {table} DROP CONSTRAINT {table}_owner_of_case"


def _force(table: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY ingest ON {table} TO app_ingest USING (true) WITH CHECK (true)",
    ]


def _reads(table: str, owner: str, *, own_only: bool) -> list[str]:
    many = f"{owner} = {_OWN_ID}" if own_only else f"{owner} = ANY ({_READ_IDS})"
    one = f"{owner} = {_OWN_ID}" if own_only else f"{owner} = {_ONE_ID}"
    national = f"{owner} IN (SELECT id FROM identity_organisation WHERE realm = ANY ({_REALMS}))"  # noqa: S608 - names
    return [
        f"CREATE POLICY many_read ON {table} FOR SELECT TO app_rw USING ({many})",
        f"CREATE POLICY one_read ON {table} FOR SELECT TO app_one USING ({one})",
        f"CREATE POLICY national_read ON {table} FOR SELECT TO app_national USING ({national})",
    ]


def _writes(table: str, owner: str) -> list[str]:
    own, roles = f"({owner} = ANY ({_WRITE_IDS}))", "app_rw, app_one, app_national"
    return [
        f"CREATE POLICY own_insert ON {table} FOR INSERT TO {roles} WITH CHECK {own}",
        f"CREATE POLICY own_update ON {table} FOR UPDATE TO {roles} USING {own} WITH CHECK {own}",
        f"CREATE POLICY own_delete ON {table} FOR DELETE TO {roles} USING {own}",
        f"CREATE TRIGGER owner_is_fixed BEFORE UPDATE OF {owner} ON {table} FOR EACH ROW"
        f" WHEN (OLD.{owner} IS DISTINCT FROM NEW.{owner}) EXECUTE FUNCTION core_refuse_new_owner()",
    ]


def _shared_read(table: str, case: str) -> str:
    return (
        f"CREATE POLICY shared_read ON {table} FOR SELECT TO app_rw, app_one, app_national"
        f" USING ({case} = ANY ({_SHARED_IDS}))"
    )


def keep_history(table: str, *, owner: str = "", case: str = "", hidden: str = "") -> list[str]:
    """The statements that write every change of a row into the history; a write by nobody raises.

    `hidden` lists columns, separated by commas, whose values never enter the history.
    """
    arguments = f"('{owner}', '{case}', '{hidden}')"
    # The trigger of before, until the migration that brings the history by statement, which exchanges it.
    by_row = f"CREATE TRIGGER row_history AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    return [
        "DO $do$ BEGIN IF to_regproc('audit_rows_changed') IS NULL THEN"
        f" {by_row} EXECUTE FUNCTION audit_row_change{arguments};"
        f" ELSE {_triggers(table, arguments)} END IF; END $do$"
    ]


def _triggers(table: str, arguments: str) -> str:
    """One for each kind of statement, each of which leaves other rows behind: those before, those now, or both."""
    return "".join(
        f"CREATE TRIGGER row_history_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION audit_rows_changed{arguments};"
        for event, rows in _ROWS_OF.items()
    )


def track_table(table: str, *, hidden: str = "") -> migrations.RunSQL:
    """Row history for a table that belongs to no organisation."""
    return migrations.RunSQL(";\n".join(keep_history(table, hidden=hidden)), migrations.RunSQL.noop)
