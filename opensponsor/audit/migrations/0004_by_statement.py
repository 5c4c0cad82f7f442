"""The history of rows is written once for each statement, however many rows it changes, not once for each row."""

from django.db import migrations

from opensponsor.core.rowsecurity import keep_history

_COLUMNS = "kind, code, actor, organisation_id, request_id, case_id, owner_id, table_name, row_id, detail"

# The rows before and after come as two tables. An id that an update changes leaves a row on either side without its
# other, and a line for each. OFFSET keeps the planner from making the same JSON again wherever it is used.
#
# Of many new rows, as a feed brings them, the columns are named in a statement made for the table, which takes a third
# of the time; for a few, making and planning it would take longer than it saves. What either writes is the same.
#
# Only the owner of the tables may make triggers of the function: on a table of their own, others could pretend changes.
ROWS_CHANGED = f"""
GRANT CREATE ON SCHEMA public TO app_audit;
SET LOCAL ROLE app_audit;
CREATE FUNCTION audit_rows_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
DECLARE
  many CONSTANT int := 50;
  an_actor text := coalesce(current_setting('app.user', true), '');
  an_organisation int := nullif(nullif(current_setting('app.organisation', true), ''), '0')::int;
  a_request text := coalesce(current_setting('app.request', true), '');
  owner_column text := nullif(TG_ARGV[0], '');
  case_column text := nullif(TG_ARGV[1], '');
  left_out text[] := string_to_array(TG_ARGV[2], ',') || '{{version,created_at,updated_at}}'::text[];
  pairs text;
BEGIN
  IF an_actor = '' AND EXISTS (SELECT FROM rows_now) THEN
    RAISE EXCEPTION 'a write to % by nobody: the transaction has no actor', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO public.audit_event ({_COLUMNS})
    SELECT 'CHANGE', TG_OP, an_actor, an_organisation, a_request, (row_now ->> case_column)::uuid, (row_now ->> owner_column)::int,
      TG_TABLE_NAME, row_now ->> 'id', changes
    FROM (
      SELECT to_jsonb(b) AS before, to_jsonb(n) AS after, coalesce(to_jsonb(n), to_jsonb(b)) AS row_now
      FROM rows_before b FULL JOIN rows_now n USING (id) OFFSET 0
    ) AS both_rows
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) AS changes
      FROM jsonb_object_keys(row_now) AS key
      WHERE coalesce(before -> key, 'null') <> coalesce(after -> key, 'null') AND key <> ALL (left_out)
    ) AS found
    WHERE changes IS NOT NULL;
  ELSIF TG_OP = 'INSERT' AND EXISTS (SELECT FROM rows_now OFFSET many) THEN
    SELECT string_agg(format('%L || nullif(to_json(n.%I)::text, ''null'') || '']''', to_json(attname)::text || ':[null,', attname), ', ')
    INTO pairs
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> ALL (left_out);
    EXECUTE format($q$
      INSERT INTO public.audit_event ({_COLUMNS})
      SELECT 'CHANGE', 'INSERT', $1, $2, $3, %s::uuid, %s::int, $4, n.id::text,
        ('{{' || array_to_string(ARRAY[%s], ',') || '}}')::jsonb
      FROM rows_now n$q$,
      coalesce('n.' || quote_ident(case_column), 'NULL'), coalesce('n.' || quote_ident(owner_column), 'NULL'), pairs
    ) USING an_actor, an_organisation, a_request, TG_TABLE_NAME;
  ELSE
    INSERT INTO public.audit_event ({_COLUMNS})
    SELECT 'CHANGE', TG_OP, an_actor, an_organisation, a_request, (row_now ->> case_column)::uuid, (row_now ->> owner_column)::int,
      TG_TABLE_NAME, row_now ->> 'id', coalesce(changes, '{{}}')
    FROM (SELECT to_jsonb(n) AS row_now FROM rows_now n OFFSET 0) AS rows_alone
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(key, CASE TG_OP WHEN 'INSERT' THEN jsonb_build_array(NULL, value) ELSE jsonb_build_array(value, NULL) END)
        AS changes
      FROM jsonb_each(row_now) WHERE value <> 'null' AND key <> ALL (left_out)
    ) AS found;
  END IF;
  RETURN NULL;
END $f$;
REVOKE ALL ON FUNCTION audit_rows_changed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_rows_changed() TO app_owner;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM app_audit
"""  # noqa: S608 - names of ours

_TRIGGERS = "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = 'row_history'"
_DROP = "SET LOCAL ROLE app_audit; DROP FUNCTION audit_row_change(); RESET ROLE"


def exchange_triggers(apps, schema_editor):
    """Of every table there is; those made later, by whichever migration, get the new ones at once."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        for table, arguments in cursor.fetchall():
            owner, case, hidden = bytes(arguments).decode().split("\0")[:3]
            cursor.execute(f"DROP TRIGGER row_history ON {table}")
            for statement in keep_history(table, owner=owner, case=case, hidden=hidden):
                cursor.execute(statement)
        cursor.execute(_DROP)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_told_and_opened")]
    operations = [
        migrations.RunSQL(ROWS_CHANGED, migrations.RunSQL.noop),
        migrations.RunPython(exchange_triggers, migrations.RunPython.noop),
    ]
