"""The pure part of sealing: hashes, digests, signatures, comparisons."""

from dataclasses import replace

import pytest

from opensponsor.audit import seals
from opensponsor.audit.seals import Fault, Finding, Header

KEY = "a key of this test, kept outside the database"
LINES = {number: seals.hash_line([f"line {number}"]) for number in (11, 12, 15)}
HEADER = Header(1, "2026-01-01T00:00:00+00:00", False, 0, 0, 100, 102, 3, "00" * 32, "ab" * 32)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        ([None], [""]),
        (["null"], [None]),
        (["a", "b"], ["b", "a"]),
    ],
)
def test_lines_that_differ_have_different_hashes(one, other):
    assert seals.hash_line(one) != seals.hash_line(other)


@pytest.mark.parametrize(
    "lines",
    [
        [(11, LINES[11]), (12, LINES[12])],
        [(11, LINES[11]), (12, LINES[12]), (16, LINES[15])],
        [(12, LINES[12]), (11, LINES[11]), (15, LINES[15])],
    ],
)
def test_the_digest_depends_on_every_line_and_on_their_order(lines):
    assert seals.digest_of(seals.NO_DIGEST, lines) != seals.digest_of(seals.NO_DIGEST, LINES.items())


def test_the_digest_depends_on_the_one_before():
    assert seals.digest_of(bytes(32), LINES.items()) != seals.digest_of(b"1" * 32, LINES.items())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 2),
        ("sealed_at", "2026-01-02"),
        ("is_restored", True),
        ("base_id", 1),
        ("xid_from", 1),
        ("xid_to", 1),
        ("xid_next", 1),
        ("lines", 4),
        ("previous", "11" * 32),
        ("digest", "11" * 32),
    ],
)
def test_the_signature_covers_every_column(field, value):
    assert not seals.is_signed(KEY, replace(HEADER, **{field: value}), seals.sign(KEY, HEADER))


def test_a_signature_needs_the_key():
    assert seals.is_signed(KEY, HEADER, seals.sign(KEY, HEADER))
    assert not seals.is_signed(KEY, HEADER, seals.sign("another key", HEADER))


@pytest.mark.parametrize(
    ("present", "findings"),
    [
        (LINES, []),
        (LINES | {12: b"other"}, [Finding(Fault.ALTERED, 12)]),
        ({11: LINES[11], 15: LINES[15]}, [Finding(Fault.REMOVED, 12)]),
        (
            LINES | {11: LINES[12], 12: LINES[11]},
            [Finding(Fault.EXCHANGED, 11, other=12), Finding(Fault.EXCHANGED, 12, other=11)],
        ),
        ({}, [Finding(Fault.REMOVED, 11), Finding(Fault.REMOVED, 12), Finding(Fault.REMOVED, 15)]),
    ],
)
def test_what_happened_to_the_lines_is_named(present, findings):
    assert seals.name_changes(seals.compare(LINES, present)) == findings


def test_lines_exchanged_between_two_seals_are_named():
    changes = seals.compare({1: b"one"}, {1: b"two"}) + seals.compare({2: b"two"}, {2: b"one"})
    assert seals.name_changes(changes) == [Finding(Fault.EXCHANGED, 1, 2), Finding(Fault.EXCHANGED, 2, 1)]


def chain(*numbers):
    """Seals that follow each other."""
    return [replace(HEADER, number=number, previous=f"{number:064}", digest=f"{number + 1:064}") for number in numbers]


def copies(*numbers):
    """The same seals as they were copied out."""
    return {header.number: header for header in chain(*numbers)}


@pytest.mark.parametrize(
    ("present", "copied", "findings"),
    [
        (chain(1, 2, 3), copies(1, 2, 3), []),
        (chain(1, 2, 3), copies(), []),
        (chain(1, 3), copies(), [Finding(Fault.SEAL_REMOVED, 2)]),
        (chain(1, 2), copies(1, 2, 3), [Finding(Fault.SEAL_REMOVED, 3)]),
        (chain(), copies(1), [Finding(Fault.SEAL_REMOVED, 1)]),
        ([chain(1)[0], replace(chain(2)[0], previous="0")], copies(), [Finding(Fault.SEAL_ALTERED, 2)]),
        ([replace(chain(1)[0], lines=2)], copies(1), [Finding(Fault.SEAL_ALTERED, 1)]),
    ],
)
def test_what_happened_to_the_seals_is_named(present, copied, findings):
    assert seals.compare_chain(present, copied) == findings


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_a_sentence_with_its_number(fault):
    assert "7" in str(Finding(fault, 7, other=9))
