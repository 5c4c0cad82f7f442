"""Row security; the history of a load without the name of its file. Raw rows follow their loads and have none."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial"), ("identity", "0002_guard"), ("audit", "0001_initial")]
    operations = [
        guard_table("feeds_load", hidden="file_name"),
        guard_table("feeds_loadpart", with_history=False),
        guard_table("feeds_reject", with_history=False),
        guard_table("feeds_sourcerow", with_history=False),
    ]
