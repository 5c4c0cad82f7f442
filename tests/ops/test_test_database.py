"""What every other test relies on: the role it runs as, contexts that end, and real commits that are undone."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone


def _answer(statement: str, using: str = "default") -> tuple[object, ...]:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(("alias", "role"), [("default", "app_rw"), ("outside", "app_rw"), ("owner", "app_owner")])
def test_each_connection_has_its_role(alias, role):
    assert _answer("SELECT current_user", alias) == (role,)


def test_a_context_ends_with_its_block(ingest):
    with ingest():
        assert _answer("SELECT current_user, current_setting('app.user')") == ("app_ingest", "system:factory")
    assert _answer("SELECT current_user, current_setting('app.user', true)") == ("app_rw", "")


@pytest.mark.committed
@pytest.mark.parametrize("turn", [1, 2])
def test_commits_of_one_test_are_gone_in_the_next(turn):
    assert not Session.objects.exists()
    Session.objects.create(session_key=f"key{turn}", session_data="", expire_date=timezone.now())
    assert _answer("SELECT count(*) FROM django_session", "outside") == (1,)
