"""The numbers of households made here."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_guard")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE people_household_reference", "DROP SEQUENCE people_household_reference"),
    ]
