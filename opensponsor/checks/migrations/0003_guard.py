"""Row security and history."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("checks", "0002_initial"), ("cases", "0002_guard")]
    operations = [
        guard_table("checks_check", case="case_id"),
        guard_table("checks_checkssummary", case="case_id"),
    ]
