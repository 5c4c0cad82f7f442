"""Row security and history of the spine, who reads the history of a case, what is shared, and the one way to a new owner."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table

TABLES = ["cases_share", "cases_note", "cases_task", "cases_approvalrequest"]

# Whoever may see the case may see its history; row security of the case itself answers that.
HISTORY = """
CREATE POLICY history_of_case ON audit_event FOR SELECT TO app_rw, app_one, app_national
  USING (case_id IS NOT NULL AND EXISTS (SELECT FROM cases_case c WHERE c.id = audit_event.case_id))
"""

SHARED_WITH = """
CREATE FUNCTION cases_shared_with(an_organisation int, a_day date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
  SELECT s.case_id FROM public.cases_share s
  WHERE s.organisation_id = an_organisation AND s.starts_on <= a_day AND (s.ends_on IS NULL OR s.ends_on > a_day)
  ORDER BY s.created_at DESC LIMIT 50
$f$;
"""

# Moves the case and every row that hangs on it, in whatever table, and raises their versions, so that an edit begun before ends in a conflict.
TRANSFER = """
CREATE FUNCTION transfer_case(a_case uuid, a_new_owner int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
DECLARE
  a_table text;
  an_owner int;
BEGIN
  SELECT owner_id INTO an_owner FROM public.cases_case WHERE id = a_case FOR UPDATE;
  IF an_owner IS NULL OR an_owner <> ALL (string_to_array(current_setting('app.write_org_ids', true), ',')::int[]) THEN
    RAISE EXCEPTION 'no such case' USING ERRCODE = '42501';
  END IF;
  DELETE FROM public.cases_share WHERE case_id = a_case AND organisation_id = a_new_owner;
  UPDATE public.cases_case SET owner_id = a_new_owner, assignee_id = NULL, version = version + 1 WHERE id = a_case;
  FOR a_table IN
    SELECT c.table_name FROM information_schema.columns c JOIN information_schema.columns o USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'case_id' AND o.column_name = 'owner_id' AND c.table_name <> 'audit_event'
    ORDER BY c.table_name
  LOOP
    EXECUTE format('UPDATE public.%I SET owner_id = $1, version = version + 1 WHERE case_id = $2', a_table) USING a_new_owner, a_case;
  END LOOP;
END $f$;
"""

RIGHTS = """
GRANT CREATE ON SCHEMA public TO app_search, app_ingest;
REVOKE ALL ON FUNCTION cases_shared_with(int, date), transfer_case(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_shared_with(int, date), transfer_case(uuid, int) TO app_runtime;
ALTER FUNCTION cases_shared_with(int, date) OWNER TO app_search;
ALTER FUNCTION transfer_case(uuid, int) OWNER TO app_ingest;
REVOKE CREATE ON SCHEMA public FROM app_search, app_ingest;
GRANT SELECT ON cases_share TO app_search;
CREATE POLICY sign_on ON cases_share FOR SELECT TO app_search USING (true)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("identity", "0002_guard")]
    operations = [
        guard_table("cases_case", case="id"),
        *[guard_table(table, case="case_id") for table in TABLES],
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
        migrations.RunSQL(SHARED_WITH, migrations.RunSQL.noop),
        migrations.RunSQL(TRANSFER, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
