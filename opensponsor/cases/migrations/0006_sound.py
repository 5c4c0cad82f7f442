"""How the title of a case sounds; PostgreSQL works it out, for the rows there are as well."""

from django.db import migrations, models

from opensponsor.core.rowsecurity import keep_history

_STOP = "".join(f"DROP TRIGGER row_history_{event} ON cases_case;" for event in ("insert", "update", "delete"))
# The history says how the title changed, and need not say how its sound did.
_HISTORY = _STOP + ";".join(keep_history("cases_case", owner="owner_id", case="id", hidden="search_sound"))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_by_statement"),
        ("cases", "0005_requests_about_rows"),
        ("core", "0004_sound"),
    ]
    operations = [
        migrations.AddField(
            model_name="case",
            name="search_sound",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("sort_title", function="core_sound"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.RunSQL(_HISTORY, migrations.RunSQL.noop),
    ]
