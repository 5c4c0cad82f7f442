"""The checks of a household and of a sponsor: read, explained, recorded."""

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from opensponsor.cases.models import Case
from opensponsor.checks.states import CheckStatus, CheckType
from opensponsor.identity.models import User
from opensponsor.identity.roles import Role
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.web.conflicts import posted
from tests import factories
from tests.checks.place import TODAY, Hosting, make_hosting
from tests.web.browsing import main_of, signed_in

T = CheckType
MOST_QUERIES = 12


@pytest.fixture
def hosting(db: None) -> Hosting:
    return make_hosting()


def _section(hosting: Hosting, of: str = "household") -> str:
    return f"/{of}s/{getattr(hosting, of).case_id}/checks/"


def _form(hosting: Hosting, type_: CheckType) -> str:
    of = "sponsor" if type_ in (T.SPONSOR, T.EXISTS) else "household"
    address = f"{hosting.address.pk}/" if type_ in (T.EXISTS, T.SUITABLE) else ""
    return f"{_section(hosting, of)}{type_.lower()}/{address}"


def _read(hosting: Hosting, user: User | None = None, of: str = "household") -> str:
    return main_of(signed_in(user or hosting.user).get(_section(hosting, of)))


def _opened(client: Any, url: str) -> dict[str, Any]:
    shown = client.get(url).context["form"]
    return {name: posted(shown[name].value()) for name in shown.fields}


def _send(hosting: Hosting, type_: CheckType, user: User | None = None, **values: Any) -> Any:
    client = signed_in(user or hosting.user)
    url = _form(hosting, type_)
    return client.post(url, _opened(client, url) | values, follow=True)


@pytest.mark.rule("CMS-012")
def test_a_new_household_says_what_is_to_be_checked(hosting: Hosting) -> None:
    text = _read(hosting)
    for words in (
        "Checks required No check is passed yet.",
        "The DBS check of the sponsor Gwen Parry has not started.",
        "The check that the home exists has not started: 1 Castle Street, Conwy.",
        "The check that the home is suitable has not started: 1 Castle Street, Conwy.",
        "Nobody has checked yet that the guests have arrived.",
        "Sponsor or host: Gwen Parry",
        "Address: 1 Castle Street, Conwy",
    ):
        assert words in text
    assert text.count("Change Accommodation") == 2 and "Change Guests arrived" in text


@pytest.mark.rule("CMS-012", "CMS-017")
def test_check_by_check_the_status_explains_itself(hosting: Hosting) -> None:
    passed = {"status": "PASSED", "checked_on": TODAY.isoformat()}
    _send(hosting, T.SPONSOR, status="IN_PROGRESS")
    assert "The DBS check of the sponsor Gwen Parry is in progress." in _read(hosting)
    _send(hosting, T.SPONSOR, **passed, dbs_level="BASIC")
    assert "Checks partially completed Some checks are passed." in _read(hosting)
    _send(hosting, T.EXISTS, **passed)
    answer = _send(hosting, T.SUITABLE, **passed, comment="Two bedrooms")
    text = main_of(answer)
    assert "Saved: How far is the check?, Date of the outcome, Comment." in answer.content.decode()
    assert "Pre-arrival checks complete" in text and "Two bedrooms" in text
    _send(hosting, T.ARRIVED, **passed)
    text = _read(hosting)
    assert "Checks completed Every check is passed or no longer required." in text
    assert "has not started" not in text


def test_a_failure_says_why(hosting: Hosting) -> None:
    _send(hosting, T.SUITABLE, status="FAILED", checked_on="2026-03-07", failure_reason="OVERCROWDED")
    text = _read(hosting)
    assert "Some checks failed" in text and "7 March 2026" in text and "Overcrowded" in text
    assert "The check that the home is suitable failed: 1 Castle Street, Conwy." in text


@pytest.mark.parametrize(
    ("born", "recorded_on", "words"),
    [
        (dt.date(TODAY.year - 9, 1, 1), TODAY, "is Basic: an Enhanced one is needed"),
        (dt.date(TODAY.year - 9, 1, 1), dt.date(2023, 4, 30), "is enough: it was recorded before 1 May 2023"),
        (None, TODAY, "The date of birth of Ivan Koval is not recorded"),
    ],
)
def test_what_a_child_asks_of_the_sponsor_is_said(
    hosting: Hosting, born: dt.date | None, recorded_on: dt.date, words: str
) -> None:
    factories.person(hosting.household, "Ivan Koval", birth_date=born)
    hosting.record(T.SPONSOR, checked_on=recorded_on)
    text = _read(hosting)
    assert words in text
    assert ("because a guest is under 18: Ivan Koval" in text) is (born is not None)


@pytest.mark.rule("CMS-017")
def test_what_asks_for_an_enhanced_check_is_no_item_of_what_is_open(hosting: Hosting) -> None:
    factories.person(hosting.household, "Ivan Koval", birth_date=TODAY)
    hosting.record(T.SPONSOR, dbs_level="ENHANCED")
    page = signed_in(hosting.user).get(_section(hosting, "household")).content.decode()
    items = page.split("What is still open:")[1].split("</ul>")[0]
    assert "has not started" in items and "under 18" not in items
    assert "because a guest is under 18: Ivan Koval." in page


@pytest.mark.parametrize(
    ("type_", "values", "sentence"),
    [
        (T.SPONSOR, {"status": "PASSED", "checked_on": "2026-03-07"}, "Choose the level of the DBS check."),
        (T.EXISTS, {"status": "PASSED"}, "Enter the date of the outcome."),
        (T.EXISTS, {"status": "PASSED", "checked_on": "2126-03-07"}, "The date must be today or earlier."),
        (T.SUITABLE, {"status": "FAILED", "checked_on": "2026-03-07"}, "Choose why the check failed."),
        (T.SPONSOR, {"status": "FAILED", "checked_on": "2026-03-07", "failure_reason": "OTHER"}, "Say what the reason"),
        (T.ARRIVED, {"status": "?"}, "Choose one of the answers for: How far is the check?"),
        (T.ARRIVED, {"status": "PASSED", "checked_on_day": "7", "checked_on_month": "3"}, "must include a year"),
    ],
)
def test_what_is_missing_is_said_in_plain_words(
    hosting: Hosting, type_: CheckType, values: dict[str, str], sentence: str
) -> None:
    answer = _send(hosting, type_, **values)
    assert answer.status_code == 200 and sentence in main_of(answer)
    assert hosting.status() == ""


def test_a_check_of_a_sponsor_opened_from_a_household_leads_back_to_it(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    url = f"{_form(hosting, T.EXISTS)}?household={hosting.household.case_id}"
    assert url in client.get(_section(hosting)).content.decode()
    assert client.post(url, _opened(client, url)).headers["Location"] == _section(hosting)
    strange = f"{_form(hosting, T.EXISTS)}?household=//evil.example"
    assert client.post(strange, _opened(client, strange)).headers["Location"] == _section(hosting, "sponsor")


def test_the_record_of_a_sponsor_has_their_checks_and_those_of_each_address(hosting: Hosting) -> None:
    factories.address(hosting.sponsor, "2 High Street, Conwy")
    text = _read(hosting, of="sponsor")
    for words in ("DBS and sponsor suitable", "1 Castle Street, Conwy", "2 High Street, Conwy", "Not started"):
        assert words in text
    assert "Accommodation suitable" not in text


@pytest.mark.rule("ORG-031")
@pytest.mark.parametrize("type_", T)
def test_another_council_finds_no_such_pages(hosting: Hosting, type_: CheckType) -> None:
    stranger = signed_in(factories.member(factories.organisation(), Role.CASEWORKER))
    of = "sponsor" if type_ in (T.SPONSOR, T.EXISTS) else "household"
    assert stranger.get(_section(hosting, of)).status_code == 404
    assert stranger.get(_form(hosting, type_)).status_code == 404
    assert stranger.post(_form(hosting, type_), {"status": "PASSED", "version": 0}).status_code == 404


@pytest.mark.rule("ORG-030")
def test_the_level_of_a_dbs_check_is_shown_to_those_who_may_see_it(hosting: Hosting) -> None:
    factories.person(hosting.household, "Ivan Koval", birth_date=TODAY)
    hosting.record(T.SPONSOR)
    for role, sees in ((Role.SAFEGUARDING_LEAD, True), (Role.DATA_CHAMPION, False), (Role.FINANCE_OFFICER, False)):
        user = factories.member(hosting.council, role)
        for of in ("household", "sponsor"):
            text = _read(hosting, user, of)
            assert "Passed" in text
            assert ("Basic" in text) is sees, (role, of)
    champion = signed_in(factories.member(hosting.council, Role.DATA_CHAMPION))
    assert champion.get(_form(hosting, T.SPONSOR)).status_code == 404
    assert "Change DBS" not in main_of(champion.get(_section(hosting)))
    assert "is not complete" in main_of(champion.get(_section(hosting)))


@pytest.mark.rule("ORG-030")
def test_an_analyst_reads_the_status_and_no_name(hosting: Hosting) -> None:
    factories.person(hosting.household, "Ivan Koval", birth_date=TODAY)
    hosting.record(T.SPONSOR)
    government = factories.organisation(
        OrganisationKind.DEVOLVED_GOVERNMENT, realm=Realm.WALES, reads_realms=[Realm.WALES]
    )
    text = _read(hosting, factories.member(government, Role.ANALYST))
    assert "Checks partially completed" in text
    for hidden in ("Gwen", "Parry", "Castle", "Olena", "Ivan", "Basic", "under 18", "Change"):
        assert hidden not in text


def test_readers_get_no_form(hosting: Hosting) -> None:
    user = factories.member(hosting.council, Role.SAFEGUARDING_LEAD)
    assert "Change" not in _read(hosting, user)
    assert signed_in(user).get(_form(hosting, T.ARRIVED)).status_code == 404


def test_a_closed_household_offers_nothing_to_change_and_says_so(hosting: Hosting) -> None:
    with factories.writing():
        Case.objects.filter(pk=hosting.household.case_id).update(status="CLOSED", closed_on=TODAY)
    text = _read(hosting)
    assert "nothing is left to check" in text and "Change" not in text
    assert signed_in(hosting.user).get(_form(hosting, T.ARRIVED)).status_code == 409


def test_an_address_of_somebody_else_has_no_form_here(hosting: Hosting) -> None:
    other = factories.address(factories.sponsor(hosting.council))
    assert signed_in(hosting.user).get(_form(hosting.at(address=other), T.SUITABLE)).status_code == 404


@pytest.mark.parametrize("is_new", [True, False], ids=["first time", "again"])
def test_the_slower_of_two_gets_both_texts_and_nothing_is_overwritten(hosting: Hosting, is_new: bool) -> None:
    if not is_new:
        hosting.record(T.SUITABLE, status=CheckStatus.IN_PROGRESS, checked_on=None)
    colleague = factories.member(hosting.council, Role.CASEWORKER, full_name="Huw Rees")
    first, second, url = signed_in(colleague), signed_in(hosting.user), _form(hosting, T.SUITABLE)
    theirs, mine = _opened(first, url), _opened(second, url)
    first.post(url, theirs | {"status": "PASSED", "checked_on": "2026-03-07", "comment": "Fine"})
    answer = second.post(url, mine | {"status": "NOT_AVAILABLE", "comment": "Nobody there"})
    assert answer.status_code == 409
    text = main_of(answer)
    for words in ("Someone else changed this record", "Huw Rees", "Fine", "Nobody there", "Passed", "Not available"):
        assert words in text
    assert hosting.status() == "PARTIAL"
    choice = dict(answer.context["same"]) | {"version": answer.context["version"]}
    again = second.post(url, choice | {"status": "NOT_AVAILABLE", "comment": "Both"})
    assert again.status_code == 302 and hosting.status() == "REQUIRED"


def test_the_timeline_tells_of_checks_in_words(hosting: Hosting) -> None:
    hosting.record(T.SPONSOR)
    hosting.record(T.ARRIVED)
    text = main_of(signed_in(hosting.user).get(f"/households/{hosting.household.case_id}/notes/"))
    assert "Check recorded: Guests arrived, Passed" in text and "Status of the checks changed" not in text
    text = main_of(signed_in(hosting.user).get(f"/sponsors/{hosting.sponsor.case_id}/notes/"))
    assert "Check recorded: DBS and sponsor suitable, Passed" in text


def test_the_printed_record_has_the_checks(hosting: Hosting) -> None:
    text = main_of(signed_in(hosting.user).get(f"/households/{hosting.household.case_id}/print/"))
    assert "No check is passed yet" in text and "Sponsor or host: Gwen Parry" in text


@pytest.mark.parametrize("of", ["household", "sponsor"])
def test_the_section_takes_at_most_twelve_queries(hosting: Hosting, of: str) -> None:
    for number in range(4):
        address = factories.address(hosting.sponsor, f"{number} High Street")
        factories.sponsorship(hosting.household, factories.sponsor(hosting.council), address)
    client = signed_in(hosting.user)
    client.get(_section(hosting, of))
    with CaptureQueriesContext(connections["default"]) as first, CaptureQueriesContext(connections["outside"]) as other:
        assert client.get(_section(hosting, of)).status_code == 200
    found = [query["sql"] for query in [*first.captured_queries, *other.captured_queries]]
    statements = [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(statements) <= MOST_QUERIES, statements


def test_the_form_says_whose_check_it_is(hosting: Hosting) -> None:
    client = signed_in(hosting.user)
    of_household = f"Olena Kovalenko, {hosting.household.case.reference}"
    assert of_household in main_of(client.get(_form(hosting, T.ARRIVED)))
    assert f"1 Castle Street, Conwy; {of_household}" in main_of(client.get(_form(hosting, T.SUITABLE)))
    assert f"Gwen Parry, {hosting.sponsor.case.reference}" in main_of(client.get(_form(hosting, T.SPONSOR)))


def test_two_homes_with_the_same_address_stand_apart(hosting: Hosting) -> None:
    again = factories.sponsor(hosting.council, "Parry Gwen")
    factories.sponsorship(hosting.household, again, factories.address(again))
    text = _read(hosting)
    assert text.count("Address: 1 Castle Street, Conwy") == 2
    assert text.count("The check that the home exists has not started: 1 Castle Street, Conwy.") == 1


def test_what_failed_is_said_first(hosting: Hosting) -> None:
    hosting.record(T.ARRIVED, status="FAILED")
    text = _read(hosting)
    assert text.index("The guests have not arrived.") < text.index("The DBS check of the sponsor Gwen Parry")
