"""Test processes share one cluster, and PostgreSQL counts transactions of all its databases together.

A transaction that another process has open would make seals here wait for it, which is right in an installation and
chance in a test.
"""

import pytest

WINDOW_OF_THIS_DATABASE = """
SELECT
  coalesce(
    (
      SELECT min(own.transactionid::text::bigint) FROM pg_locks own
      WHERE own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock' AND EXISTS (
        SELECT FROM pg_locks here JOIN pg_database d ON d.oid = here.database
        WHERE here.pid = own.pid AND d.datname = current_database()
      )
    ),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  ),
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""


@pytest.fixture(autouse=True)
def only_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let seals wait for transactions of this database alone."""
    monkeypatch.setattr("opensponsor.audit.services._WINDOW", WINDOW_OF_THIS_DATABASE)
