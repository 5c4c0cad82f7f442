"""Row security and history."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_initial"), ("cases", "0002_guard")]
    operations = [
        guard_table("licensing_licence", case="case_id"),
    ]
