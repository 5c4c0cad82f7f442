"""A raw row belongs to the owner of what was made from it: when that is handed over, the old owner keeps no raw row."""

from django.db import migrations

# The transfer runs as the role of the feeds, and the trigger within it does too.
FOLLOW = """
CREATE FUNCTION feeds_row_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $f$
BEGIN
  IF TG_TABLE_NAME = 'visas_application' THEN
    UPDATE public.feeds_sourcerow SET owner_id = NEW.owner_id, version = version + 1
    WHERE feed = 'APPLICATIONS' AND key = NEW.uan AND owner_id <> NEW.owner_id;
  ELSIF NEW.offer_reference <> '' THEN
    UPDATE public.feeds_sourcerow SET owner_id = NEW.owner_id, version = version + 1
    WHERE feed = 'OFFERS' AND key = NEW.offer_reference AND owner_id <> NEW.owner_id;
  END IF;
  RETURN NULL;
END $f$;
CREATE TRIGGER raw_row_follows AFTER UPDATE OF owner_id ON visas_application FOR EACH ROW
  WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION feeds_row_follows();
CREATE TRIGGER raw_row_follows AFTER UPDATE OF owner_id ON hosts_offeredproperty FOR EACH ROW
  WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION feeds_row_follows()
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0003_facts"), ("visas", "0002_guard"), ("hosts", "0005_guard_offers")]
    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
