"""A record and what is part of it are on one case: the part refers to both at once."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_record


class Migration(migrations.Migration):
    dependencies = [
        ("checks", "0004_owner_of_the_case"),
        ("people", "0013_parts_of_a_record"),
    ]

    operations = [
        migrations.AlterField(
            model_name="checkssummary",
            name="household",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks_summary",
                to="people.household",
            ),
        ),
        bind_to_record("checks_checkssummary", "household_id", "people_household"),
    ]
