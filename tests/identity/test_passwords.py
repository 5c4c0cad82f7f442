"""Passwords: long, not guessable, not leaked, otherwise free."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from opensponsor.identity import passwords
from opensponsor.identity.models import User
from opensponsor.identity.rules import password_strength

MARI = User(email="mari.evans@cardiff.example", full_name="Mari Evans")


def refusals(password: str, user: User | None = MARI) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "penknife gravel tulip bench",
        "kind-harbour-lantern-27",
        "xK9#mQ2$vL5@nR8",
        "blwyddyn newydd dda i chi",
        "тихий човен пливе рікою",
        "no capitals no figures whatsoever",
        "a" + "bcd efg hij qrs wvu yzx" * 8,
    ],
)
def test_long_and_uncommon_is_enough(password: str) -> None:
    assert refusals(password) == []


@pytest.mark.parametrize("password", ["", "fourteen chars", "penknifegravel"])
def test_fewer_than_fifteen_characters_are_refused(password: str) -> None:
    assert any("15 characters" in sentence for sentence in refusals(password))


def test_sixty_four_characters_are_allowed_and_more_than_256_are_not() -> None:
    long = "".join(chr(0x100 + number * 7 % 500) for number in range(300))
    assert refusals(long[:64]) == refusals(long[:256]) == []
    assert any("256 characters" in sentence for sentence in refusals(long))


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword1",
        "Pass-word Pass-word",
        "P@ssw0rd12345678",
        "correct horse battery staple",
        "123456789012345",
        "987654321987654321",
        "abcdefghijklmno",
        "qwertyuiopasdfgh",
        "1q2w3e4r5t6y7u8i",
        "aaaaaaaaaaaaaaaaaa",
        "x7Kp!x7Kp!x7Kp!x7Kp!",
        "Summer2024Summer2024",
        "croesocymru2025!!",
        "LetMeIn-LetMeIn-LetMeIn",
        "monkeydragonmaster1",
    ],
)
def test_a_lengthened_common_password_is_refused(password: str) -> None:
    assert any("too easy to guess" in sentence for sentence in refusals(password))


@pytest.mark.parametrize("password", ["MariEvans-MariEvans", "opensponsor-evans-1", "mari.evans@cardiff.example"])
def test_the_persons_own_name_and_the_service_do_not_count(password: str) -> None:
    assert refusals(password)


def test_the_same_words_are_fine_for_somebody_else() -> None:
    other = User(email="bo@elsewhere.example", full_name="Bo Quist")
    assert refusals("zyxqvwk-tregaron-1", other) == []
    assert refusals("zyxqvwk-tregaron-1", User(email="zyxqvwk@tregaron.example", full_name="Zyxqvwk Tregaron"))


def test_only_the_first_part_of_a_text_that_swells_in_plain_form_is_looked_at() -> None:
    swelling = "".join(f"ﷺ{number}" for number in range(256))
    assert password_strength.unguessable(swelling, common=passwords.common_texts()) <= 256


@pytest.mark.parametrize("count", [1, 2, 3, 50])
def test_a_listed_password_is_found_wherever_it_stands(tmp_path: Path, settings, count: int) -> None:
    leaked = [f"penknife gravel tulip {number}" for number in range(count)]
    sums = sorted(hashlib.sha1(text.encode()).hexdigest().upper() for text in leaked)
    file = tmp_path / "leaked.txt"
    file.write_text("".join(f"{line}:{index}\r\n" for index, line in enumerate(sums)))
    assert all(passwords.is_listed(text, file) for text in leaked)
    assert not passwords.is_listed("penknife gravel tulip bench", file)
    settings.BREACHED_PASSWORDS = str(file)
    assert any("stolen" in sentence for sentence in refusals(leaked[0]))
    assert refusals("penknife gravel tulip bench") == []
