"""The numbers of households that came with a feed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_from_feeds")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE people_fam_reference", "DROP SEQUENCE people_fam_reference"),
    ]
