"""What a list costs: statements, constant in rows, and bytes."""

import contextlib

import brotli
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from opensponsor.identity.models import Organisation
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.reference import packaged
from opensponsor.reference.states import Nation
from tests import factories
from tests.web.browsing import signed_in

MOST_STATEMENTS = 10
MOST_BYTES = 80_000
MOST_COMPRESSED = 8_000


@contextlib.contextmanager
def counted():
    """The statements of a block on both connections."""
    with contextlib.ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in ("default", "outside")]
        statements = []
        yield statements
        statements += [query["sql"] for capture in captured for query in capture.captured_queries]


def is_read(sql):
    return not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))


@pytest.fixture
def council(db):
    return factories.organisation(name_en="Rhondda Cynon Taf County Borough Council")


@pytest.mark.parametrize("rows", [3, 60])
@pytest.mark.parametrize("of", ["own council", "county", "nation"])
def test_a_list_takes_few_statements_however_many_rows(council, rows, of):
    for number in range(rows):
        factories.household(council, f"Given{number} Family{number % 7}")
    reader = {
        "own council": lambda: factories.member(council, Role.CASEWORKER),
        "county": lambda: factories.member(factories.organisation(reaches=(council,)), Role.CASEWORKER),
        "nation": lambda: factories.member(
            factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"]),
            Role.NATIONAL_ADMINISTRATOR,
        ),
    }[of]()
    client = signed_in(reader)
    client.get("/households/")
    with counted() as statements:
        page = client.get("/households/")
    assert page.status_code == 200
    read = [sql for sql in statements if is_read(sql)]
    # A county chooses among its districts: one statement for their names.
    assert len(read) <= MOST_STATEMENTS + (of == "county"), "\n\n".join(read)


def test_fifty_rows_are_light(council):
    caseworker = factories.member(council, Role.CASEWORKER, full_name="Sara Lewis")
    for number in range(55):
        factories.household(
            council, f"Oleksandra{number} Kovalenko-Shevchenko{number}", case_assignee=caseworker,
            expected_on="2026-05-01", arrived_on="2026-05-02",
        )  # fmt: skip
    html = signed_in(caseworker).get("/households/").content
    assert html.count(b"<tr>") == 51
    assert (len(html), len(brotli.compress(html, quality=5))) <= (MOST_BYTES, MOST_COMPRESSED)
    assert len(brotli.compress(html, quality=5)) <= MOST_COMPRESSED


def english_councils():
    """Every council of England that receives people, called as it is."""
    today = [one for one in packaged.authorities() if one.nation == Nation.ENGLAND and one.period.end is None]
    with factories.writing():
        return Organisation.objects.bulk_create(
            Organisation(
                code=one.code.lower(), name_en=one.name_en, kind=OrganisationKind.AUTHORITY, realm=Realm.ENGLAND
            )
            for one in today
        )


def test_fifty_rows_of_a_nation_are_light_with_the_choice_of_all_its_councils(db):
    councils = english_councils()
    assert len(councils) > 300
    for number, council in enumerate(councils[:55]):
        factories.household(
            council,
            f"Oleksandra{number} Kovalenko-Shevchenko{number}",
            expected_on="2026-05-01",
            arrived_on="2026-05-02",
        )
    home = factories.organisation(OrganisationKind.CENTRAL_GOVERNMENT, reads_realms=["ENGLAND"])
    client = signed_in(factories.member(home, Role.NATIONAL_ADMINISTRATOR))
    html = client.get("/households/?status=OPEN&sort=-arrived_on").content
    assert (html.count(b"<tr>"), html.count(b"<option>")) == (51, len(councils))
    assert len(html) <= MOST_BYTES
    assert len(brotli.compress(html, quality=5)) <= MOST_COMPRESSED
