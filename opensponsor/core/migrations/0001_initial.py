"""What stands below every table: the guard of owners, and the cache that all workers share."""

from django.db import migrations

REFUSE_NEW_OWNER = """
CREATE FUNCTION core_refuse_new_owner() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $f$
BEGIN
  IF current_user <> 'app_ingest' THEN
    RAISE EXCEPTION 'the owner of a row in % changes only by a transfer', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $f$
"""

CACHE = """
CREATE TABLE core_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires)
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(REFUSE_NEW_OWNER, "DROP FUNCTION core_refuse_new_owner()"),
        migrations.RunSQL(CACHE, "DROP TABLE core_cache"),
    ]
