"""Files of the feeds, from bytes to records: a small country, files written from a few facts, and what came of them."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from opensponsor.core.actor import Actor, system_actor
from opensponsor.feeds.models import Load
from opensponsor.feeds.services import loads
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.reference.models import Authority, AuthorityName, Postcode, Succession
from opensponsor.reference.rules import names
from tests import factories

KEY = "application_unique_application_number"


@dataclass(frozen=True)
class Country:
    """`kent` is a county with the district `dover`; `york` was `selby` before; `cardiff` and `conwy` are in Wales."""

    kent: Organisation
    dover: Organisation
    york: Organisation
    cardiff: Organisation
    conwy: Organisation
    nobody: Organisation
    nobody_wales: Organisation
    ministry: Organisation
    wales: Organisation


def make_country() -> Country:
    """The authorities, their names, two postcodes, and the bodies that load feeds."""
    with factories.writing():
        kent = _authority("E10000016", "Kent", "ENGLAND", "COUNTY")
        dover = _authority("E07000108", "Dover", "ENGLAND", "DISTRICT", county=kent)
        york = _authority("E06000014", "York", "ENGLAND", "UNITARY")
        selby = _authority("E07000169", "Selby", "ENGLAND", "UNITARY", valid_to="2023-04-01")
        cardiff = _authority("W06000015", "Cardiff", "WALES", "UNITARY", name_cy="Caerdydd")
        conwy = _authority("W06000003", "Conwy", "WALES", "UNITARY")
        Succession.objects.create(predecessor=selby, successor=york, takes_over_on="2023-04-01", extent="WHOLE")
        Postcode.objects.create(postcode="CT161AA", lower_tier=dover, upper_tier=kent)
        Postcode.objects.create(postcode="CF101AA", lower_tier=cardiff)
    wales = {"realm": Realm.WALES, "reads_realms": [Realm.WALES]}
    return Country(
        *(_council(one) for one in (kent, dover, york, cardiff, conwy)),
        factories.organisation(OrganisationKind.UNASSIGNED, realm=Realm.ENGLAND, code="unassigned-england"),
        factories.organisation(OrganisationKind.UNASSIGNED, realm=Realm.WALES, code="unassigned-wales"),
        factories.organisation(
            OrganisationKind.CENTRAL_GOVERNMENT, code="mhclg", realm=Realm.ENGLAND, reads_realms=[Realm.ENGLAND]
        ),
        factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, code="welsh-government", **wales),
    )


def _authority(code: str, name: str, nation: str, tier: str, **fields: Any) -> Authority:
    kind = {"COUNTY": "COUNTY", "DISTRICT": "NON_METROPOLITAN_DISTRICT"}.get(tier, "UNITARY_AUTHORITY")
    made = Authority.objects.create(code=code, name_en=name, nation=nation, tier=tier, kind=kind, **fields)
    for one in filter(None, (made.name_en, made.name_cy)):
        AuthorityName.objects.create(authority=made, kind="ENGLISH", name=one, key=names.core(one))
    return made


def _council(authority: Authority) -> Organisation:
    return factories.organisation(
        realm=Realm(authority.nation), code=authority.code, name_en=authority.name_en, authority=authority
    )


def row(number: int, **fields: str) -> dict[str, str]:
    """An application to York by a household of its own, in the words of the daily file; `fields` by column."""
    return {
        KEY: f"3434-{number:08d}",
        "submission_guid": f"S{number}",
        "application_event_datetime": "2026-05-01 10:00:00",
        "ingestion_time": "2026-05-02 04:00:00",
        "visa_status": "Issued",
        "ltla_name": "York",
        "Q44b_given_name": "Olena",
        "Q44c_family_name": f"Koval {_letters(number)}",
        "Q11b_applicant_date_of_birth": "1990-01-02",
        "Q97a_sponsor_given_name": "Gwen",
        "Q97b_sponsor_family_name": f"Parry {_letters(number)}",
        "Q18b_sponsor_address_uk": "1 High Street, York, YO1 7EP",
        "Q101a_uk_address_staying": "1 High Street, York",
        "mapping_postcode": "YO1 7EP",
        "country": "England",
    } | fields


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def table(rows: list[dict[str, str]]) -> bytes:
    """The rows as CSV."""
    columns = list(dict.fromkeys(column for one in rows for column in one))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def offer(number: int, **fields: Any) -> dict[str, Any]:
    """An expression of interest from Cardiff."""
    return {
        "type": "eoi-v2",
        "reference": f"ABCD-{number:04d}",
        "version": "1",
        "created_at": "2026-04-01T10:00:00.000Z",
        "fullname": f"Gwen Parry {_letters(number)}",
        "email": "gwen@example.test",
        "phone_number": "07700900123",
        "residential_line_1": "1 Castle Street",
        "residential_town": "Cardiff",
        "residential_postcode": "CF10 1AA",
        "different_address": "no",
        "single_room_count": "1",
        "double_room_count": "2",
        "family_type": "adults_with_children",
        "step_free": "all",
        "allow_pet": "yes",
    } | fields


def lines(records: list[dict[str, Any]]) -> bytes:
    """The records as JSON Lines."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def job() -> Actor:
    """The platform itself, which brings files that nobody in particular brought."""
    return system_actor("feed")


def loader(at: Organisation) -> Actor:
    """Somebody who loads feeds for a government."""
    return factories.actor(at, Role.NATIONAL_ADMINISTRATOR)


def bring(content: bytes, *, actor: Actor | None = None, feed: Feed = Feed.APPLICATIONS) -> Load:
    """A file that was brought and read."""
    who = actor or job()
    with factories.as_actor(who):
        load = loads.bring(actor=who, feed=feed, file_name="file.csv", chunks=[content])
    with factories.restored():
        loads.read(load.pk)
    return fresh(load.pk)


def load(content: bytes, *, actor: Actor | None = None, feed: Feed = Feed.APPLICATIONS) -> Load:
    """A file that was brought, read, started and run; it may be held."""
    who = actor or job()
    found = bring(content, actor=who, feed=feed)
    if found.status != LoadStatus.READ:
        return found
    with factories.as_actor(who):
        loads.start(actor=who, load_id=found.pk, version=found.version)
    with factories.restored():
        loads.run(found.pk)
    return fresh(found.pk)


def put_back(load: Load, status: str) -> None:
    """Set the load to the status, its version as it is."""
    with factories.writing():
        Load.objects.filter(pk=load.pk).update(status=status)


def hand_on(case_id: UUID, old: Organisation, new: Organisation) -> None:
    """What the transfer of a case does in the database, for whoever acts now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.write_org_ids', %s, true)", [str(old.pk)])
        cursor.execute("SELECT transfer_case(%s, %s)", [case_id, new.pk])


def fresh(load_id: UUID) -> Load:
    """The load as it is now."""
    with factories.writing():
        return Load.objects.get(pk=load_id)


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the query gives the role that sees everything."""
    with factories.writing(), connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall()


def history(*, but: str = "feeds_load") -> int:
    """How many changes of rows the history knows, of other tables than that one."""
    [(count,)] = rows(f"SELECT count(*) FROM audit_event WHERE kind = 'CHANGE' AND table_name <> '{but}'")
    return int(count)


DUMP = {
    "household": "SELECT h.source_key, o.code, f.code, h.route, h.expected_on, h.arrived_on, c.title, c.sort_title,"
    " c.status, c.contact_centre_works FROM people_household h JOIN cases_case c ON c.id = h.case_id"
    " JOIN identity_organisation o ON o.id = c.owner_id AND h.owner_id = o.id"
    " JOIN identity_organisation f ON f.id = h.fed_owner_id",
    "person": "SELECT h.source_key, m.is_lead, p.given_names, p.family_name, p.search_name, p.birth_date, p.sex,"
    " p.email, p.phone, p.passport_number, p.source_key, p.fed::text, o.code FROM people_person p"
    " JOIN people_householdmember m ON m.person_id = p.id AND m.ends_on IS NULL"
    " JOIN people_household h ON h.id = m.household_id AND h.case_id = p.case_id"
    " JOIN identity_organisation o ON o.id = p.owner_id",
    "sponsor": "SELECT o.code, s.type, s.source, s.given_names, s.family_name, s.email, s.phone, s.status,"
    " s.home_address, s.home_postcode, s.source_key, s.fed::text, c.title, c.sort_title FROM hosts_sponsor s"
    " JOIN cases_case c ON c.id = s.case_id JOIN identity_organisation o ON o.id = s.owner_id",
    "address": "SELECT o.code, s.source_key, a.source_key, a.address, a.postcode, a.is_sponsors_home, p.status,"
    " p.offer_reference, p.single_rooms, p.double_rooms, p.family_type, p.available_from FROM hosts_hostaddress a"
    " JOIN hosts_sponsor s ON s.id = a.sponsor_id JOIN hosts_offeredproperty p ON p.address_id = a.id"
    " JOIN identity_organisation o ON o.id = a.owner_id",
    "sponsorship": "SELECT h.source_key, s.source_key, a.source_key FROM hosts_sponsorship x"
    " JOIN people_household h ON h.id = x.household_id JOIN hosts_sponsor s ON s.id = x.sponsor_id"
    " LEFT JOIN hosts_hostaddress a ON a.id = x.address_id WHERE x.ends_on IS NULL",
    "application": "SELECT a.uan, o.code, f.code, h.source_key, p.source_key, s.source_key, d.source_key, a.submission,"
    " a.route, a.visa_status, a.given_names, a.family_name, a.birth_date, a.event_at, a.ingested_at, a.arrived_at,"
    " a.arrives_on, a.proposed_address, a.lower_authority_name FROM visas_application a"
    " JOIN identity_organisation o ON o.id = a.owner_id JOIN identity_organisation f ON f.id = a.fed_owner_id"
    " LEFT JOIN people_household h ON h.case_id = a.case_id LEFT JOIN people_person p ON p.id = a.person_id"
    " LEFT JOIN hosts_sponsor s ON s.id = a.sponsor_id LEFT JOIN hosts_hostaddress d ON d.id = a.address_id",
    "source": "SELECT r.feed, r.key, o.code, r.raw::text FROM feeds_sourcerow r"
    " JOIN identity_organisation o ON o.id = r.owner_id",
    "summary": "SELECT h.source_key, x.status FROM checks_checkssummary x"
    " JOIN people_household h ON h.id = x.household_id",
}


def dump() -> dict[str, list[str]]:
    """Every record in its business columns, without ids, references, history and what is over."""
    return {name: sorted(map(repr, rows(query))) for name, query in DUMP.items()}
