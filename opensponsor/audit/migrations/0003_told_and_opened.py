"""What happened on a case and who opened it, found apart: a case is opened far more often than it is changed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seals")]
    operations = [
        migrations.RemoveIndex("event", "audit_event_case"),
        migrations.AddIndex(
            "event",
            models.Index(fields=["case_id", "-id"], condition=~Q(kind="ACCESS"), name="audit_event_case_told"),
        ),
        migrations.AddIndex(
            "event",
            models.Index(fields=["case_id", "-id"], condition=Q(kind="ACCESS"), name="audit_event_case_opened"),
        ),
    ]
