"""Lists are sorted by the dates of a household where all else stands that they filter and sort by."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0009_sound")]
    operations = [
        migrations.RemoveIndex(model_name="household", name=name)
        for name in (
            "household_expected_first",
            "household_expected_last",
            "household_arrived_first",
            "household_arrived_last",
        )
    ]
