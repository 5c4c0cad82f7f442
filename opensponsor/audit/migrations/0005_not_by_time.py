"""Nothing asks for the lines of a time without more; each line paid for that it might."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_by_statement")]
    operations = [
        migrations.RunSQL("DROP INDEX audit_event_at", "CREATE INDEX audit_event_at ON audit_event USING brin (at)")
    ]
