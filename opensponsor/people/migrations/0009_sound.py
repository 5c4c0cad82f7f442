"""How the name of a person sounds; PostgreSQL works it out, for the rows there are as well."""

from django.db import migrations, models

from opensponsor.core.rowsecurity import keep_history

_STOP = "".join(f"DROP TRIGGER row_history_{event} ON people_person;" for event in ("insert", "update", "delete"))
# The history says how the name changed, and need not say how its sound did.
_HISTORY = _STOP + ";".join(keep_history("people_person", owner="owner_id", case="case_id", hidden="search_sound"))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_by_statement"),
        ("people", "0008_inactive_people"),
        ("core", "0004_sound"),
    ]
    operations = [
        migrations.AddField(
            model_name="person",
            name="search_sound",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("search_name", function="core_sound"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.RunSQL(_HISTORY, migrations.RunSQL.noop),
    ]
