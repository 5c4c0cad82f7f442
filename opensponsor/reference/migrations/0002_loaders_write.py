"""Everybody reads the register; only the loaders write it."""

from django.db import migrations

TABLES = "reference_authority, reference_authorityname, reference_succession, reference_postcode, reference_arrivalhub"


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {TABLES} FROM app_runtime",
                f"GRANT INSERT, UPDATE, DELETE ON {TABLES} TO app_ingest",
            ],
            [
                f"REVOKE INSERT, UPDATE, DELETE ON {TABLES} FROM app_ingest",
                f"GRANT INSERT, UPDATE, DELETE ON {TABLES} TO app_runtime",
            ],
        )
    ]
