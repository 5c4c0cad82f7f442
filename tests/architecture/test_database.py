"""The second layer is complete: row security on every table with an owner, functions and roles that cannot be bent."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from opensponsor.cases.models import OnCase

OWNER_COLUMNS = ["owner_id", "organisation_id"]
RUNTIME = {"app_rw", "app_one", "app_national"}
# Roles that may read every row: system jobs, and those that only own definer functions.
ALL_ROWS = {"app_ingest", "app_search", "app_audit"}

# Tables of ours without row security, each with the reason. Whoever adds one here says why nothing in it belongs to one
# organisation.
GLOBAL_TABLES = {
    "audit_seal": "hashes of lines, which only jobs read",
    "core_cache": "the shared cache; holds no records, and keys without names",
    "core_limit": "counters against spraying, by a hash",
    "identity_organisation": "the public register of organisations",
    "identity_reach": "which organisation reaches which; read before anybody acts",
    "identity_user": "needed to sign somebody on before it is known for whom; pages reach it through memberships",
    "reference_arrivalhub": "published",
    "reference_authority": "published",
    "reference_authorityname": "published",
    "reference_postcode": "published",
    "reference_succession": "published",
}
# Tables whose rows belong to one person, in whichever organisation they act; their policies name the person.
PERSONAL_TABLES = {"identity_draft", "saved_views_savedview", "saved_views_export", "saved_views_exportfile"}
# Tables that the runtime only adds to; jobs read them.
ONLY_ADDED_TO = {"notices_notice"}
OWNED_BY_NONE = PERSONAL_TABLES | ONLY_ADDED_TO
# Tables of ours without row history.
UNTRACKED = {
    "audit_event": "the history itself",
    "feeds_loadpart": "the bytes of a file until it is loaded; the load has a history",
    "feeds_stagedrow": "the rows of a file until it is loaded; the load has a history",
    "feeds_sourcerow": "the raw row behind a record; the load that brought it and the record itself have a history",
    "feeds_reject": "what a load reported, written once with it",
    "identity_draft": "unsaved text, which ends after twelve hours",
    "saved_views_exportfile": "the bytes of an export, which has a history",
    "saved_views_householdline": "copies, made by triggers, of columns that have a history where they stand",
}
# The triggers that write the history of rows, one for each kind of statement.
HISTORY = ["row_history_insert", "row_history_update", "row_history_delete"]
# Whose rows nobody deletes but the feed that made them: the national team takes them out of use (ORG-035).
NEVER_DELETED = {"hosts_hostaddress", "people_person"}
# What libraries bring; none holds a record about a case.
LIBRARIES = ("account_", "auth_", "django_", "mfa_", "procrastinate_", "socialaccount_", "usersessions_")


@pytest.fixture
def tables(ask):
    """Name, whether row security is on, whether forced, whether there is an owner column."""
    rows = ask(
        """
        SELECT relname, relrowsecurity, relforcerowsecurity, EXISTS (
          SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = ANY (%s) AND NOT attisdropped)
        FROM pg_class c WHERE relkind IN ('r', 'p', 'm', 'f') AND relnamespace = 'public'::regnamespace
        """,
        [OWNER_COLUMNS],
    )
    return {name: rest for name, *rest in rows if not name.startswith(LIBRARIES)}


def test_every_table_with_an_owner_is_guarded(tables):
    unguarded = {name for name, (on, forced, owned) in tables.items() if owned and not (on and forced)}
    assert unguarded - GLOBAL_TABLES.keys() == set()


def test_every_other_table_is_known_to_belong_to_nobody(tables):
    unguarded = {name for name, (on, forced, _) in tables.items() if not (on and forced)}
    assert unguarded == GLOBAL_TABLES.keys()


@pytest.fixture
def bad_table(db, throwaway):
    """A table with an owner that nobody guarded."""
    with throwaway.cluster.connect("app_owner", throwaway.name) as owner:
        owner.execute("CREATE TABLE cases_forgotten (id int, owner_id int)")
        yield
        owner.execute("DROP TABLE cases_forgotten")


def test_a_forgotten_table_would_be_noticed(bad_table, tables):
    with pytest.raises(AssertionError):
        test_every_table_with_an_owner_is_guarded(tables)
    with pytest.raises(AssertionError):
        test_every_other_table_is_known_to_belong_to_nobody(tables)


def test_every_table_with_an_owner_keeps_a_history_and_a_fixed_owner(ask, tables):
    triggers = {(table, name) for table, name in ask("SELECT tgrelid::regclass::text, tgname FROM pg_trigger")}
    tracked = {name for name, (on, _, _) in tables.items() if on} - UNTRACKED.keys()
    for trigger in HISTORY:
        assert {table for table in tracked if (table, trigger) not in triggers} == set()
    assert {table for table in tracked - OWNED_BY_NONE if (table, "owner_is_fixed") not in triggers} == set()


def test_what_hangs_on_a_case_has_its_owner(ask):
    """The owner decides who may read a row: it is referred to together with the case, or a record on it that does."""
    found = ask(
        """
        SELECT conrelid::regclass::text, confrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND condeferrable AND condeferred AND convalidated
        """
    )
    to_case = re.compile(r"FOREIGN KEY \(case_id, owner_id\) REFERENCES cases_case\(id, owner_id\)")
    to_record = re.compile(r"FOREIGN KEY \(\w+_id, case_id, owner_id\) REFERENCES \w+\(id, case_id, owner_id\)")
    alone = {table for table, _, definition in found if to_case.match(definition)}
    parts = {table: record for table, record, definition in found if to_record.match(definition)}
    on_cases = {model._meta.db_table for model in apps.get_models() if issubclass(model, OnCase)}
    assert alone | parts.keys() == on_cases
    for table in parts:
        record = table
        while record in parts:
            record = parts[record]
        assert record in alone, table
    assert len(alone) > 5
    assert len(parts) > 3


def test_the_history_of_a_table_names_its_own_columns(ask, tables):
    """A misspelt column would make the history of a table forget to whom it belongs."""
    kept = ask("SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = ANY (%s)", [HISTORY])
    assert kept
    for table, arguments in kept:
        owner, case, hidden = bytes(arguments).decode().split("\0")[:3]
        columns = {name for (name,) in ask("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", [table])}
        named = {word for word in (owner, case, *hidden.split(",")) if word}
        assert named <= columns, table
        assert "id" in columns, table
        if tables[table][0] and table not in OWNED_BY_NONE:
            assert owner in OWNER_COLUMNS, table
        if "case_id" in columns:
            assert case == "case_id", table


def policies(ask):
    return ask("SELECT tablename, policyname, roles::text[], cmd, qual, with_check FROM pg_policies")


def test_every_guarded_table_has_a_policy_for_each_runtime_role_and_command(ask, tables):
    have = {
        (table, role, command)
        for table, _, roles, cmd, _, _ in policies(ask)
        for role in roles
        for command in (["SELECT", "INSERT", "UPDATE", "DELETE"] if cmd == "ALL" else [cmd])
    }
    guarded = {name for name, (on, _, _) in tables.items() if on} - {"audit_event"} - ONLY_ADDED_TO
    for table in guarded:
        for role in RUNTIME | {"app_ingest"}:
            for command in ("SELECT", "INSERT", "UPDATE", "DELETE"):
                may = command != "DELETE" or role == "app_ingest" or table not in NEVER_DELETED
                assert ((table, role, command) in have) is may, "no row at all would be in reach: forgotten?"


def test_no_policy_opens_all_rows_to_a_runtime_role(ask):
    for table, name, roles, _, qual, check in policies(ask):
        assert set(roles) <= RUNTIME | ALL_ROWS, f"{name} of {table} is for {roles}"
        if "true" in {qual, check}:
            assert set(roles) <= ALL_ROWS, f"{name} of {table} opens all rows to {roles}"


def test_every_policy_depends_on_the_context_of_the_transaction(ask):
    for table, name, roles, _, qual, check in policies(ask):
        if set(roles) & RUNTIME and name != "history_of_case" and table not in ONLY_ADDED_TO:
            assert "current_setting('app." in (qual or check), f"{name} of {table}"


def test_what_the_runtime_only_adds_to_it_does_not_read(ask):
    for table, name, roles, command, _, _ in policies(ask):
        if table in ONLY_ADDED_TO and set(roles) & RUNTIME:
            assert command == "INSERT", f"{name} of {table}"


def test_a_row_of_a_person_is_in_reach_of_that_person_only(ask):
    for table, name, roles, _, qual, check in policies(ask):
        if table in PERSONAL_TABLES and set(roles) & RUNTIME:
            assert "current_setting('app.user'" in qual, f"{name} of {table}"
            assert qual == check, f"{name} of {table}"


def test_every_policy_has_a_known_name(ask):
    """Policies add up, so that one that nobody thought of would open rows; this is the whole list."""
    known = {"ingest", "many_read", "one_read", "national_read", "own_insert", "own_update", "own_delete"}
    known |= {"shared_read", "sign_on", "own_draft", "mine", "write", "history_of_case", "own_organisation"}
    assert {name for _, name, *_ in policies(ask)} <= known


FUNCTIONS = """
SELECT proname, prosecdef, coalesce(array_to_string(proconfig, ' '), ''), pg_get_userbyid(proowner),
  has_function_privilege('public', p.oid, 'EXECUTE'), prorettype = 'trigger'::regtype, prosqlbody IS NOT NULL
FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proname NOT LIKE 'procrastinate_%%'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
"""


def test_definer_functions_have_a_fixed_path_and_an_owner_without_power(ask):
    definers = [row for row in ask(FUNCTIONS, []) if row[1]]
    assert definers
    for name, _, config, owner, for_all, is_trigger, _ in definers:
        assert "search_path=pg_catalog, public, pg_temp" in config, name
        assert owner in ALL_ROWS, f"{name} would act as {owner}"
        assert is_trigger or not for_all, f"{name} can be called by anybody"


def test_every_function_of_ours_has_a_fixed_path(ask):
    """Or a body that was understood when it was made, which looks for no name any more."""
    functions = ask(FUNCTIONS, [])
    assert [name for name, _, config, *_, is_fixed in functions if "search_path" not in config and not is_fixed] == []


def test_no_view_runs_with_the_rights_of_its_owner(ask):
    views = ask(
        "SELECT relname, coalesce(array_to_string(reloptions, ' '), '') FROM pg_class c"
        " WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')"
    )
    assert [name for name, options in views if "security_invoker=true" not in options] == []


def test_roles_are_ordinary(ask):
    rows = ask(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication, rolcanlogin"
        " FROM pg_roles WHERE rolname LIKE 'app\\_%%'",
        [],
    )
    assert [name for name, powerful, _ in rows if powerful] == []
    assert {name for name, _, logs_in in rows if logs_in} == {"app_owner", "app_rw"}


@pytest.mark.parametrize("role", ["app_rw", "app_one", "app_national", "app_runtime", "app_search"])
def test_the_runtime_owns_no_table_and_makes_none(ask, role):
    assert ask("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s", [role]) == []
    assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role]) == [(False,)]


def test_the_runtime_inherits_no_policy_of_a_role_it_can_step_into(ask):
    rows = ask("SELECT roleid::regrole::text, inherit_option FROM pg_auth_members WHERE member = 'app_rw'::regrole")
    assert dict(rows) == {"app_runtime": True, "app_one": False, "app_national": False, "app_ingest": False}


def test_the_owner_is_in_no_chain_of_the_runtime(ask):
    assert ask("SELECT pg_has_role('app_rw', 'app_owner', 'MEMBER')") == [(False,)]


def test_the_web_does_not_use_the_owner():
    """Only migrations and the catalogue tests name the second address."""
    package = Path(apps.get_app_config("core").path).parent
    using = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if '"owner"' in path.read_text() and "using" in path.read_text()
    ]
    assert [path for path in using if not path.startswith(("ops/", "config/"))] == []
