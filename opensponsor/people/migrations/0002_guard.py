"""Row security and history."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("cases", "0002_guard")]
    operations = [
        guard_table("people_household", case="case_id"),
        guard_table("people_person", case="case_id"),
        guard_table("people_householdmember", case="case_id"),
    ]
