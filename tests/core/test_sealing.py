"""Sealed values open only with the key, for their purpose, and unchanged."""

import pytest

from opensponsor.core import sealing


def test_what_was_sealed_opens_and_is_not_readable() -> None:
    sealed = sealing.seal("JBSWY3DPEHPK3PXP", purpose="second factor")
    assert sealing.unseal(sealed, purpose="second factor") == "JBSWY3DPEHPK3PXP"
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert sealing.seal("JBSWY3DPEHPK3PXP", purpose="second factor") != sealed


def test_it_does_not_open_for_another_purpose_or_when_changed() -> None:
    sealed = sealing.seal("secret", purpose="second factor")
    changed = sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB")
    for value, purpose in [
        (sealed, "bank account"),
        (changed, "second factor"),
        ("secret", "second factor"),
        ("s1.", "x"),
    ]:
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(value, purpose=purpose)


def test_a_former_key_still_opens_and_an_unknown_one_does_not(settings) -> None:
    sealed = sealing.seal("secret", purpose="second factor")
    former = settings.FIELD_KEY
    settings.FIELD_KEY = "n" * 40
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed, purpose="second factor")
    settings.FIELD_KEY_FALLBACKS = [former]
    assert sealing.unseal(sealed, purpose="second factor") == "secret"
