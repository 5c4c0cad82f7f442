"""The rows of a file are kept as they were staged, until they are loaded."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import guard_table

# A row is three or four kilobytes; up to this length PostgreSQL neither packs a column nor puts it elsewhere.
KEEP_WHOLE = "ALTER TABLE feeds_stagedrow SET (toast_tuple_target = 8160)"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0005_raw_as_they_are"), ("identity", "0003_accounts")]
    operations = [
        migrations.AddField("load", "staged", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField()),
                ("raw", models.JSONField()),
                ("known", models.JSONField()),
                (
                    "load",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="feeds.load",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.organisation",
                    ),
                ),
            ],
        ),
        guard_table("feeds_stagedrow", with_history=False),
        migrations.RunSQL(KEEP_WHOLE, migrations.RunSQL.noop),
    ]
