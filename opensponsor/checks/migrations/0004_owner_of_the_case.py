"""Case and owner of a record refer to the case together, so that it never has another owner than its case."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_case


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_owner_of_the_case"),
        ("checks", "0003_guard"),
        ("identity", "0003_accounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="check",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="check",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="checkssummary",
            name="case",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks_summary",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="checkssummary",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        bind_to_case("checks_check"),
        bind_to_case("checks_checkssummary"),
    ]
