"""Row security and history."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table


class Migration(migrations.Migration):
    dependencies = [("hosts", "0004_offers"), ("cases", "0002_guard")]
    operations = [
        guard_table("hosts_hostaddress", case="case_id"),
        guard_table("hosts_offeredproperty", case="case_id"),
        guard_table("hosts_sponsorship", case="case_id"),
    ]
