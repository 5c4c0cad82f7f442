"""The list of applicants: everybody who may travel, found by household, age, visa and name."""

import contextlib
import datetime as dt

import brotli
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from opensponsor.core import clock
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.visas.states import VisaStatus
from tests import factories
from tests.web.browsing import main_of, signed_in

LISTS = ["/applicants/", "/applications/"]


def years_ago(years, days=0):
    today = clock.today()
    return dt.date(today.year - years, today.month, min(today.day, 28)) + dt.timedelta(days=days)


@pytest.mark.rule("NAV-002", "APP-001")
def test_a_caseworker_sees_every_applicant_of_the_council(place):
    household = factories.household(place.council, "Olena Koval", case_reference="FAM000007", route="SS")
    child = factories.person(household, "Ivan Koval", birth_date=dt.date(2020, 5, 1), sex="MALE")
    factories.application(place.council, household, person=child, visa_status=VisaStatus.ARRIVED)
    factories.household(place.other, "Petro Stranger")
    page = place.get("/applicants/")
    words = main_of(page)
    assert "2 records" in words and "Olena Koval" in words and "Stranger" not in words
    assert "Ivan Koval FAM000007 1 May 2020" in words and "Arrived" in words and "Super sponsor" in words
    assert page.content.decode().count(f'href="/households/{household.case_id}/people/"') == 2
    assert place.get(f"/households/{household.case_id}/people/").status_code == 200


CASES = [
    ("", {"Olena", "Ivan", "Petro"}),
    ("?visa=ARRIVED", {"Ivan"}),
    ("?visa=ISSUED", {"Olena"}),
    ("?route=SS", {"Petro"}),
    ("?arrived=yes", {"Petro"}),
    ("?arrived=no", {"Olena", "Ivan"}),
    ("?under_18=yes", {"Ivan"}),
    ("?under_18=no", {"Olena"}),
    ("?status=CLOSED", {"Zoya"}),
    ("?status=", {"Olena", "Ivan", "Petro", "Zoya"}),
]


@pytest.mark.parametrize(("address", "expected"), CASES)
def test_filters(place, address, expected):
    first = factories.household(place.council, "Olena Koval", lead_birth_date=years_ago(18))
    child = factories.person(first, "Ivan Koval", birth_date=years_ago(18, days=40))
    factories.household(place.council, "Petro Bondar", route="SS", arrived_on=dt.date(2026, 5, 2))
    factories.household(place.council, "Zoya Bondar", case_status="CLOSED", case_closed_on=dt.date(2026, 5, 3))
    day = dt.datetime(2026, 3, 7, tzinfo=dt.UTC)
    factories.application(place.council, first, event_at=day)
    factories.application(
        place.council, first, event_at=day - dt.timedelta(days=1), visa_status=VisaStatus.PENDING, uan="Z999"
    )
    factories.application(place.council, first, person=child, visa_status=VisaStatus.ARRIVED)
    words = main_of(place.get(f"/applicants/{address}")).split()
    assert {name for name in ("Olena", "Ivan", "Petro", "Zoya") if name in words} == expected


def test_names_and_references_are_found(place):
    factories.household(place.council, "Olena Koval", case_reference="FAM000007")
    factories.household(place.council, "Мар'яна Щерба", case_reference="FAM000008")
    for names, expected in (("koval", "Olena"), ("shcherba", "Мар'яна"), ("fam000008", "Мар'яна"), ("val", "")):
        words = main_of(place.client.post("/applicants/find/", {"names": names}, follow=True))
        assert [name for name in ("Olena", "Мар'яна") if name in words] == ([expected] if expected else []), names


@pytest.mark.rule("ORG-030")
def test_an_analyst_reads_the_list_without_names_births_or_sex(place):
    household = factories.household(
        place.council, "Canary Quetzal", lead_birth_date=dt.date(1987, 6, 5), lead_sex="FEMALE"
    )
    factories.application(place.council, household)
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    client = signed_in(factories.member(at, Role.ANALYST))
    page = client.get("/applicants/?columns=title,birth_date,age,sex,visa_status&sort=title&under_18=yes")
    words = main_of(page)
    assert household.case.reference in words and "Issued" in words
    assert not [one for one in ("Canary", "Quetzal", "1987", "Born", "Female", "Under 18") if one in words]


def test_the_list_is_exported(place):
    factories.household(place.council, "Olena Koval", lead_birth_date=dt.date(1990, 1, 2))
    factories.household(place.other, "Petro Stranger")
    file = place.client.post("/applicants/export/", {"file_format": "CSV", "reason": "Claim"})
    text = file.content.decode("utf-8-sig")
    assert '"Olena Koval"' in text and "1990-01-02" in text and "Stranger" not in text


@contextlib.contextmanager
def counted():
    """The statements of a block on both connections, without what only marks places in a transaction."""
    with contextlib.ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in ("default", "outside")]
        statements = []
        yield statements
        found = [query["sql"] for capture in captured for query in capture.captured_queries]
        statements += [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]


def _rows(council, number):
    sponsor = factories.sponsor(council, "Gwenllian Parry-Williams")
    for one in range(number):
        household = factories.household(
            council,
            f"Oleksandra{one} Kovalenko-Shevchenko{one}",
            lead_birth_date=dt.date(1990, 1, 2),
            arrived_on=dt.date(2026, 5, 2),
        )
        factories.application(council, household, sponsor=sponsor)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("rows", [3, 60])
@pytest.mark.parametrize("is_national", [False, True])
def test_a_list_takes_few_statements_however_many_rows(place, address, rows, is_national):
    _rows(place.council, rows)
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    client = signed_in(factories.member(at, Role.NATIONAL_ADMINISTRATOR)) if is_national else place.client
    client.get(address)
    with counted() as statements:
        page = client.get(address)
    assert page.status_code == 200
    assert len(statements) <= 11, "\n\n".join(statements)


@pytest.mark.parametrize("address", LISTS)
def test_fifty_rows_are_light(place, address):
    _rows(place.council, 55)
    html = place.get(address).content
    assert html.count(b"<tr>") == 51
    assert (len(html) <= 80_000, len(brotli.compress(html, quality=5)) <= 8_000) == (True, True), len(
        brotli.compress(html, quality=5)
    )
