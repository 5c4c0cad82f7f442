"""Row security and history: a view and an export belong to a person, and a file to its export."""

from django.db import migrations

from opensponsor.core.rowsecurity import keep_history

MINE = "user_id::text = current_setting('app.user', true)"


def guard(table: str, whose: str) -> list[str]:
    """Row security that shows rows to one person only, in whichever organisation they act."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY ingest ON {table} TO app_ingest USING (true) WITH CHECK (true)",
        f"CREATE POLICY mine ON {table} TO app_rw, app_one, app_national USING ({whose}) WITH CHECK ({whose})",
    ]


OF_MY_EXPORT = f"EXISTS (SELECT FROM saved_views_export e WHERE e.id = export_id AND e.{MINE})"


class Migration(migrations.Migration):
    dependencies = [("saved_views", "0001_initial"), ("identity", "0002_guard"), ("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [
                *guard("saved_views_savedview", MINE),
                *guard("saved_views_export", MINE),
                *guard("saved_views_exportfile", OF_MY_EXPORT),
                *keep_history("saved_views_savedview"),
                *keep_history("saved_views_export", owner="organisation_id", hidden="names"),
            ],
            migrations.RunSQL.noop,
        ),
    ]
