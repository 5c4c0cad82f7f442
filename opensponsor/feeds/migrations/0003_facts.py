"""Rows as they were understood are kept beside the raw ones; everybody may know when a feed was last loaded."""

from django.db import migrations, models

# Loads belong to the body that brought them; their time is for everybody whose records came with them.
LAST_LOADED = """
CREATE FUNCTION feeds_last_loaded_at(a_feed text) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
  SELECT max(l.finished_at) FROM public.feeds_load l WHERE l.feed = a_feed AND l.status = 'LOADED'
$f$;
GRANT CREATE ON SCHEMA public TO app_ingest;
REVOKE ALL ON FUNCTION feeds_last_loaded_at(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION feeds_last_loaded_at(text) TO app_runtime;
ALTER FUNCTION feeds_last_loaded_at(text) OWNER TO app_ingest;
REVOKE CREATE ON SCHEMA public FROM app_ingest
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_guard"), ("cases", "0002_guard")]
    operations = [
        migrations.AddField("sourcerow", "facts", models.JSONField(default=dict)),
        migrations.AddField("sourcerow", "person_key", models.CharField(blank=True, db_collation="C", max_length=80)),
        migrations.AddIndex("sourcerow", models.Index(fields=["person_key"], name="source_row_person")),
        migrations.RunSQL(LAST_LOADED, migrations.RunSQL.noop),
    ]
