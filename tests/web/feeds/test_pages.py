"""The pages of files that come in: who sees them, what they say in each state, what may be pressed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opensponsor.audit.models import Event
from opensponsor.feeds.models import Load, LoadPart, Reject
from opensponsor.feeds.states import LoadStatus
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from tests import factories
from tests.web.browsing import main_of, signed_in


@pytest.fixture
def government(db):
    return factories.organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, realm=Realm.WALES, reads_realms=[Realm.WALES.value]
    )


@pytest.fixture
def officer(government):
    return factories.member(government, Role.NATIONAL_ADMINISTRATOR)


@pytest.fixture
def browser(officer):
    return signed_in(officer)


def address(name, *parts):
    return reverse(f"feeds:{name}", args=parts)


def sent(browser, **fields):
    file = SimpleUploadedFile("daily.csv", b"application_unique_application_number,visa_status\n1234,Issued\n")
    return browser.post(address("add"), {"feed": "APPLICATIONS", "file": file} | fields)


def rejected(load, number, value="2026-02-31"):
    with factories.writing():
        Reject.objects.bulk_create(
            Reject(load=load, owner=load.owner, line=line, field="Q13b", reason="INVALID_DATE", value=value)
            for line in range(2, 2 + number)
        )


class TestBringing:
    def test_a_file_is_kept_and_waits_to_be_read(self, browser, government):
        answer = sent(browser)
        with factories.writing():
            load = Load.objects.get()
            assert (load.owner_id, load.status, load.file_name) == (government.pk, LoadStatus.WAITING, "daily.csv")
            assert b"".join(bytes(part.content) for part in load.parts.order_by("number")).startswith(b"application")
        assert answer["Location"] == address("load", load.pk)
        assert "The file is being read" in main_of(browser.get(answer["Location"]))

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"feed": ""}, "Choose what the file holds"),
            ({"file": ""}, "Choose a file"),
            ({"file": SimpleUploadedFile("daily.csv", b"")}, "The file is empty"),
            ({"file": SimpleUploadedFile("d" * 201, b"x")}, "longer than 200 characters"),
        ],
    )
    def test_what_is_missing_is_said(self, browser, fields, sentence):
        assert sentence in main_of(sent(browser, **fields))
        with factories.writing():
            assert not Load.objects.exists()

    def test_the_same_file_twice_at_once_is_refused_with_a_sentence(self, browser):
        sent(browser)
        assert "This file is being loaded already." in main_of(sent(browser))
        with factories.writing():
            assert Load.objects.count() == 1

    def test_a_file_of_two_mebibytes_is_kept_whole_in_parts(self, browser):
        content = bytes(range(32, 96)) * 40_000
        sent(browser, file=SimpleUploadedFile("large.csv", content))
        with factories.writing():
            parts = list(LoadPart.objects.order_by("number").values_list("content", flat=True))
        assert len(parts) == 3
        assert b"".join(map(bytes, parts)) == content


class TestLooking:
    def test_nothing_came_in_yet(self, browser):
        assert "No file came in yet." in main_of(browser.get(address("list")))

    def test_the_list_pages_by_fifty(self, browser, government):
        for _number in range(52):
            factories.load(government)
        first = browser.get(address("list"))
        assert first.content.decode().count("applications-") == 50
        following = first.content.decode().split("?before=")[1].split('"')[0]
        assert browser.get(f"{address('list')}?before={following}").content.decode().count("applications-") == 2
        assert browser.get(f"{address('list')}?before=nonsense").status_code == 200

    @pytest.mark.parametrize(
        ("status", "fields", "words"),
        [
            ("READ", {}, "Nothing has been changed yet"),
            ("LOADING", {}, "all of it or nothing"),
            ("HELD", {}, "Somebody else has to look at it"),
            ("LOADED", {}, "Councils see the records"),
            ("REFUSED", {"refusal": "UTF16"}, "Save it in UTF-8"),
            ("REFUSED", {"refusal": "NO_GOOD_ROW"}, "is listed, up to 1,000 faults"),
            ("CANCELLED", {}, "was not loaded"),
        ],
    )
    def test_each_state_says_what_it_means(self, browser, government, status, fields, words):
        load = factories.load(government, status=status, counts={"rows": 1200, "rejected": 3}, **fields)
        page = main_of(browser.get(address("load", load.pk)))
        assert words in page
        assert "1,200" in page
        assert "See the rows that are not taken" in page

    def test_figures_and_notices_are_shown(self, browser, government):
        notices = [{"code": "UNKNOWN_COLUMNS", "names": ["Q999_new"]}]
        load = factories.load(government, counts={"rows": 10, "new": 4, "unassigned": 1}, notices=notices)
        page = main_of(browser.get(address("load", load.pk)))
        for words in ("Q999_new", "Without a council", "New"):
            assert words in page

    def test_who_looked_is_on_record(self, browser, government):
        load = factories.load(government)
        rejected(load, 1)
        for name, parts in (("list", ()), ("load", [load.pk]), ("rejects", [load.pk]), ("rejects_file", [load.pk])):
            browser.get(address(name, *parts))
        with factories.writing():
            codes = set(Event.objects.filter(kind="ACCESS").values_list("code", flat=True))
        assert codes >= {"loads.listed", "load.opened", "rejects.listed", "rejects.exported"}


class TestRejects:
    def test_line_field_reason_and_value_by_fifty(self, browser, government):
        load = factories.load(government, counts={"rows": 60, "rejected": 52})
        rejected(load, 52)
        first = browser.get(address("rejects", load.pk)).content.decode()
        assert first.count("This is not a date.") == 50
        assert "2026-02-31" in first and ">Line 2<" in first
        following = first.split("?after=")[1].split('"')[0]
        second = browser.get(f"{address('rejects', load.pk)}?after={following}").content.decode()
        assert second.count("This is not a date.") == 2

    @pytest.mark.parametrize("after", ["", "x", "1-", "-", "99999999999-1", "1-99999999999999999999"])
    def test_an_address_typed_by_hand_is_no_crash(self, browser, government, after):
        load = factories.load(government)
        assert browser.get(f"{address('rejects', load.pk)}?after={after}").status_code == 200

    def test_the_file_is_harmless_to_a_spreadsheet(self, browser, government):
        load = factories.load(government)
        rejected(load, 1, value="=1+1")
        answer = browser.get(address("rejects_file", load.pk))
        assert answer["Content-Type"].startswith("text/csv")
        assert "'=1+1" in answer.content.decode("utf-8-sig")
        assert "daily" not in answer["Content-Disposition"]


class TestPressing:
    def test_what_was_read_is_started_once(self, browser, government, officer):
        load = factories.load(government, status="READ", brought_by=officer)
        page = browser.get(address("load", load.pk)).content.decode()
        assert "Load this file" in page
        assert browser.post(address("start", load.pk), {"version": load.version}).status_code == 302
        again = browser.post(address("start", load.pk), {"version": load.version})
        assert again.status_code == 409
        assert "at another step by now" in main_of(again)

    def test_who_brought_a_held_file_cannot_approve_it(self, browser, government, officer):
        load = factories.load(government, status="HELD", brought_by=officer)
        assert "Approve and load" not in main_of(browser.get(address("load", load.pk)))
        refused = browser.post(address("approve", load.pk), {"version": load.version})
        assert refused.status_code == 409
        assert "Somebody else must approve" in main_of(refused)

        colleague = signed_in(factories.member(government, Role.NATIONAL_ADMINISTRATOR))
        assert "Approve and load" in main_of(colleague.get(address("load", load.pk)))
        assert colleague.post(address("approve", load.pk), {"version": load.version}).status_code == 302

    def test_a_file_is_left_and_its_bytes_go(self, browser, government):
        load = factories.load(government, status="READ")
        with factories.writing():
            LoadPart.objects.create(load=load, owner=government, number=0, content=b"x")
        browser.post(address("cancel", load.pk), {"version": load.version})
        with factories.writing():
            assert Load.objects.get().status == LoadStatus.CANCELLED
            assert not LoadPart.objects.exists()

    @pytest.mark.parametrize("version", ["", "x", "-1", "99999999999"])
    def test_a_version_that_is_none_changes_nothing(self, browser, government, version):
        load = factories.load(government, status="READ")
        assert browser.post(address("start", load.pk), {"version": version}).status_code == 409
        with factories.writing():
            assert Load.objects.get().status == LoadStatus.READ


class TestOthers:
    def test_another_nation_s_file_does_not_exist(self, browser):
        scotland = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, realm=Realm.SCOTLAND)
        load = factories.load(scotland, status="READ")
        for name in ("load", "rejects", "rejects_file"):
            assert browser.get(address(name, load.pk)).status_code == 404
        for name in ("start", "approve", "cancel"):
            assert browser.post(address(name, load.pk), {"version": 1}).status_code == 404
        assert load.file_name not in browser.get(address("list")).content.decode()

    def test_councils_have_no_such_pages(self, government):
        worker = signed_in(factories.member(factories.organisation(), Role.CASEWORKER))
        load = factories.load(government)
        assert worker.get(address("list")).status_code == 404
        assert worker.get(address("load", load.pk)).status_code == 404
