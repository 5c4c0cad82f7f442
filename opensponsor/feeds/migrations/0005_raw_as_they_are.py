"""Raw rows are kept as they are: of a first load, packing each took longer than making its household."""

from django.db import migrations

# A row of both is three or four kilobytes; up to this length PostgreSQL neither packs a column nor puts it elsewhere.
KEEP_WHOLE = "ALTER TABLE feeds_sourcerow SET (toast_tuple_target = 8160)"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0004_rows_follow")]
    operations = [migrations.RunSQL(KEEP_WHOLE, "ALTER TABLE feeds_sourcerow RESET (toast_tuple_target)")]
