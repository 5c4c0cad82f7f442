"""The rows of a file are kept as they were staged; bytes are kept as they are, packing them would take too long."""

from django.db import migrations, models

KEEP_WHOLE = "ALTER TABLE feeds_loadpart ALTER COLUMN content SET STORAGE EXTERNAL"
PACK = "ALTER TABLE feeds_loadpart ALTER COLUMN content SET STORAGE EXTENDED"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0005_raw_as_they_are")]
    operations = [
        migrations.AddField("load", "staged", models.JSONField(default=dict)),
        migrations.AddField("loadpart", "is_staged", models.BooleanField(default=False)),
        migrations.RemoveConstraint("loadpart", "load_part_once"),
        migrations.AddConstraint(
            "loadpart",
            models.UniqueConstraint(
                fields=("load", "is_staged", "number"),
                name="load_part_once",
                violation_error_message="This part of the file is there already.",
            ),
        ),
        migrations.RunSQL(KEEP_WHOLE, PACK),
    ]
