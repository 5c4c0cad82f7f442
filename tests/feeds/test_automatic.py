"""Files of the command line and of the watched folder."""

import datetime as dt
import os

import pytest

from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system
from opensponsor.feeds.models import Load
from opensponsor.feeds.services import automatic, loads
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.services.organisations import load_organisations
from opensponsor.reference.services import load_authorities
from opensponsor.visas.models import Application
from tests import factories

HEADER = "application_unique_application_number,visa_status,application_event_datetime,ltla_name,Q44c_family_name\n"


@pytest.fixture
def register(db):
    with factories.writing():
        load_authorities()
        load_organisations(today=clock.today())


def write(path, *rows, seconds_ago=60):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    moment = clock.now().timestamp() - seconds_ago
    os.utime(path, (moment, moment))
    return path


def row(number, status="Issued"):
    return f"1111-2222-{number:04d},{status},2026-01-05T10:00:00Z,Dover,Shevchenko"


def applications():
    with factories.writing():
        return Application.objects.count()


class TestOneFile:
    def test_it_is_brought_read_and_loaded(self, register, tmp_path):
        load = automatic.load_file(feed=Feed.APPLICATIONS, path=write(tmp_path / "day.csv", row(1), row(2)))
        assert (load.status, load.counts["new"]) == (LoadStatus.LOADED, 2)
        assert applications() == 2

    def test_a_trial_says_what_it_would_do_and_does_nothing(self, register, tmp_path):
        path = write(tmp_path / "day.csv", row(1), row(2, "Nonsense"))
        load = automatic.load_file(feed=Feed.APPLICATIONS, path=path, is_trial=True)
        assert (load.status, load.counts["new"], load.counts["rejected"]) == (LoadStatus.CANCELLED, 1, 1)
        assert applications() == 0

    def test_a_file_that_is_none_is_refused_whole(self, register, tmp_path):
        path = tmp_path / "day.csv"
        path.write_bytes("application_unique_application_number\n".encode("utf-16"))
        load = automatic.load_file(feed=Feed.APPLICATIONS, path=path)
        assert (load.status, load.refusal) == (LoadStatus.REFUSED, "UTF16")

    def test_a_file_under_way_is_not_begun_twice(self, register, tmp_path):
        path = write(tmp_path / "day.csv", row(1))
        with as_system("feed-file") as actor:
            loads.bring(actor=actor, feed=Feed.APPLICATIONS, file_name="day.csv", chunks=[path.read_bytes()])
        with pytest.raises(Refused):
            automatic.load_file(feed=Feed.APPLICATIONS, path=path)

    def test_a_missing_file_leaves_nothing(self, register, tmp_path):
        with pytest.raises(FileNotFoundError):
            automatic.load_file(feed=Feed.APPLICATIONS, path=tmp_path / "none.csv")
        with factories.writing():
            assert not Load.objects.exists()


class TestFolder:
    def watch(self, folder):
        return automatic.watch(folder, now=clock.now())

    def test_files_are_loaded_by_name_and_put_away(self, register, tmp_path):
        place = tmp_path / "applications"
        write(place / "2026-01-05.csv", row(1))
        write(place / "2026-01-06.csv", row(1, "Arrived"), row(2))
        assert self.watch(tmp_path) == 2
        assert sorted(path.name for path in (place / "loaded").iterdir()) == ["2026-01-05.csv", "2026-01-06.csv"]
        assert applications() == 2
        assert self.watch(tmp_path) == 0

    def test_a_refused_file_lies_apart_and_the_next_goes_on(self, register, tmp_path):
        place = tmp_path / "applications"
        write(place / "a.csv", row(1)).write_bytes(b"PK\x03\x04")
        os.utime(place / "a.csv", (0, 0))
        write(place / "b.csv", row(1))
        assert self.watch(tmp_path) == 2
        assert [path.name for path in (place / "refused").iterdir()] == ["a.csv"]
        assert [path.name for path in (place / "loaded").iterdir()] == ["b.csv"]

    def test_a_file_that_is_still_written_waits(self, register, tmp_path):
        write(tmp_path / "applications" / "day.csv", row(1), seconds_ago=5)
        write(tmp_path / "applications" / ".day.csv.part", row(2))
        assert self.watch(tmp_path) == 0

    def test_a_file_that_breaks_our_code_lies_apart_and_the_next_goes_on(self, register, tmp_path, monkeypatch):
        place = tmp_path / "applications"
        write(place / "a.csv", row(1))
        write(place / "b.csv", row(2))
        load_file = automatic.load_file

        def breaks(*, path, **rest):
            if path.name == "a.csv":
                raise ZeroDivisionError
            return load_file(path=path, **rest)

        monkeypatch.setattr(automatic, "load_file", breaks)
        assert self.watch(tmp_path) == 2
        assert [path.name for path in (place / "refused").iterdir()] == ["a.csv"]
        assert [path.name for path in (place / "loaded").iterdir()] == ["b.csv"]
        assert self.watch(tmp_path) == 0

    def test_the_same_file_again_changes_nothing_and_keeps_both(self, register, tmp_path):
        place = tmp_path / "applications"
        for _time in range(2):
            write(place / "day.csv", row(1))
            self.watch(tmp_path)
        assert sorted(path.name for path in (place / "loaded").iterdir()) == ["day-1.csv", "day.csv"]
        with factories.writing():
            assert Load.objects.order_by("pk").last().counts["unchanged"] == 1

    def test_a_folder_that_is_not_there_holds_no_files(self, db, tmp_path):
        assert self.watch(tmp_path / "nowhere") == 0

    def test_now_decides_what_is_settled(self, register, tmp_path):
        write(tmp_path / "applications" / "day.csv", row(1), seconds_ago=5)
        assert automatic.watch(tmp_path, now=clock.now() + dt.timedelta(minutes=1)) == 1
