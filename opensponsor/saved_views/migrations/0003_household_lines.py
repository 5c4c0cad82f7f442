"""What lists of households filter, sort and find by, in one table that PostgreSQL keeps beside the records."""

import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from opensponsor.core.rowsecurity import guard_table

# From the records to the line, for the cases that the query in the middle gives.
_FILL = """
INSERT INTO public.saved_views_householdline
  (id, owner_id, status, reference, sort_title, search_sound, opened_on, assignee_id, route, is_complex, expected_on, arrived_on, checks)
SELECT c.id, c.owner_id, c.status, c.reference, c.sort_title, c.search_sound, c.opened_on, c.assignee_id,
  h.route, h.is_complex, h.expected_on, h.arrived_on, coalesce(s.status, 'REQUIRED')
FROM {households} h JOIN public.cases_case c ON c.id = h.case_id
LEFT JOIN public.checks_checkssummary s ON s.case_id = c.id
"""

# By key, whether one row changed or all of them: the plan is made once for both.
_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
AS $f$ BEGIN {statement}; RETURN NULL; END $f$
"""

_BORN = _FILL.format(households="rows_now")
_CASE = """
UPDATE public.saved_views_householdline l
SET (owner_id, status, reference, sort_title, search_sound, opened_on, assignee_id)
  = (c.owner_id, c.status, c.reference, c.sort_title, c.search_sound, c.opened_on, c.assignee_id)
FROM rows_now c
WHERE l.id = c.id AND (l.owner_id, l.status, l.reference, l.sort_title, l.opened_on, l.assignee_id)
  IS DISTINCT FROM (c.owner_id, c.status, c.reference, c.sort_title, c.opened_on, c.assignee_id)
"""
_HOUSEHOLD = """
UPDATE public.saved_views_householdline l
SET (route, is_complex, expected_on, arrived_on) = (h.route, h.is_complex, h.expected_on, h.arrived_on)
FROM rows_now h
WHERE l.id = h.case_id AND (l.route, l.is_complex, l.expected_on, l.arrived_on)
  IS DISTINCT FROM (h.route, h.is_complex, h.expected_on, h.arrived_on)
"""
_GONE = "DELETE FROM public.saved_views_householdline l USING rows_before h WHERE l.id = h.case_id"
_CHECKS = """
UPDATE public.saved_views_householdline l SET checks = s.status
FROM rows_now s WHERE l.id = s.case_id AND l.checks <> s.status
"""

_NOW, _BEFORE = "NEW TABLE AS rows_now", "OLD TABLE AS rows_before"
# The function, what it does, the tables and events that it follows, and the rows that it reads.
_FOLLOWED = (
    ("saved_views_household_born", _BORN, ("people_household INSERT",), _NOW),
    ("saved_views_household_changed", _HOUSEHOLD, ("people_household UPDATE",), _NOW),
    ("saved_views_household_gone", _GONE, ("people_household DELETE",), _BEFORE),
    ("saved_views_case_changed", _CASE, ("cases_case UPDATE",), _NOW),
    ("saved_views_checks_changed", _CHECKS, ("checks_checkssummary INSERT", "checks_checkssummary UPDATE"), _NOW),
)


def _follow() -> list[str]:
    statements = []
    for name, statement, followed, rows in _FOLLOWED:
        statements.append(_FUNCTION.format(name=name, statement=statement))
        for table, event in (one.split() for one in followed):
            statements.append(
                f"CREATE TRIGGER household_line_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    return statements


_READ = ("cases_case", "people_household", "checks_checkssummary", "saved_views_householdline")
# The owner of the tables sees no row of theirs but here, where the lines of the households there are come from.
_FILL_ALL = [
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in _READ),
    _FILL.format(households="public.people_household"),
    *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in _READ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_sound"),
        ("checks", "0003_guard"),
        ("core", "0004_sound"),
        ("identity", "0003_accounts"),
        ("people", "0010_list_orders_beside"),
        ("saved_views", "0002_guard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdLine",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_column="id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("status", models.CharField(max_length=6)),
                ("reference", models.CharField(max_length=30)),
                ("sort_title", models.CharField(db_collation="C", max_length=200)),
                ("search_sound", models.TextField(db_collation="C")),
                ("opened_on", models.DateField()),
                ("route", models.CharField(max_length=2)),
                ("is_complex", models.BooleanField()),
                ("expected_on", models.DateField(null=True)),
                ("arrived_on", models.DateField(null=True)),
                ("checks", models.CharField(max_length=11)),
                (
                    "assignee",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="identity.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "sort_title", "case"], name="household_line_owner"),
                    models.Index(fields=["sort_title", "case"], name="household_line_title"),
                    models.Index(fields=["reference", "case"], name="household_line_reference"),
                    models.Index(fields=["opened_on", "case"], name="household_line_opened"),
                    models.Index(fields=["checks", "status"], name="household_line_checks"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("expected_on", datetime.date(9999, 12, 31)),
                        models.F("case"),
                        name="household_line_expected_first",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("expected_on", datetime.date(1, 1, 1)),
                        models.F("case"),
                        name="household_line_expected_last",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("arrived_on", datetime.date(9999, 12, 31)),
                        models.F("case"),
                        name="household_line_arrived_first",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("arrived_on", datetime.date(1, 1, 1)),
                        models.F("case"),
                        name="household_line_arrived_last",
                    ),
                ],
            },
        ),
        guard_table("saved_views_householdline", case="id", with_history=False),
        migrations.RunSQL(_follow(), migrations.RunSQL.noop),
        migrations.RunSQL(_FILL_ALL, migrations.RunSQL.noop),
    ]
