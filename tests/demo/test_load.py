"""The demo comes through the importer, once, and goes on where a killed start left it."""

import pytest
from django.db import connection

from opensponsor.cases.models import Case, Note, Task
from opensponsor.checks.models import Check, ChecksSummary
from opensponsor.checks.states import CheckStatus
from opensponsor.core.rowsecurity import acting, as_system
from opensponsor.demo import feeds, load
from opensponsor.demo.accounts import CARDIFF, DOVER, GWYNEDD, LEEDS
from opensponsor.demo.generator.sizes import of_households
from opensponsor.feeds.models import Load, Reject
from opensponsor.feeds.states import LoadStatus
from opensponsor.licensing.models import Licence
from opensponsor.people.models import Household, Person
from opensponsor.visas.models import Application

SMALL = of_households(30)


def state():
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        counts = [model.objects.count() for model in (Household, Person, Application, Case, Check, Load, Licence)]
        return cursor.fetchone()[0], *counts


FILES = {
    ("applications-1.csv", LoadStatus.LOADED),
    ("applications-2.csv", LoadStatus.READ),
    ("offers-1.jsonl", LoadStatus.LOADED),
}
# Where a start is killed, in the order of the work.
KILLED_IN = [
    (feeds, "_postcodes"),
    (feeds.loads, "bring"),
    (feeds.loads, "read"),
    (feeds.loads, "start"),
    (feeds.loads, "run"),
    (load, "_licences"),
]


def killed(*arguments, **names):
    raise KeyboardInterrupt


def test_what_the_feed_brought_is_worked_on(db):
    load.load(SMALL)
    with as_system("test"):
        fed = Household.objects.exclude(source_key="")
        assert {CARDIFF, DOVER, GWYNEDD, LEEDS} <= set(fed.values_list("owner__code", flat=True))
        assert Note.objects.filter(case__household__in=fed).exists()
        assert Task.objects.filter(case__household__in=fed).exists()
        assert Case.objects.filter(household__in=fed).exclude(assignee=None).exists()
        assert Household.objects.filter(source_key="").exists()
        assert CheckStatus.PASSED in set(Check.objects.values_list("status", flat=True))
        assert ChecksSummary.objects.values("status").distinct().count() > 1
        assert not Reject.objects.exists()
    with acting(load._actor("admin@wales.example", load.clock.today())) as actor:
        visible = Load.objects.visible_to(actor)
        assert set(visible.values_list("file_name", "status")) == FILES
        assert visible.get(status=LoadStatus.READ).counts["new"] > 0


def test_a_start_that_was_killed_goes_on_and_another_changes_nothing(db, monkeypatch):
    size = of_households(8)
    for module, name in KILLED_IN:
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(module, name, killed)
            load.load(size)
    load.load(size)
    after = state()
    load.load(size)
    assert state() == after
    with as_system("test"):
        assert set(Load.objects.values_list("file_name", "status")) == FILES
        assert Licence.objects.count() == 4
