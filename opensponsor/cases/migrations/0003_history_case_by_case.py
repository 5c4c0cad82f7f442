"""Row security of the history asks for one case at a time.

With EXISTS the planner may read every case in reach first, to compare with a handful of lines: for a national body all of
them, on every record page. A scalar subquery is looked up by its key, line by line.
"""

from django.db import migrations

HISTORY = """
DROP POLICY history_of_case ON audit_event;
CREATE POLICY history_of_case ON audit_event FOR SELECT TO app_rw, app_one, app_national
  USING (case_id IS NOT NULL AND (SELECT true FROM cases_case c WHERE c.id = audit_event.case_id))
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard"), ("audit", "0003_told_and_opened")]
    operations = [migrations.RunSQL(HISTORY, migrations.RunSQL.noop)]
