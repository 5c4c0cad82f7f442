"""A record and what is part of it are on one case: the part refers to both at once."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_record, may_have_parts


class Migration(migrations.Migration):
    dependencies = [
        ("hosts", "0007_owner_of_the_case"),
        ("people", "0013_parts_of_a_record"),
    ]

    operations = [
        may_have_parts("hosts_sponsor"),
        may_have_parts("hosts_hostaddress"),
        migrations.AlterField(
            model_name="hostaddress",
            name="sponsor",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addresses",
                to="hosts.sponsor",
            ),
        ),
        migrations.AlterField(
            model_name="offeredproperty",
            name="address",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offer",
                to="hosts.hostaddress",
            ),
        ),
        migrations.AlterField(
            model_name="sponsorship",
            name="household",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sponsorships",
                to="people.household",
            ),
        ),
        bind_to_record("hosts_hostaddress", "sponsor_id", "hosts_sponsor"),
        bind_to_record("hosts_offeredproperty", "address_id", "hosts_hostaddress"),
        bind_to_record("hosts_sponsorship", "household_id", "people_household"),
    ]
