"""A record and what is part of it are on one case: the part refers to both at once."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_record, may_have_parts


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_owner_of_the_case"),
    ]

    operations = [
        may_have_parts("people_household"),
        migrations.AlterField(
            model_name="householdmember",
            name="household",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="people.household",
            ),
        ),
        bind_to_record("people_householdmember", "household_id", "people_household"),
    ]
