"""Of a new row the history has the values alone, under a code of its own: there is nothing before them.

Lines that were written before stay as they are, with a pair for each column, under the code INSERT.
"""

from django.db import migrations

_COLUMNS = "kind, code, actor, organisation_id, request_id, case_id, owner_id, table_name, row_id, detail"

# As before, but for new rows. Of many, as a feed brings them, the columns are named in a statement made for the table,
# which takes half the time; for a few, making and planning it would take longer than it saves. What either writes is the
# same: a value that is null, in SQL or in JSON, is left out.
ROWS_CHANGED = f"""
GRANT CREATE ON SCHEMA public TO app_audit;
SET LOCAL ROLE app_audit;
CREATE OR REPLACE FUNCTION audit_rows_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
DECLARE
  many CONSTANT int := 50;
  an_actor text := coalesce(current_setting('app.user', true), '');
  an_organisation int := nullif(nullif(current_setting('app.organisation', true), ''), '0')::int;
  a_request text := coalesce(current_setting('app.request', true), '');
  owner_column text := nullif(TG_ARGV[0], '');
  case_column text := nullif(TG_ARGV[1], '');
  left_out text[] := string_to_array(TG_ARGV[2], ',') || '{{version,created_at,updated_at}}'::text[];
  named text;
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
    SELECT string_agg(format(CASE atttypid WHEN 'jsonb'::regtype THEN '%L: nullif(n.%I, ''null'')' ELSE '%L: n.%I' END, attname, attname), ', ')
    INTO named
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> ALL (left_out);
    EXECUTE format($q$
      INSERT INTO public.audit_event ({_COLUMNS})
      SELECT 'CHANGE', 'NEW', $1, $2, $3, %s::uuid, %s::int, $4, n.id::text, JSON_OBJECT(%s ABSENT ON NULL RETURNING jsonb)
      FROM rows_now n$q$,
      coalesce('n.' || quote_ident(case_column), 'NULL'), coalesce('n.' || quote_ident(owner_column), 'NULL'), named
    ) USING an_actor, an_organisation, a_request, TG_TABLE_NAME;
  ELSE
    INSERT INTO public.audit_event ({_COLUMNS})
    SELECT 'CHANGE', CASE TG_OP WHEN 'INSERT' THEN 'NEW' ELSE TG_OP END, an_actor, an_organisation, a_request,
      (row_now ->> case_column)::uuid, (row_now ->> owner_column)::int, TG_TABLE_NAME, row_now ->> 'id', coalesce(told, '{{}}')
    FROM (SELECT to_jsonb(n) AS row_now FROM rows_now n OFFSET 0) AS rows_alone
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(key, CASE TG_OP WHEN 'INSERT' THEN value ELSE jsonb_build_array(value, NULL) END) AS told
      FROM jsonb_each(row_now) WHERE value <> 'null' AND key <> ALL (left_out)
    ) AS found;
  END IF;
  RETURN NULL;
END $f$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM app_audit
"""  # noqa: S608 - names of ours


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_fewer_indexes")]
    operations = [migrations.RunSQL(ROWS_CHANGED, migrations.RunSQL.noop)]
