import pytest

from opensponsor.cases.rules.note_titles import initials_of, prefilled_title


@pytest.mark.rule("NOTE-003")
@pytest.mark.parametrize(
    ("organisation", "user", "expected"),
    [
        ("Conwy CC", "Sara Lewis", "Conwy CC – SL"),
        ("Ty Magor WC", "sara lewis", "Ty Magor WC – SL"),
        ("WNSU CC", "Siân ap Rhys", "WNSU CC – SAR"),
        ("Conwy CC", "Mari", "Conwy CC – M"),
    ],
)
def test_the_title_of_a_note_starts_with_the_team_and_the_initials(organisation: str, user: str, expected: str) -> None:
    assert prefilled_title(organisation, user) == expected


def test_a_long_name_of_an_organisation_still_fits() -> None:
    assert len(prefilled_title("x" * 200, "Sara Lewis")) == 120


def test_nobody_without_a_name_has_initials() -> None:
    assert initials_of("  ") == ""
