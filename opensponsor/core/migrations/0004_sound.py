"""How a name sounds, for columns that PostgreSQL keeps beside names: `opensponsor.core.names.sound_form` says the rule."""

from django.db import migrations

_HEARD = """translate(
  replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(' ' || a_name || ' ',
    'shch', 's'), 'szcz', 's'), 'sch', 's'), 'sh', 's'), 'sz', 's'), 'zh', 'z'),
    'tch', 'k'), 'ch', 'k'), 'cz', 'k'), 'ts', 'k'), 'kh', 'h'),
    'gh', 'h'), 'ph', 'f'), 'th', 't'), 'x', 'ks'),
    'wgcqaeiouyj', 'vhkkaaaaaaa')"""
# Twice, for up to four of them. An expression with a reference back takes ten times as long.
_SINGLE = _HEARD
for _letter in "bdfhklmnprstvz" * 2:
    _SINGLE = f"replace({_SINGLE}, '{_letter * 2}', '{_letter}')"

# A generated column is not made again when its function changes: another rule takes another function and new columns.
SOUND = f"""
CREATE FUNCTION core_sound(a_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace({_SINGLE},
  ' a', ' _'), 'a', ''), ' _', ' a')
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_read_once")]
    operations = [migrations.RunSQL(SOUND, "DROP FUNCTION core_sound(text)")]
