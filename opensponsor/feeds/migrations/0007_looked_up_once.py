"""What a load writes and has looked up itself is not looked up again, row by row, by PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0006_staged"), ("identity", "0003_accounts")]
    operations = [
        migrations.AlterField(
            "sourcerow",
            "load",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="feeds.load",
            ),
        ),
        migrations.AlterField(
            "sourcerow",
            "owner",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
    ]
