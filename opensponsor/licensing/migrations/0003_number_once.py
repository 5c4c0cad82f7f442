"""A licence number exists once, whoever holds the licence. The number is the reference of the case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("licensing", "0002_guard")]
    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX licence_number_once ON cases_case (reference) WHERE kind = 'LICENCE'",
            "DROP INDEX licence_number_once",
        ),
    ]
