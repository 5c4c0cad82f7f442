"""Files into temporary tables: every good row is staged, every bad one is named."""

import pytest
from django.db import connection

from opensponsor.feeds.staging import FileRefused, Staged, stage_applications, stage_offers

KEY = "application_unique_application_number"


@pytest.fixture
def staged(ingest):
    """`staged(content)` stages applications in a transaction of the job that reads files."""

    def stage(content, *, read=stage_applications, **options):
        if read is stage_applications:
            options.setdefault("is_live", True)
        return read([content if isinstance(content, bytes) else content.encode()], **options)

    with ingest():
        yield stage


def select(columns, table="feed_application", order="line"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM pg_temp.{table} ORDER BY {order}")
        return cursor.fetchall()


def rejects():
    return select("line, field, reason, value", "feed_reject", "line, field")


def test_a_table_is_staged(staged):
    result = staged(f"{KEY},visa_status,Q44b_given_name\n3434-1,Issued, Мар'яна \n3434-2,,\n")
    assert (result.rows, result.good, result.repeated) == (2, 2, 0)
    assert select("line, uan, submission, visa_status, given_names, route, event_at, raw") == [
        (
            2,
            "34341",
            "34341",
            "ISSUED",
            "Мар'яна",
            "IS",
            None,
            '{"visa_status": "Issued", "Q44b_given_name": " Мар\'яна ", "application_unique_application_number": "3434-1"}',
        ),
        (3, "34342", "34342", "MISSING", "", "IS", None, '{"application_unique_application_number": "3434-2"}'),
    ]
