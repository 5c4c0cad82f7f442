"""Which addresses belong to an organisation."""

import pytest

from opensponsor.identity.rules.addresses import belongs, normalised


@pytest.mark.rule("ORG-015")
@pytest.mark.parametrize(
    ("address", "domains", "expected"),
    [
        ("mari@council.example", ["council.example"], True),
        ("Mari@COUNCIL.example ", ["council.example"], True),
        ("mari@council.example", ["@Council.Example"], True),
        ("mari@council.example", ["other.example", "council.example"], True),
        ("mari@council.example", [], True),
        ("mari@other.example", ["council.example"], False),
        ("mari@not-council.example", ["council.example"], False),
        ("mari@council.example.org", ["council.example"], False),
        ("mari@mail.council.example", ["council.example"], False),
        ("council.example@other.example", ["council.example"], False),
        ("mari", ["council.example"], False),
    ],
)
def test_the_whole_domain_must_agree(address, domains, expected):
    assert belongs(address, domains) is expected


def test_an_address_is_kept_in_one_spelling():
    assert normalised("  Mari.Evans@Council.Example ") == "mari.evans@council.example"
