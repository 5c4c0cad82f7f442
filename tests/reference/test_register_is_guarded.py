"""Everybody reads the register, only the loaders write it, and the database keeps it sound."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import translation

from opensponsor.core.rowsecurity import as_system
from opensponsor.reference import services
from opensponsor.reference.models import ArrivalHub, Authority, Succession

pytestmark = pytest.mark.django_db

TABLES = [
    "reference_authority",
    "reference_authorityname",
    "reference_succession",
    "reference_postcode",
    "reference_arrivalhub",
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("role", ["app_rw", "app_one", "app_national"])
def test_what_the_runtime_may_do(table, role):
    with connection.cursor() as cursor:
        for privilege, expected in [
            ("SELECT", True),
            ("INSERT", False),
            ("UPDATE", False),
            ("DELETE", False),
            ("TRUNCATE", False),
        ]:
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege])
            assert cursor.fetchone() == (expected,), privilege


def test_a_write_outside_a_loader_is_refused_by_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE app_one")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ArrivalHub.objects.create(code="DOVER", name_en="Dover", name_cy="Dofr")


@pytest.fixture
def register():
    services.load_authorities()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"valid_from": dt.date(2024, 1, 1), "valid_to": dt.date(2024, 1, 1)}, "authority_period_holds_a_day"),
        ({"county_id": None}, "authority_district_has_county"),
        ({"tier": "UNITARY"}, "authority_district_has_county"),
    ],
)
def test_an_authority_that_cannot_be_is_refused(register, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Authority.objects.filter(code="E07000178").update(**change)


def test_other_constraints(register):
    same = Authority.objects.get(code="W06000015")
    with pytest.raises(IntegrityError, match="succession_between_two_codes"), transaction.atomic():
        Succession.objects.create(predecessor=same, successor=same, takes_over_on=dt.date(2024, 1, 1), extent="WHOLE")
    known = Succession.objects.get(predecessor_id="E07000026")
    with pytest.raises(IntegrityError, match="succession_once"), transaction.atomic():
        Succession.objects.create(
            predecessor_id="E07000026",
            successor_id=known.successor_id,
            takes_over_on=dt.date(2024, 1, 1),
            extent="PART",
        )
    with pytest.raises(IntegrityError, match="authority_name_once"), transaction.atomic():
        same.names.create(kind="OTHER", name="Cardiff", key="cardiff")
    with pytest.raises(IntegrityError, match="arrival_hub_period_holds_a_day"), transaction.atomic():
        ArrivalHub.objects.filter(code="HOLYHEAD").update(valid_from=dt.date(2024, 1, 2), valid_to=dt.date(2024, 1, 1))


def test_a_page_in_welsh_shows_the_welsh_name(register):
    swansea, oxford = Authority.objects.get(code="W06000011"), Authority.objects.get(code="E07000178")
    assert (str(swansea), str(oxford)) == ("Swansea", "Oxford")
    with translation.override("cy"):
        assert (str(swansea), str(oxford)) == ("Abertawe", "Oxford")
        assert str(ArrivalHub.objects.get(code="HOLYHEAD")) == "Porthladd Caergybi"


def test_the_loaders_write_as_jobs_of_their_own():
    with as_system("load-authorities"), connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_setting('app.user')")
        assert cursor.fetchone() == ("app_ingest", "system:load-authorities")
