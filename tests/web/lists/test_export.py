"""Taking a list out: what the file holds, what it never holds, and what is on record."""

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest

from opensponsor.audit.models import Event
from opensponsor.core import clock
from opensponsor.identity.models import Membership
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.saved_views import jobs
from opensponsor.saved_views.lists import LISTS
from opensponsor.saved_views.models import Export, ExportFile
from opensponsor.saved_views.services import exports
from opensponsor.saved_views.states import ExportStatus
from tests import factories
from tests.web.browsing import signed_in
from tests.web.lists.test_list import text


def export(client, address="/households/export/?sort=title", file_format="CSV", reason="Monthly return"):
    return client.post(address, {"file_format": file_format, "reason": reason})


def rows_of(response):
    assert response.status_code == 200 and response["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def book_of(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


@pytest.mark.rule("VIEW-017", "VIEW-023", "VIEW-026", "ORG-031")
def test_the_file_holds_the_rows_and_columns_of_the_view(place):
    factories.household(place.council, "Olena Koval", route="SS", case_reference="WG1", expected_on="2026-05-01")
    factories.household(place.council, "Petro Bondar", case_reference="WG2")
    factories.household(place.other, "Foreign Person")
    answer = export(place.client, "/households/export/?sort=-title&columns=title,route,expected_on,people")
    assert rows_of(answer) == [
        ["Household", "Lead applicant", "Route", "Expected", "People"],
        ["WG1", "Olena Koval", "Super sponsor", "2026-05-01", "1"],
        ["WG2", "Petro Bondar", "Individual sponsor", "", "1"],
    ]
    assert re.fullmatch(
        r'attachment; filename="OFFICIAL-SENSITIVE-households-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"]
    )
    assert answer["Cache-Control"] == "no-store"
    assert len(rows_of(export(place.client, "/households/export/?sort=title&route=SS"))) == 2


def test_the_file_has_what_was_found_in_the_order_of_the_page(place):
    for name, reference in (("Olena Kowal", "WG1"), ("Ivan Koval", "WG2"), ("Olha Kovalenko", "WG3")):
        factories.household(place.council, name, case_reference=reference)
    found = place.client.post("/households/find/", {"names": "koval"})["Location"]
    answer = export(place.client, found.replace("/households/?", "/households/export/?"))
    assert [row[0] for row in rows_of(answer)[1:]] == ["WG2", "WG3", "WG1"]


def test_a_spreadsheet_has_a_cover_and_real_dates(place):
    factories.household(place.council, "Olena Koval", case_reference="WG1", expected_on="2026-05-01")
    found = place.client.post("/households/find/", {"names": "koval"})["Location"]
    address = found.replace("/households/?", "/households/export/?") + "&columns=title,people,expected_on"
    book = book_of(export(place.client, address, "XLSX"))
    cover = dict(book["Cover"].iter_rows(values_only=True))
    assert cover["Marking"] == "OFFICIAL-SENSITIVE"
    assert (cover["List"], cover["Taken by"], cover["Organisation"]) == ("Households", "Sara Lewis", "Conwy CC")
    assert (cover["Taken for"], cover["Filter: Status"], cover["Rows"]) == ("Monthly return", "Open", "1")
    assert cover["Filter: Name or reference"] == "koval"
    headings, row = book["Data"].iter_rows(values_only=True)
    assert headings == ("Household", "Lead applicant", "People", "Expected")
    assert row[:3] == ("WG1", "Olena Koval", 1)
    assert row[3].date() == dt.date(2026, 5, 1)


def test_a_file_has_words_in_place_of_codes(place):
    factories.household(place.council, "Olena Koval", case_reference="WG1", is_complex=True, route="IS")
    address = "/households/export/?sort=title&columns="
    assert rows_of(export(place.client, f"{address}reference")) == [["Household"], ["WG1"]]
    many = rows_of(export(place.client, f"{address}is_complex,route,assignee_name,people"))
    assert many[1] == ["WG1", "Yes", "Individual sponsor", "", "1"]


@pytest.mark.rule("ORG-030")
def test_hidden_fields_are_in_no_file(place):
    factories.household(place.council, "Canary Quetzal", lead_passport_number="CANARY123", lead_nhs_number="9434765919")
    at = factories.organisation(OrganisationKind.DEVOLVED_GOVERNMENT, reads_realms=["WALES"])
    analyst = signed_in(factories.member(at, Role.ANALYST, Role.NATIONAL_ADMINISTRATOR))
    everything = ",".join(column.key for column in LISTS["households"].columns)
    address = f"/households/export/?sort=title&columns={everything},passport_number,nhs_number"
    for client in (place.client, analyst):
        content = export(client, address).content.decode()
        assert "Canary" in content and not re.search("CANARY123|9434765919", content)
    finance = signed_in(factories.member(place.council, Role.FINANCE_OFFICER))
    assert "CANARY123" not in export(finance, address).content.decode()


DANGEROUS = ["=1+1", "+44 1492", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1"]


@pytest.mark.parametrize("text_", DANGEROUS)
def test_no_cell_is_run_as_a_formula(place, text_):
    sponsor = factories.sponsor(place.council, "X", phone=text_)
    with factories.writing():
        sponsor.case.title = text_
        sponsor.case.save()
    address = "/sponsors/export/?sort=title&columns=title,phone"
    (_headings, (_reference, *cells)) = rows_of(export(place.client, address))
    assert [cell[0] for cell in cells] == ["'", "'"] and cells[0] == f"'{text_}"
    sheet = book_of(export(place.client, address, "XLSX"))["Data"]
    for cell in sheet[2]:
        assert cell.data_type != "f"
    assert sheet["B2"].value.strip() == text_.replace("\r", "_x000D_").strip() or sheet["B2"].value == text_


def test_harmless_texts_stay_as_they_are(place):
    factories.sponsor(place.council, 'O\'Brien, "Bob"', phone="01492 1-2")
    (_headings, (_reference, *cells)) = rows_of(export(place.client, "/sponsors/export/?columns=title,phone"))
    assert cells == ['O\'Brien, "Bob"', "01492 1-2"]


def test_a_reason_is_needed_and_everything_is_on_record(place):
    factories.household(place.council, "Olena Koval")
    assert "Say what the file is for" in text(export(place.client, reason=" "))
    with factories.writing():
        assert not Export.objects.exists()
    found = place.client.post("/households/find/", {"names": "koval"})["Location"]
    export(place.client, found.replace("/households/?", "/households/export/?") + "&route=IS")
    with factories.writing():
        kept = Export.objects.get()
        line = Event.objects.get(code="list.exported")
    assert (kept.user, kept.organisation, kept.reason, kept.row_count) == (
        place.caseworker, place.council, "Monthly return", 1,
    )  # fmt: skip
    assert kept.status == ExportStatus.FETCHED and kept.names == "koval"
    assert (line.kind, line.actor, line.row_id) == ("ACCESS", str(place.caseworker.pk), str(kept.pk))
    assert (line.detail["rows"], line.detail["filters"], line.detail["has_names"]) == (
        1,
        {"route": "IS", "sort": "match"},
        True,
    )
    assert "koval" not in str(line.detail).lower()


def test_the_words_looked_for_stand_in_no_history(place):
    found = place.client.post("/households/find/", {"names": "quetzalcanary"})["Location"]
    export(place.client, found.replace("/households/?", "/households/export/?"))
    with factories.writing():
        for event in Event.objects.all():
            assert "quetzalcanary" not in str(event.detail).lower()


def test_who_may_not_export_has_no_such_page(place):
    lead = signed_in(factories.member(place.council, Role.SAFEGUARDING_LEAD))
    for address in ("/households/export/", "/exports/"):
        assert lead.get(address).status_code == 404
    assert export(lead).status_code == 404
    finance = signed_in(factories.member(place.council, Role.FINANCE_OFFICER))
    assert finance.get("/licences/export/").status_code == 404


@pytest.fixture
def long_list(place, monkeypatch):
    """A list too long to be written at once; returns its export, asked for and not yet written."""
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 2)
    for number in range(3):
        factories.household(place.council, f"Given N{number}", case_reference=f"R{number}")
    answer = export(place.client)
    with factories.writing():
        asked = Export.objects.get()
    assert answer["Location"] == f"/exports/{asked.pk}/"
    return asked


def test_a_long_list_is_written_by_a_job_and_fetched_once(place, long_list):
    address = f"/exports/{long_list.pk}/"
    assert "being written" in text(place.get(address))
    assert "Fetch the file" not in text(place.get(address))
    jobs.write_export(str(long_list.pk))
    jobs.write_export(str(long_list.pk))
    assert "Fetch the file" in text(place.get(address)) and "Ready to fetch" in text(place.get("/exports/"))
    fetched = rows_of(place.client.post(f"{address}file/"))
    assert [row[0] for row in fetched] == ["Household", "R0", "R1", "R2"]
    with factories.writing():
        assert not ExportFile.objects.exists()
        codes = list(Event.objects.filter(code__startswith="list.export").order_by("id").values_list("code", flat=True))
    assert codes == ["list.export_asked", "list.export_written", "list.exported"]
    again = place.client.post(f"{address}file/", follow=True)
    assert "can no longer be fetched" in text(again)


def test_a_job_is_asked_for_with_nothing_but_the_id(place, long_list):
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.get(task_name="opensponsor.saved_views.jobs.write_export")
    assert job.args == {"export_id": str(long_list.pk)}


def test_the_file_is_for_who_asked_only(place, long_list):
    jobs.write_export(str(long_list.pk))
    for somebody in (place.colleague, factories.member(place.other, Role.CASEWORKER)):
        client = signed_in(somebody)
        assert client.get(f"/exports/{long_list.pk}/").status_code == 404
        assert client.post(f"/exports/{long_list.pk}/file/").status_code == 404
        assert "Households" not in re.sub(r"<nav.*?</nav>", "", text(client.get("/exports/")), flags=re.DOTALL)


def test_the_job_writes_only_what_the_person_may_see_by_then(place, long_list):
    with factories.writing():
        Membership.objects.filter(user=place.caseworker).update(ends_on=clock.today())
    jobs.write_export(str(long_list.pk))
    with factories.writing():
        assert Export.objects.get().status == ExportStatus.FAILED and not ExportFile.objects.exists()


def test_after_a_day_the_file_is_gone(place, long_list):
    jobs.write_export(str(long_list.pk))
    with factories.writing():
        Export.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    refused = place.client.post(f"/exports/{long_list.pk}/file/", follow=True)
    assert "can no longer be fetched" in text(refused)
    jobs.expire_exports(0)
    with factories.writing():
        assert Export.objects.get().status == ExportStatus.EXPIRED and not ExportFile.objects.exists()
    assert "within 24 hours" in text(place.get(f"/exports/{long_list.pk}/"))


def test_what_no_job_finished_is_given_up(place, long_list):
    jobs.expire_exports(0)
    with factories.writing():
        assert Export.objects.get().status == ExportStatus.WAITING
        Export.objects.update(created_at=clock.now() - dt.timedelta(hours=25))
    jobs.expire_exports(0)
    assert "could not be written" in text(place.get(f"/exports/{long_list.pk}/"))
