"""Nobody but a superuser rewrites history: neither the web's role in any of its shapes nor the owner of the tables."""

import psycopg
import pytest

RUNTIME = ["app_rw", "app_one", "app_national", "app_ingest"]
REWRITES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
]
DISARMS = [
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "DROP TRIGGER append_only ON {table}",
    "DROP TABLE {table}",
    "CREATE RULE none AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit_rows_changed() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    "ALTER FUNCTION audit_rows_changed() OWNER TO app_rw",
]
TABLES = [("audit_event", "code"), ("audit_seal", "digest")]
EVENT = (
    "INSERT INTO audit_event (kind, code, actor, request_id, table_name, row_id, detail)"
    " VALUES ('EVENT', 'a.forged', '1', '', '', '', '{}')"
)
SEAL = "INSERT INTO audit_seal (number) VALUES (1)"


@pytest.fixture
def refused(db, throwaway):
    """Whether a statement of a role fails for want of rights; nothing else will do."""

    def ask(login, statement, role=""):
        with throwaway.cluster.connect(login, throwaway.name) as connection:
            if role:
                connection.execute(f"SET ROLE {role}")
            try:
                with connection.transaction(force_rollback=True):
                    connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                return True
        return False

    return ask


@pytest.mark.parametrize(("table", "column"), TABLES)
@pytest.mark.parametrize("statement", REWRITES + DISARMS)
@pytest.mark.parametrize("role", RUNTIME)
def test_the_runtime_cannot_rewrite(refused, role, statement, table, column):
    assert refused("app_rw", statement.format(table=table, column=column), role)


@pytest.mark.parametrize("role", RUNTIME)
def test_the_runtime_adds_lines_only_through_the_function(refused, role):
    assert refused("app_rw", EVENT, role)


@pytest.mark.parametrize("role", ["app_rw", "app_one", "app_national"])
@pytest.mark.parametrize("statement", [SEAL, "SELECT number FROM audit_seal"])
def test_only_jobs_reach_the_seals(refused, role, statement):
    assert refused("app_rw", statement, role)


@pytest.mark.parametrize("role", RUNTIME)
def test_nobody_pretends_that_a_row_changed(refused, role):
    call = "SELECT audit_record('CHANGE', 'UPDATE', '1', NULL, '', NULL, NULL, 'cases_case', '1', '{}')"
    assert refused("app_rw", call, role)
    assert not refused("app_rw", call.replace("CHANGE", "EVENT"), role)


def test_nobody_makes_a_table_whose_changes_look_like_those_of_another(refused):
    role = "app_ingest"  # which alone makes temporary tables
    table = "CREATE TEMP TABLE cases_case (id int)"
    trigger = (
        "CREATE TRIGGER forged AFTER INSERT ON pg_temp.cases_case REFERENCING NEW TABLE AS rows_now"
        " FOR EACH STATEMENT EXECUTE FUNCTION {}('', '', '')"
    )
    assert not refused("app_rw", f"{table}; {trigger.format('suppress_redundant_updates_trigger')}", role)
    assert refused("app_rw", f"{table}; {trigger.format('audit_rows_changed')}", role)


@pytest.mark.parametrize(("table", "column"), TABLES)
@pytest.mark.parametrize("statement", [*REWRITES, "SET session_replication_role = replica"])
def test_the_owner_of_the_tables_cannot_rewrite(refused, statement, table, column):
    assert refused("app_owner", statement.format(table=table, column=column))


@pytest.mark.parametrize("role", ["app_audit", "app_ingest"])
@pytest.mark.parametrize("statement", REWRITES)
def test_nor_can_it_in_the_shape_of_another_role(refused, statement, role):
    assert refused("app_owner", statement.format(table="audit_event", column="code"), role)


def test_a_superuser_can_which_is_why_there_are_seals(db, throwaway):
    with throwaway.cluster.connect(database=throwaway.name) as superuser, superuser.transaction(force_rollback=True):
        superuser.execute("SET LOCAL session_replication_role = replica")
        superuser.execute("UPDATE audit_event SET code = code")


@pytest.mark.parametrize("role", ["app_owner", "postgres"])
def test_the_runtime_cannot_become_a_stronger_role(refused, role):
    assert refused("app_rw", f"SET ROLE {role}")
