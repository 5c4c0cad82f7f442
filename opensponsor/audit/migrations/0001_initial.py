"""The history: one append-only table that the runtime may read and only two functions may write."""

from django.db import migrations, models

COLUMNS = """
ALTER TABLE audit_event
  ALTER COLUMN at SET DEFAULT clock_timestamp(),
  ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_event_at ON audit_event USING brin (at);
CREATE INDEX audit_event_xid ON audit_event (xid)
"""

# The functions belong to a role that may insert here and nothing else; the runtime may only call them.
RECORD = """
CREATE FUNCTION audit_record(
  a_kind text, a_code text, a_actor text, an_organisation int, a_request text, a_case uuid, an_owner int, a_table text, a_row text, a_detail jsonb
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
  INSERT INTO public.audit_event (kind, code, actor, organisation_id, request_id, case_id, owner_id, table_name, row_id, detail)
  VALUES (
    a_kind, a_code, a_actor, an_organisation, coalesce(nullif(a_request, ''), current_setting('app.request', true), ''),
    a_case, an_owner, a_table, a_row, a_detail
  )
$f$
"""

ROW_CHANGE = """
CREATE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
DECLARE
  an_actor text := coalesce(current_setting('app.user', true), '');
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
  row_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
  changes jsonb;
BEGIN
  IF an_actor = '' THEN
    RAISE EXCEPTION 'a write to % by nobody: the transaction has no actor', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  SELECT jsonb_object_agg(key, jsonb_build_array(b.value, a.value)) INTO changes
  FROM jsonb_each(before) b FULL JOIN jsonb_each(after) a USING (key)
  WHERE coalesce(a.value, 'null') IS DISTINCT FROM coalesce(b.value, 'null')
    AND key NOT IN ('version', 'created_at', 'updated_at')
    AND key <> ALL (string_to_array(TG_ARGV[2], ','));
  IF changes IS NULL AND TG_OP = 'UPDATE' THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.audit_event (kind, code, actor, organisation_id, request_id, case_id, owner_id, table_name, row_id, detail)
  VALUES (
    'CHANGE', TG_OP, an_actor, nullif(nullif(current_setting('app.organisation', true), ''), '0')::int,
    coalesce(current_setting('app.request', true), ''),
    (row_now ->> nullif(TG_ARGV[1], ''))::uuid, (row_now ->> nullif(TG_ARGV[0], ''))::int,
    TG_TABLE_NAME, row_now ->> 'id', coalesce(changes, '{}'::jsonb)
  );
  RETURN NULL;
END $f$
"""

RIGHTS = """
GRANT USAGE, CREATE ON SCHEMA public TO app_audit;
REVOKE ALL ON FUNCTION audit_record(text, text, text, int, text, uuid, int, text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_record(text, text, text, int, text, uuid, int, text, text, jsonb) TO app_runtime;
ALTER FUNCTION audit_record(text, text, text, int, text, uuid, int, text, text, jsonb) OWNER TO app_audit;
ALTER FUNCTION audit_row_change() OWNER TO app_audit;
REVOKE CREATE ON SCHEMA public FROM app_audit;
REVOKE ALL ON audit_event FROM app_runtime;
GRANT SELECT ON audit_event TO app_runtime;
GRANT INSERT ON audit_event TO app_audit;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY write ON audit_event FOR INSERT TO app_audit WITH CHECK (true);
CREATE POLICY ingest ON audit_event FOR SELECT TO app_ingest USING (true);
CREATE POLICY own_organisation ON audit_event FOR SELECT TO app_rw, app_one, app_national USING (
  organisation_id = nullif(current_setting('app.organisation', true), '')::int AND (case_id IS NULL OR kind = 'ACCESS')
)
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("EVENT", "What a service did, in the caseworker's terms"),
                            (
                                "CHANGE",
                                "A row inserted, updated or deleted, written by the row trigger",
                            ),
                            (
                                "ACCESS",
                                "A record opened, a list, search or export, a sign-in, a refusal",
                            ),
                        ],
                        max_length=6,
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("actor", models.CharField(max_length=60)),
                ("organisation_id", models.IntegerField(null=True)),
                ("request_id", models.CharField(max_length=36)),
                ("case_id", models.UUIDField(null=True)),
                ("owner_id", models.IntegerField(null=True)),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.CharField(max_length=60)),
                ("detail", models.JSONField()),
            ],
            options={
                "db_table": "audit_event",
                "indexes": [
                    models.Index(fields=["case_id", "-id"], name="audit_event_case"),
                    models.Index(fields=["actor", "-id"], name="audit_event_actor"),
                    models.Index(
                        fields=["table_name", "row_id", "-id"], name="audit_event_row"
                    ),
                ],
            },
        ),
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(ROW_CHANGE, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
