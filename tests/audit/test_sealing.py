"""When lines are sealed, and that none is forgotten."""

import threading
from itertools import chain

import pytest
from django.db import connection, connections

from opensponsor.audit import jobs, seal_copy, services, verification
from opensponsor.audit.models import Seal
from opensponsor.core.rowsecurity import as_system
from opensponsor.ops import cli
from tests.audit.history import ACTOR, findings, ids_of, tampering, write

pytestmark = pytest.mark.committed


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings, db):
    settings.VAR = tmp_path


def sealed():
    """The ids under each seal."""
    with as_system("test"):
        return list(Seal.objects.values_list("ids", flat=True))


def test_lines_are_sealed_once_and_nothing_new_makes_no_seal():
    ids = write("a.one", "a.two")
    assert services.seal_events() == 2
    assert services.seal_events() == 0
    assert sealed() == [ids]


def test_the_job_seals():
    ids = write("a.one")
    jobs.seal_history(timestamp=0)
    assert sealed() == [ids]


class Slow(threading.Thread):
    """A transaction that writes a line and stays open until it is told to commit."""

    def __init__(self):
        super().__init__()
        self.written, self.may_commit = threading.Event(), threading.Event()
        self.start()
        assert self.written.wait(10)

    def run(self):
        with as_system("test"):
            services.record("slow.one", actor=ACTOR)
            self.written.set()
            self.may_commit.wait(10)
        connections.close_all()

    def commit(self):
        self.may_commit.set()
        self.join(10)


def test_a_late_commit_is_not_missed():
    """The line drew its id before lines that were sealed, and appeared after the seal."""
    slow = Slow()
    quick = write("quick.one")
    services.seal_events()
    slow.commit()
    services.seal_events()
    late = ids_of("slow.one")
    assert late < quick
    assert sorted(chain.from_iterable(sealed())) == late + quick
    assert findings() == []


def test_a_watermark_of_ids_would_have_missed_it():
    """The twin that fails: sealing up to the highest id forgets the line of a transaction that commits late."""
    slow = Slow()
    [watermark] = write("quick.one")
    slow.commit()
    assert ids_of("slow.one")[0] < watermark


def test_a_late_commit_does_not_look_like_a_forgery():
    write("a.one")
    services.seal_events()
    slow = Slow()
    for code in ("b.one", "c.one", "d.one"):
        write(code)
        services.seal_events()
    slow.commit()
    services.seal_events()
    assert findings() == []


def test_a_rolled_back_transaction_leaves_a_gap_and_no_finding():
    write("a.one")
    with pytest.raises(ZeroDivisionError), as_system("test"):
        services.record("lost.one", actor=ACTOR)
        raise ZeroDivisionError
    write("b.one")
    services.seal_events()
    assert findings() == []


def test_two_workers_seal_each_line_once():
    ids = write(*(f"a.{number}" for number in range(50)))
    barrier = threading.Barrier(4)

    def seal():
        barrier.wait()
        services.seal_events()
        connections.close_all()

    workers = [threading.Thread(target=seal) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert sealed() == [ids]
    assert findings() == []


def test_a_seal_that_was_not_copied_is_copied_with_the_next():
    write("a.one")
    services.seal_events()
    seal_copy.path().write_text("")
    write("b.one")
    services.seal_events()
    assert list(seal_copy.read("demo-secret-known-to-everybody").headers) == [1, 2]


def test_the_copy_is_for_its_owner_only():
    write("a.one")
    services.seal_events()
    assert seal_copy.path().stat().st_mode & 0o077 == 0


def test_the_health_check_knows_since_when_nothing_was_sealed():
    assert verification.unsealed_since() is None
    write("a.one")
    assert verification.unsealed_since() is not None
    services.seal_events()
    assert verification.unsealed_since() is None


# A database read from a backup into another cluster counts its transactions anew. Here the old lines are moved far
# ahead instead.
_AHEAD = 1_000_000


def restore_elsewhere(throwaway):
    """Make the lines and seals look as if they came from a cluster that had counted further."""
    with tampering(throwaway) as superuser:
        superuser.execute(f"UPDATE audit_event SET xid = (xid::text::bigint + {_AHEAD})::text::xid8")


@pytest.fixture
def ahead(throwaway):
    """Three sealed lines and an unsealed one, whose transactions are in the future of this cluster."""
    ids = write("a.one", "a.two", "a.three")
    restore_elsewhere(throwaway)
    with as_system("test"):
        seal = Seal(base_id=0, xid_from=0, xid_to=_AHEAD * 2, xid_next=_AHEAD * 2)
        services._keep(seal, None, services.read_lines("true"))
    services._copy_out()
    return ids


def test_a_restore_that_nobody_marked_is_noticed(ahead):
    with pytest.raises(services.RestoredWithoutMark):
        services.seal_events()


def test_after_a_marked_restore_sealing_and_checking_go_on(ahead, throwaway):
    unsealed = write("b.one")
    services.mark_restored()
    after = write("c.one", "c.two")
    services.seal_events()
    assert sealed() == [ahead, unsealed, after]
    assert findings() == []
    with tampering(throwaway) as superuser:
        superuser.execute(
            "UPDATE audit_event SET code = 'x.y' WHERE id = ANY (%s)", [[ahead[0], unsealed[0], after[1]]]
        )
    assert [int(sentence.split()[1]) for sentence in findings()] == [ahead[0], unsealed[0], after[1]]


def test_a_restore_makes_the_seals_void_that_came_after_the_backup(throwaway):
    write("a.one")
    services.seal_events()
    write("b.one")
    services.seal_events()
    with tampering(throwaway) as superuser:  # what the backup did not hold yet
        superuser.execute("DELETE FROM audit_seal WHERE number = 2")
        superuser.execute("DELETE FROM audit_event WHERE code = 'b.one'")
    assert findings() == ["Seal 2 was removed."]
    assert cli.main(["mark-restored"]) == 0
    assert findings() == []
    write("c.one")
    services.seal_events()
    assert findings() == []


def test_a_line_put_in_before_a_restore_is_named(throwaway):
    write("a.one")
    services.seal_events()
    services.mark_restored()
    with tampering(throwaway) as superuser:
        superuser.execute(
            "INSERT INTO audit_event (id, kind, code, actor, request_id, table_name, row_id, detail)"
            " VALUES (-5, 'EVENT', 'z.forged', '1', '', '', '', '{}')"
        )
    assert findings() == ["Line -5 of the history was put in later between lines that were sealed."]


def test_many_lines_are_read_in_portions():
    with as_system("test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_record('EVENT', 'bulk.one', 'test', NULL, '', NULL, NULL, '', '', '{}')"
            " FROM generate_series(1, 12000)"
        )
    assert services.seal_events() == 12_000
    assert findings() == []
