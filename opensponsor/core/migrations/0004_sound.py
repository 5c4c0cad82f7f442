"""How a name sounds, for columns that PostgreSQL keeps beside names: `opensponsor.core.names.sound_form` says the rule."""

from django.db import migrations

# A generated column is not made again when its function changes: another rule takes another function and new columns.
SOUND = r"""
CREATE FUNCTION core_sound(a_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(regexp_replace(translate(
  replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(' ' || a_name || ' ',
    'shch', 's'), 'szcz', 's'), 'sch', 's'), 'sh', 's'), 'sz', 's'), 'zh', 'z'),
    'tch', 'k'), 'ch', 'k'), 'cz', 'k'), 'ts', 'k'), 'kh', 'h'),
    'gh', 'h'), 'ph', 'f'), 'th', 't'), 'x', 'ks'),
    'wgcqaeiouyj', 'vhkkaaaaaaa'), '(.)\1+', '\1', 'g'),
  ' a', ' _'), 'a', ''), ' _', ' a')
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_read_once")]
    operations = [migrations.RunSQL(SOUND, "DROP FUNCTION core_sound(text)")]
