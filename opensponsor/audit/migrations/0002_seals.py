"""History cannot be rewritten unnoticed: nobody changes it, and seals show it if somebody does."""

import django.contrib.postgres.fields
from django.db import migrations, models

# Holds for the owner of the tables too. A superuser can switch triggers off; the seals are there for that.
APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $f$
BEGIN
  RAISE EXCEPTION 'history is never changed: % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $f$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()
"""

# Only system jobs read and add seals; what they add is worth nothing without the key.
RIGHTS = """
REVOKE ALL ON audit_seal FROM app_runtime;
GRANT SELECT, INSERT ON audit_seal TO app_ingest
"""

# A change of a row is recorded by the row trigger alone, so that nobody can pretend one.
RECORD = """
GRANT CREATE ON SCHEMA public TO app_audit;
SET LOCAL ROLE app_audit;
CREATE OR REPLACE FUNCTION audit_record(
  a_kind text, a_code text, a_actor text, an_organisation int, a_request text, a_case uuid, an_owner int, a_table text, a_row text, a_detail jsonb
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
BEGIN
  IF a_kind NOT IN ('EVENT', 'ACCESS') THEN
    RAISE EXCEPTION 'only the row trigger records changes of rows' USING ERRCODE = '42501';
  END IF;
  INSERT INTO public.audit_event (kind, code, actor, organisation_id, request_id, case_id, owner_id, table_name, row_id, detail)
  VALUES (
    a_kind, a_code, a_actor, an_organisation, coalesce(nullif(a_request, ''), current_setting('app.request', true), ''),
    a_case, an_owner, a_table, a_row, a_detail
  );
END $f$;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM app_audit
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("is_restored", models.BooleanField(default=False)),
                ("base_id", models.BigIntegerField()),
                ("xid_from", models.BigIntegerField()),
                ("xid_to", models.BigIntegerField()),
                ("xid_next", models.BigIntegerField()),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("hashes", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("digest", models.BinaryField()),
                ("signature", models.BinaryField()),
            ],
            options={"db_table": "audit_seal", "ordering": ["number"]},
        ),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
