"""The list of nations in the policies is read once a statement, and not once for every organisation there is."""

import re

from django.db import migrations

_POLICIES = "SELECT tablename, policyname, qual FROM pg_policies WHERE policyname = 'national_read'"
_LIST = re.compile(r"ANY \((string_to_array\(current_setting\('app\.read_realms'::text, true\), ','::text\))\)")


def read_once(apps, schema_editor):
    """In every table there is; those guarded later, by whichever migration, get such policies at once."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_POLICIES)
        for table, policy, condition in cursor.fetchall():
            new = _LIST.sub(r"ANY (((SELECT \1))::text[])", condition)
            if new != condition:
                cursor.execute(f"ALTER POLICY {policy} ON {table} USING ({new})")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_sound")]
    operations = [migrations.RunPython(read_once, migrations.RunPython.noop)]
