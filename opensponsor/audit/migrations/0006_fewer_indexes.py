"""A line pays for the indexes that somebody asks: a change for that of its row, a look at a record for who looked."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_not_by_time")]
    operations = [
        migrations.RemoveIndex("event", "audit_event_actor"),
        migrations.RemoveIndex("event", "audit_event_row"),
        migrations.AddIndex(
            "event",
            models.Index(fields=["actor", "-id"], condition=Q(kind="ACCESS"), name="audit_event_opened_by"),
        ),
        migrations.AddIndex(
            "event", models.Index(fields=["row_id", "-id"], condition=Q(kind="CHANGE"), name="audit_event_changed")
        ),
    ]
