"""The numbers of sponsors and hosts entered here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hosts", "0002_guard")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE hosts_sponsor_reference", "DROP SEQUENCE hosts_sponsor_reference"),
    ]
