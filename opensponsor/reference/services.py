"""The loaders of the register. Each may be run again; each runs as the job of its own name, in one transaction."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from opensponsor.core import bulk
from opensponsor.core.periods import Period
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system
from opensponsor.reference import packaged
from opensponsor.reference.postcode_directory import Directory, open_directory
from opensponsor.reference.rules import names
from opensponsor.reference.states import NameKind

# A directory older or newer than the register by one reorganisation stays far below; another country's file does not.
_UNKNOWN_LIMIT = 0.05

_UPSERT_AUTHORITIES = """
INSERT INTO reference_authority AS kept (code, name_en, name_cy, nation, tier, kind, county_id, valid_from, valid_to)
SELECT code, name_en, name_cy, nation, tier, kind, county, valid_from::date, valid_to::date
FROM pg_temp.staged_authority
ON CONFLICT (code) DO UPDATE SET
  (name_en, name_cy, nation, tier, kind, county_id, valid_from, valid_to) = (excluded.name_en, excluded.name_cy,
   excluded.nation, excluded.tier, excluded.kind, excluded.county_id, excluded.valid_from, excluded.valid_to)
WHERE (kept.name_en, kept.name_cy, kept.nation, kept.tier, kept.kind, kept.county_id, kept.valid_from, kept.valid_to)
  IS DISTINCT FROM (excluded.name_en, excluded.name_cy, excluded.nation, excluded.tier, excluded.kind,
   excluded.county_id, excluded.valid_from, excluded.valid_to)
"""

_FORGET_NAMES = """
DELETE FROM reference_authorityname AS kept WHERE NOT EXISTS
  (SELECT FROM pg_temp.staged_name AS new WHERE new.authority = kept.authority_id AND new.name = kept.name)
"""

_UPSERT_NAMES = """
INSERT INTO reference_authorityname AS kept (authority_id, kind, name, key)
SELECT authority, kind, name, key FROM pg_temp.staged_name
ON CONFLICT (authority_id, name) DO UPDATE SET (kind, key) = (excluded.kind, excluded.key)
WHERE (kept.kind, kept.key) IS DISTINCT FROM (excluded.kind, excluded.key)
"""

_FORGET_SUCCESSIONS = """
DELETE FROM reference_succession AS kept WHERE NOT EXISTS
  (SELECT FROM pg_temp.staged_succession AS new
   WHERE new.predecessor = kept.predecessor_id AND new.successor = kept.successor_id)
"""

_UPSERT_SUCCESSIONS = """
INSERT INTO reference_succession AS kept (predecessor_id, successor_id, takes_over_on, extent)
SELECT predecessor, successor, takes_over_on::date, extent FROM pg_temp.staged_succession
ON CONFLICT (predecessor_id, successor_id) DO UPDATE SET
  (takes_over_on, extent) = (excluded.takes_over_on, excluded.extent)
WHERE (kept.takes_over_on, kept.extent) IS DISTINCT FROM (excluded.takes_over_on, excluded.extent)
"""

_UPSERT_HUBS = """
INSERT INTO reference_arrivalhub AS kept (code, name_en, name_cy, valid_from, valid_to)
SELECT code, name_en, name_cy, valid_from::date, valid_to::date FROM pg_temp.staged_hub
ON CONFLICT (code) DO UPDATE SET
  (name_en, name_cy, valid_from, valid_to) =
  (excluded.name_en, excluded.name_cy, excluded.valid_from, excluded.valid_to)
WHERE (kept.name_en, kept.name_cy, kept.valid_from, kept.valid_to)
  IS DISTINCT FROM (excluded.name_en, excluded.name_cy, excluded.valid_from, excluded.valid_to)
"""

# The county comes from the register, so that there is one truth about it.
_UPSERT_POSTCODES = """
INSERT INTO reference_postcode AS kept (postcode, lower_tier_id, upper_tier_id)
SELECT DISTINCT ON (staged.postcode) staged.postcode, known.code, known.county_id
FROM pg_temp.staged_postcode AS staged JOIN reference_authority AS known ON known.code = staged.authority
WHERE known.tier <> 'COUNTY'
ORDER BY staged.postcode, known.code
ON CONFLICT (postcode) DO UPDATE SET
  (lower_tier_id, upper_tier_id) = (excluded.lower_tier_id, excluded.upper_tier_id)
WHERE (kept.lower_tier_id, kept.upper_tier_id) IS DISTINCT FROM (excluded.lower_tier_id, excluded.upper_tier_id)
"""

_COUNT_UNKNOWN = """
SELECT count(*) FROM pg_temp.staged_postcode AS staged
WHERE NOT EXISTS (SELECT FROM reference_authority WHERE code = staged.authority AND tier <> 'COUNTY')
"""

_COUNT_OTHER_COUNTY = """
SELECT count(*)
FROM pg_temp.staged_postcode AS staged JOIN reference_authority AS known ON known.code = staged.authority
WHERE staged.county LIKE 'E10%' AND staged.county IS DISTINCT FROM known.county_id
"""


@dataclass(frozen=True, slots=True)
class LoadedRegister:
    """Rows added, changed or removed; all 0 when the register was up to date."""

    authorities: int
    names: int
    successions: int
    hubs: int

    def __str__(self) -> str:
        return (
            f"{self.authorities} authorities, {self.names} names, {self.successions} successions,"
            f" {self.hubs} arrival hubs"
        )


@dataclass(frozen=True, slots=True)
class LoadedPostcodes:
    """Rows read, rows added or changed, and rows left out with the reason.

    `other_county` counts rows whose county in the file differs from the register's, which won.
    """

    read: int
    changed: int
    malformed: int
    without_authority: int
    unknown_authority: int
    other_county: int

    def __str__(self) -> str:
        return (
            f"{self.read} rows read, {self.changed} postcodes added or changed. Left out: {self.malformed} without a"
            f" postcode, {self.without_authority} without an authority, {self.unknown_authority} with an authority that"
            f" is not in the register. {self.other_county} with another county than the register's, which was kept."
        )


def load_authorities() -> LoadedRegister:
    """Bring the register to what comes with the code: authorities, their names, successions, arrival hubs."""
    with as_system("load-authorities"):
        return LoadedRegister(_load_authorities(), _load_names(), _load_successions(), _load_hubs())


def load_postcodes(path: Path) -> LoadedPostcodes:
    """Bring the postcodes to those of a published directory: its CSV, or the zip file that holds it.

    Postcodes that the directory does not name are kept. Raises Refused when the file is none, or is for other areas
    than the register's.
    """
    with open_directory(path) as directory, as_system("load-postcodes"):
        bulk.take_minutes(30)
        bulk.fill("staged_postcode", ("postcode", "authority", "county"), directory.rows())
        unknown = bulk.number(_COUNT_UNKNOWN)
        _check_directory(path, directory, unknown)
        return LoadedPostcodes(
            read=directory.read,
            changed=bulk.run(_UPSERT_POSTCODES),
            malformed=directory.malformed,
            without_authority=directory.without_authority,
            unknown_authority=unknown,
            other_county=bulk.number(_COUNT_OTHER_COUNTY),
        )


def load_demo_postcodes() -> LoadedPostcodes:
    """Load the few made-up postcodes of the demonstration."""
    return load_postcodes(packaged.DATA / "demo_postcodes.csv")


def _check_directory(path: Path, directory: Directory, unknown: int) -> None:
    if directory.usable == 0:
        raise Refused(_("%(file)s holds no postcode with a local authority. Nothing was loaded.") % {"file": path.name})
    if unknown > directory.usable * _UNKNOWN_LIMIT:
        raise Refused(
            _(
                "%(unknown)s of the %(all)s postcodes in %(file)s name an authority that is not in the register. Load"
                " the authorities first, or use an edition of the directory that fits this version. Nothing was loaded."
            )
            % {"unknown": unknown, "all": directory.usable, "file": path.name}
        )


def _load_authorities() -> int:
    columns = ("code", "name_en", "name_cy", "nation", "tier", "kind", "county", "valid_from", "valid_to")
    rows = [
        (row.code, row.name_en, row.name_cy, row.nation, row.tier, row.kind, row.county, *_days(row.period))
        for row in packaged.authorities()
    ]
    bulk.fill("staged_authority", columns, rows)
    return bulk.run(_UPSERT_AUTHORITIES)


def _load_names() -> int:
    rows = [(code, NameKind.OTHER, name, names.fold(name)) for code, name in packaged.other_names()]
    for authority in packaged.authorities():
        rows.append((authority.code, NameKind.ENGLISH, authority.name_en, names.core(authority.name_en)))
        if authority.name_cy and authority.name_cy != authority.name_en:
            rows.append((authority.code, NameKind.WELSH, authority.name_cy, names.core(authority.name_cy)))
    bulk.fill("staged_name", ("authority", "kind", "name", "key"), rows)
    return bulk.run(_FORGET_NAMES) + bulk.run(_UPSERT_NAMES)


def _load_successions() -> int:
    rows = [(row.predecessor, row.successor, row.on.isoformat(), row.extent) for row in packaged.successions()]
    bulk.fill("staged_succession", ("predecessor", "successor", "takes_over_on", "extent"), rows)
    return bulk.run(_FORGET_SUCCESSIONS) + bulk.run(_UPSERT_SUCCESSIONS)


def _load_hubs() -> int:
    rows = [(row.code, row.name_en, row.name_cy, *_days(row.period)) for row in packaged.arrival_hubs()]
    bulk.fill("staged_hub", ("code", "name_en", "name_cy", "valid_from", "valid_to"), rows)
    return bulk.run(_UPSERT_HUBS)


def _days(period: Period) -> tuple[str | None, str | None]:
    return _text(period.start), _text(period.end)


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
