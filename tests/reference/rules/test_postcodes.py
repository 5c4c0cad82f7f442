"""Postcodes as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensponsor.reference.rules.postcodes import display, is_valid, normalise

INWARD = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)
OUTWARD = st.from_regex(
    r"[A-PR-UWYZ]([0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRV-Y])", fullmatch=True
)


@pytest.mark.parametrize(
    ("written", "stored", "shown"),
    [
        ("CF10 3NQ", "CF103NQ", "CF10 3NQ"),
        ("cf103nq", "CF103NQ", "CF10 3NQ"),
        ("  sa1   1aa ", "SA11AA", "SA1 1AA"),
        ("SA1\u00a01AA", "SA11AA", "SA1 1AA"),
        ("M1 1AE", "M11AE", "M1 1AE"),
        ("W1A 0AX", "W1A0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A1BB", "EC1A 1BB"),
        ("DN55 1PT", "DN551PT", "DN55 1PT"),
        ("GIR 0AA", "GIR0AA", "GIR 0AA"),
    ],
)
def test_written_stored_and_shown(written, stored, shown):
    assert normalise(written) == stored
    assert display(stored) == shown


@pytest.mark.parametrize(
    "written",
    [
        "",
        "CF10",
        "CF10 3",
        "10 3NQ",
        "CF10 3NQX",
        "QF10 3NQ",
        "CI10 3NQ",
        "CF10 3CQ",
        "CF10 3OQ",
        "0A1 1AA",
        "CF１0 3NQ",
        "SA1;1AA",
    ],
)
def test_no_postcode(written):
    assert normalise(written) is None
    assert not is_valid(written)


@given(OUTWARD, INWARD, st.sampled_from(["", " ", "  ", "\t", "-"]), st.booleans())
def test_however_it_is_written_it_is_stored_once(outward, inward, gap, lower):
    written = outward + gap + inward
    stored = normalise(written.lower() if lower else written)
    assert stored == outward + inward
    assert display(stored) == f"{outward} {inward}"
    assert normalise(display(stored)) == stored


@given(st.text(max_size=12))
def test_any_text_is_refused_or_stored_in_one_form(text):
    stored = normalise(text)
    assert stored is None or (normalise(stored) == stored and len(stored) <= 7)
