"""Row security and history."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("visas", "0001_initial"), ("cases", "0002_guard")]
    operations = [
        guard_table("visas_application", case="case_id"),
    ]
