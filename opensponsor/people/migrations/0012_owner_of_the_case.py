"""Case and owner of a record refer to the case together, so that it never has another owner than its case."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_case


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_owner_of_the_case"),
        ("identity", "0003_accounts"),
        ("people", "0011_looked_up_once"),
    ]

    operations = [
        migrations.AlterField(
            model_name="household",
            name="case",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="household",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="household",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="householdmember",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="householdmember",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        bind_to_case("people_household"),
        bind_to_case("people_householdmember"),
        bind_to_case("people_person"),
    ]
