"""Case and owner of a record refer to the case together, so that it never has another owner than its case."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_case


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_owner_of_the_case"),
        ("identity", "0003_accounts"),
        ("licensing", "0004_list_orders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="licence",
            name="case",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="licence",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="licence",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        bind_to_case("licensing_licence"),
    ]
