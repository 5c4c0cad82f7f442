"""Counters of tries, shared by every worker."""

from django.db import migrations

LIMITS = """
CREATE TABLE core_limit (
  key varchar(120) PRIMARY KEY,
  tries integer NOT NULL CHECK (tries >= 0),
  ends_at timestamptz NOT NULL
);
CREATE INDEX core_limit_ends ON core_limit (ends_at)
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(LIMITS, "DROP TABLE core_limit")]
