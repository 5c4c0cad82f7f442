"""Applications without a household can be given to a council."""

import django.db.models.deletion
from django.db import migrations, models

# Beside `transfer_case`: what hangs on no case yet. Runs as the role that may change an owner.
GIVE = """
CREATE FUNCTION visas_give_applications(a_submission text, an_owner int, a_new_owner int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
BEGIN
  IF (an_owner = ANY (string_to_array(current_setting('app.write_org_ids', true), ',')::int[])) IS NOT TRUE THEN
    RAISE EXCEPTION 'no such applications' USING ERRCODE = '42501';
  END IF;
  UPDATE public.visas_application
  SET owner_id = a_new_owner, given_to_id = a_new_owner, version = version + 1, updated_at = now()
  WHERE submission = a_submission AND case_id IS NULL AND owner_id = an_owner;
END $f$;
GRANT CREATE ON SCHEMA public TO app_ingest;
REVOKE ALL ON FUNCTION visas_give_applications(text, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visas_give_applications(text, int, int) TO app_runtime;
ALTER FUNCTION visas_give_applications(text, int, int) OWNER TO app_ingest;
REVOKE CREATE ON SCHEMA public FROM app_ingest
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("visas", "0003_list_orders")]
    operations = [
        migrations.AddField(
            model_name="application",
            name="given_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.RunSQL(GIVE, migrations.RunSQL.noop),
    ]
