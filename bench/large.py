"""A database of the size of a nation, or smaller: loaded through the importer, then worked on by councils.

OPENSPONSOR_BENCH_SIZE is S, M (about 20,000 people), L (213,000), or a number of households, who then live in the few
councils of the demo. It is thrown away afterwards, unless OPENSPONSOR_BENCH_KEEP names a folder, where the next run
finds it again.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opensponsor.ops.cluster import DATABASE, SUPERUSER, Cluster, short_folder

SIZE = os.environ.get("OPENSPONSOR_BENCH_SIZE", "M")

# Households have had up to seven hosts before, at other addresses of their council.
_FORMER_HOSTS = """
WITH offered AS (
  SELECT id, sponsor_id, owner_id, row_number() OVER (PARTITION BY owner_id ORDER BY id) - 1 AS place,
    count(*) OVER (PARTITION BY owner_id) AS many
  FROM hosts_hostaddress
), hosted AS (
  SELECT id, case_id, owner_id, row_number() OVER (PARTITION BY owner_id ORDER BY id) AS place FROM people_household
)
INSERT INTO hosts_sponsorship (id, case_id, owner_id, household_id, sponsor_id, address_id, starts_on, ends_on, version,
  created_at, updated_at)
SELECT gen_random_uuid(), h.case_id, h.owner_id, h.id, o.sponsor_id, o.id, CURRENT_DATE - 400 - 30 * n,
  CURRENT_DATE - 380 - 30 * n, 1, now(), now()
FROM hosted h CROSS JOIN generate_series(1, abs(hashtext(h.id::text)) % 8) n
JOIN offered o ON o.owner_id = h.owner_id AND o.place = (h.place * 7 + n * 13) % o.many
"""
# Every subject has a check; how far each is depends on its id alone, so that every run measures the same.
_BEGIN = """
INSERT INTO checks_check (id, case_id, owner_id, type, sponsor_id, address_id, household_id, status, dbs_level,
  failure_reason, comment, version, created_at, updated_at)
SELECT gen_random_uuid(), case_id, owner_id, type, sponsor_id, address_id, household_id, 'IN_PROGRESS', '', '', '',
  1, now(), now()
FROM (
  SELECT case_id, owner_id, 'EXISTS' AS type, NULL::uuid AS sponsor_id, id AS address_id, NULL::uuid AS household_id
    FROM hosts_hostaddress
  UNION ALL SELECT case_id, owner_id, 'SPONSOR', id, NULL, NULL FROM hosts_sponsor
  UNION ALL SELECT case_id, owner_id, 'ARRIVED', NULL, NULL, id FROM people_household
  UNION ALL SELECT DISTINCT s.case_id, h.owner_id, 'SUITABLE', NULL::uuid, s.address_id, s.household_id
    FROM hosts_sponsorship s JOIN people_household h ON h.id = s.household_id
    WHERE s.address_id IS NOT NULL
) subjects
ON CONFLICT DO NOTHING
"""
# Nine in ten pass, one in thirty fails, the others wait.
_FINISH = """
UPDATE checks_check SET version = 2, updated_at = now(),
  status = CASE WHEN chance < 27 THEN 'PASSED' ELSE 'FAILED' END,
  checked_on = CURRENT_DATE - 30 - chance,
  dbs_level = CASE WHEN type = 'SPONSOR' THEN 'ENHANCED' ELSE '' END,
  failure_reason = CASE WHEN chance < 27 OR type = 'ARRIVED' THEN ''
    ELSE CASE type WHEN 'EXISTS' THEN 'NOT_RESIDENTIAL' WHEN 'SPONSOR' THEN 'NO_RESPONSE' ELSE 'OVERCROWDED' END END
FROM (SELECT id AS of_id, abs(hashtext(coalesce(sponsor_id, address_id, household_id)::text || type)) % 30 AS chance
  FROM checks_check) chances
WHERE id = of_id AND chance < 28 AND status = 'IN_PROGRESS'
"""
_NOTES = """
INSERT INTO cases_note (id, case_id, owner_id, kind, title, body, author_name, author_team, is_pinned, removal_reason,
  version, created_at, updated_at)
SELECT gen_random_uuid(), c.id, c.owner_id, 'CASE_NOTE', 'Telephone call ' || n,
  'Spoke to the family about school places, the doctor and the bus. They are well and ask about work.',
  'A colleague', 'Council', false, '', 1, now() - make_interval(days => n), now()
FROM (SELECT id, owner_id, row_number() OVER (PARTITION BY owner_id ORDER BY id) AS place FROM cases_case
  WHERE kind = 'HOUSEHOLD') c, generate_series(1, 30) n
WHERE c.place <= 5
"""


@contextmanager
def loaded() -> Iterator[Cluster]:
    """The running cluster with everything in it; DATABASE_URL is that of the runtime role, and Django is up."""
    kept = os.environ.get("OPENSPONSOR_BENCH_KEEP")
    base = Path(kept or tempfile.mkdtemp(prefix="os-bench-", dir=short_folder()))
    base.mkdir(exist_ok=True)
    base.chmod(0o755)
    var = base / f"var-{SIZE}"
    os.environ |= {"OPENSPONSOR_VAR": str(var), "OPENSPONSOR_ENVIRONMENT": "demo"}
    try:
        from opensponsor.ops.environment import application

        with application() as cluster:
            if cluster is None:
                raise SystemExit("  Unset DATABASE_URL: this fills a database of its own.")
            _fill(cluster, done=var / "filled")
            yield cluster
    finally:
        if not kept:
            shutil.rmtree(base, ignore_errors=True)


def _fill(cluster: Cluster, done: Path) -> None:
    from django.core.management import call_command

    from opensponsor.ops import translations
    from opensponsor.ops.static import collect

    translations.compile_changed()
    collect()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    if not done.exists():
        _load()
    # What the server would do by itself within minutes: free what updates left behind, and count anew.
    with cluster.connect(database=DATABASE) as connection:
        connection.execute("VACUUM ANALYZE")
    done.touch()


def _load() -> None:
    from opensponsor.checks.services import summaries
    from opensponsor.core import bulk
    from opensponsor.core.rowsecurity import as_system
    from opensponsor.demo import load
    from opensponsor.demo.generator.sizes import SIZES, of_households

    began = time.monotonic()
    load.load(of_households(int(SIZE)) if SIZE.isdecimal() else SIZES[SIZE])
    with as_system("bench"):
        bulk.take_minutes(60)
        bulk.run(_FORMER_HOSTS)
        begun, finished, noted = bulk.run(_BEGIN), bulk.run(_FINISH), bulk.run(_NOTES)
    summaries.refresh_all()
    print(f"  size {SIZE} in {time.monotonic() - began:.0f} s; checks: {begun}, outcomes: {finished}, notes: {noted}")


def as_superuser(cluster: Cluster) -> dict[str, Any]:
    """Django's settings for the database without row security, as the floor reads it."""
    from opensponsor.config.environment import database

    return database(cluster.url(SUPERUSER), pooled=True)
