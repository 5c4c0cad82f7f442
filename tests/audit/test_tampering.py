"""A superuser rewrites history; the check finds it and names the line or the seal."""

import pytest

from opensponsor.audit import seal_copy, services
from opensponsor.ops import cli
from tests.audit.history import findings, tampered, tampering, write

pytestmark = pytest.mark.committed


@pytest.fixture
def lines(tmp_path, settings):
    """The ids of six sealed lines under three seals."""
    settings.VAR = tmp_path
    ids = []
    for codes in (["a.one", "a.two"], ["b.one", "b.two"], ["c.one", "c.two"]):
        ids += write(*codes)
        services.seal_events()
    return ids


def test_an_untouched_history_is_found_untouched(db, lines):
    write("d.one")
    assert findings() == []


ALTERATIONS = [
    ("actor", "'somebody else'"),
    ("at", "at - interval '1 microsecond'"),
    ("code", "code || 'x'"),
    ("kind", "'ACCESS'"),
    ("organisation_id", "7"),
    ("owner_id", "7"),
    ("case_id", "gen_random_uuid()"),
    ("request_id", "'7'"),
    ("table_name", "'cases_note'"),
    ("row_id", "'7'"),
    ("detail", "detail || '{\"x\": 1}'"),
    ("xid", "'99999999'"),
]


def test_an_altered_line_is_named(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        for column, value in ALTERATIONS:
            with tampered(superuser):
                superuser.execute(f"UPDATE audit_event SET {column} = {value} WHERE id = %s", [lines[2]])
                assert findings() == [f"Line {lines[2]} of the history was altered after it was sealed."], column
    assert findings() == []


def test_no_column_is_left_out(db, throwaway):
    with throwaway.cluster.connect(database=throwaway.name) as superuser:
        columns = superuser.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_event'"
        )
        assert {name for (name,) in columns} == {"id", *dict(ALTERATIONS)}


def test_a_removed_line_is_named(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        superuser.execute("DELETE FROM audit_event WHERE id = %s", [lines[3]])
    assert findings() == [f"Line {lines[3]} of the history was removed after it was sealed."]


def test_two_lines_that_changed_places_are_named(db, lines, throwaway):
    one, other = lines[1], lines[4]
    with tampering(throwaway) as superuser:
        for old, new in [(one, -1), (other, one), (-1, other)]:
            superuser.execute("UPDATE audit_event SET id = %s WHERE id = %s", [new, old])
    assert findings() == [
        f"Line {one} of the history was exchanged with line {other}.",
        f"Line {other} of the history was exchanged with line {one}.",
    ]


INSERT = """
INSERT INTO audit_event (id, kind, code, actor, request_id, table_name, row_id, detail)
VALUES (%s, 'EVENT', 'z.forged', '1', '', '', '', '{}')
"""


@pytest.fixture
def gap(db, lines, throwaway):
    """An id between the sealed lines that no line has, as a rolled-back transaction leaves one."""
    with throwaway.cluster.connect(database=throwaway.name) as superuser:
        [[free]] = superuser.execute("SELECT nextval(pg_get_serial_sequence('audit_event', 'id'))").fetchall()
    for code in ("d.one", "e.one"):
        write(code)
        services.seal_events()
    return free


def test_a_line_put_in_between_is_named(gap, lines, throwaway):
    expected = [f"Line {gap} of the history was put in later between lines that were sealed."]
    with tampering(throwaway) as superuser:
        superuser.execute(INSERT, [gap])
        assert findings() == expected
        with tampered(superuser):  # and given the number of a transaction of that time
            superuser.execute(
                "UPDATE audit_event SET xid = (SELECT xid FROM audit_event WHERE id = %s) WHERE id = %s",
                [lines[0], gap],
            )
            assert findings() == expected
    services.seal_events()
    assert findings() == expected, "a seal does not make it true"


SEAL_EDITS = [
    "sealed_at = sealed_at + interval '1 day'",
    "base_id = 1",
    "xid_to = xid_to + 1",
    "xid_from = xid_from + 1",
    "xid_next = xid_next + 1",
    "is_restored = true",
    "ids = ids || 99::bigint",
    "hashes = hashes || '\\x00'::bytea",
    "digest = sha256(digest)",
    "previous = sha256(previous)",
    "signature = sha256(signature)",
]


def test_an_edited_seal_is_named(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        for edit in SEAL_EDITS:
            with tampered(superuser):
                superuser.execute(f"UPDATE audit_seal SET {edit} WHERE number = 2")
                assert any(sentence.startswith("Seal 2 was altered") for sentence in findings()), edit


def test_a_line_altered_together_with_its_seal_is_noticed(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        superuser.execute("UPDATE audit_event SET code = 'x.y' WHERE id = %s", [lines[0]])
        superuser.execute("UPDATE audit_seal SET hashes = sha256('x') || sha256('y'), digest = sha256('z')")
    assert "Seal 1 was altered, or OPENSPONSOR_AUDIT_KEY is not the key it was made with." in findings()


def test_a_dropped_seal_is_named(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        for number in (1, 2, 3):
            with tampered(superuser):
                superuser.execute("DELETE FROM audit_seal WHERE number = %s", [number])
                assert findings() == [f"Seal {number} was removed."]


def test_all_seals_dropped_with_the_lines_are_missed(db, lines, throwaway):
    with tampering(throwaway) as superuser:
        superuser.execute("TRUNCATE audit_event, audit_seal")
    assert findings() == ["Seal 1 was removed.", "Seal 2 was removed.", "Seal 3 was removed."]


def test_another_key_makes_no_seal(db, lines, settings):
    settings.AUDIT_KEY = "a key that the attacker chose, as long as the other one"
    assert len(findings()) >= 3


def test_an_edited_copy_is_named(db, lines):
    path = seal_copy.path()
    path.write_text(path.read_text().replace('\\"lines\\": 2', '\\"lines\\": 3', 1))
    assert findings() == ["Line 1 of the copy of the seals was altered."]


def test_the_command_names_the_line_and_fails(db, lines, throwaway, capsys):
    assert cli.main(["check", "--audit"]) == 0
    with tampering(throwaway) as superuser:
        superuser.execute("UPDATE audit_event SET code = 'x.y' WHERE id = %s", [lines[0]])
    assert cli.main(["check", "--audit"]) == 1
    assert f"Line {lines[0]} of the history was altered" in capsys.readouterr().out
