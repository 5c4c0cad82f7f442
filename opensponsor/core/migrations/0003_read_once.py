"""The lists of organisations and shared cases in the policies are read once a statement, and not once a row."""

import re

from django.db import migrations

_POLICIES = """
SELECT tablename, policyname, qual FROM pg_policies WHERE policyname IN ('many_read', 'shared_read') AND qual !~ 'SELECT'
"""
_LIST = re.compile(
    r"\(string_to_array\(current_setting\('app\.(?:shared_case_ids|read_org_ids)'::text, true\), ','::text\)\)"
    r"::(uuid|integer)\[\]"
)


def read_once(apps, schema_editor):
    """In every table there is; those guarded later, by whichever migration, get such policies at once."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_POLICIES)
        for table, policy, condition in cursor.fetchall():
            new = _LIST.sub(r"((SELECT \g<0>)::\1[])", condition)
            if new != condition:
                cursor.execute(f"ALTER POLICY {policy} ON {table} USING ({new})")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_limits")]
    operations = [migrations.RunPython(read_once, migrations.RunPython.noop)]
