"""The columns of many new rows are named in the order in which JSON keeps them, so that they need not be sorted per row."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("opensponsor.audit.migrations.0007_new_rows_as_they_are").ROWS_CHANGED
ROWS_CHANGED = _BEFORE.replace(
    "attname, attname), ', ')", "attname, attname), ', ' ORDER BY length(attname), attname COLLATE \"C\")"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_new_rows_as_they_are")]
    operations = [migrations.RunSQL(ROWS_CHANGED, _BEFORE)]
