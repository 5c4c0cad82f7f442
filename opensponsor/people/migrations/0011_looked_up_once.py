"""What a load writes and has looked up itself is not looked up again, row by row, by PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0010_list_orders_beside"), ("identity", "0003_accounts")]
    operations = [
        migrations.AlterField(
            "household",
            "fed_owner",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
    ]
