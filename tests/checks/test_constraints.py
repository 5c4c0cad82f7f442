"""What can never be false of a check, whatever the code does."""

import pytest
from django.db import IntegrityError, transaction

from opensponsor.checks.models import Check
from tests import factories
from tests.checks.place import TODAY, Hosting


def _keep(hosting: Hosting, type_: str, **fields: object) -> None:
    of = hosting.household if type_ in ("SUITABLE", "ARRIVED") else hosting.sponsor
    with factories.writing():
        Check.objects.create(type=type_, case_id=of.case_id, owner_id=of.owner_id, **fields)


def _subject(hosting: Hosting, *names: str) -> dict[str, object]:
    return {name: getattr(hosting, name) for name in names}


@pytest.mark.parametrize(
    ("constraint", "type_", "subject", "fields"),
    [
        ("check_has_its_subject", "EXISTS", ("sponsor",), {}),
        ("check_has_its_subject", "SPONSOR", ("address",), {}),
        ("check_has_its_subject", "SUITABLE", ("address",), {}),
        ("check_has_its_subject", "ARRIVED", (), {}),
        ("check_outcome_has_a_date", "EXISTS", ("address",), {"status": "PASSED"}),
        (
            "check_failure_has_a_reason",
            "SUITABLE",
            ("address", "household"),
            {"status": "FAILED", "checked_on": TODAY},
        ),
        (
            "check_other_reason_is_told",
            "SPONSOR",
            ("sponsor",),
            {"status": "FAILED", "checked_on": TODAY, "failure_reason": "OTHER"},
        ),
        ("check_passed_sponsor_has_a_level", "SPONSOR", ("sponsor",), {"status": "PASSED", "checked_on": TODAY}),
    ],
)
def test_the_database_refuses(
    hosting: Hosting, constraint: str, type_: str, subject: tuple[str, ...], fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _keep(hosting, type_, **_subject(hosting, *subject), **fields)


@pytest.mark.parametrize(
    ("type_", "subject"),
    [
        ("EXISTS", ("address",)),
        ("SPONSOR", ("sponsor",)),
        ("SUITABLE", ("address", "household")),
        ("ARRIVED", ("household",)),
    ],
)
def test_a_subject_has_one_check_of_each_type(hosting: Hosting, type_: str, subject: tuple[str, ...]) -> None:
    _keep(hosting, type_, **_subject(hosting, *subject))
    with pytest.raises(IntegrityError, match="check_once_per_subject"), transaction.atomic():
        _keep(hosting, type_, **_subject(hosting, *subject))


def test_a_household_that_did_not_arrive_fails_without_a_reason(hosting: Hosting) -> None:
    _keep(hosting, "ARRIVED", household=hosting.household, status="FAILED", checked_on=TODAY)
