"""A file comes in: what it would do, what it did, and what it did not take."""

import secrets
import time

import pytest

from opensponsor.identity.roles import Role
from tests.e2e.audit import must_be_sound
from tests.e2e.people import comes_in

SECONDS = 60
HEADER = (
    "application_unique_application_number,submission_guid,visa_status,application_event_datetime,ltla_name,"
    "Q44b_given_name,Q44c_family_name,Q11b_applicant_date_of_birth,Q97a_sponsor_given_name,Q97b_sponsor_family_name,"
    "Q18b_sponsor_address_uk,Q101a_uk_address_staying,mapping_postcode,is_notional"
)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request):
    return request.param


def a_file(family_name):
    """Two people who come together to one sponsor in Cardiff, and a row whose date is none."""
    number, group = secrets.randbelow(10**12), secrets.token_hex(8)
    sponsor = f"Rhian,Host{secrets.token_hex(3)},1 High Street Cardiff CF10 1AA,1 High Street Cardiff,CF10 1AA,false"
    people = (("Olena", "1988-03-04"), ("Iryna", "2015-06-07"), ("Taras", "1990-02-31"))
    lines = [
        f"9{number:012d}{place},{group},Issued,2026-01-05T10:00:00Z,Cardiff,{given},{family_name},{born},{sponsor}"
        for place, (given, born) in enumerate(people)
    ]
    return "\n".join([HEADER, *lines, ""]).encode()


def waits_until_sees(visitor, text):
    """Looks again until the work in the background is done."""
    deadline = time.monotonic() + SECONDS
    while text not in visitor.page.inner_text("main"):
        assert time.monotonic() < deadline, visitor.page.inner_text("main")
        time.sleep(0.5)
        visitor.opens(visitor.path)


def test_a_file_is_brought_read_and_loaded(somebody, world, has_scripts):
    officer = somebody(has_scripts=has_scripts)
    comes_in(officer, world.holding(Role.NATIONAL_ADMINISTRATOR))
    family_name = f"Zhuravel{secrets.token_hex(3)}"
    officer.opens("/feeds/")
    officer.presses("Bring a file")
    officer.presses("Read the file")
    officer.sees("Choose what the file holds")
    officer.ticks("Visa applications")
    officer.chooses_file("File", "applications.csv", a_file(family_name))
    officer.presses("Read the file")

    waits_until_sees(officer, "Nothing has been changed yet")
    officer.sees("Rows in the file")
    must_be_sound(officer, "feeds-read")
    officer.presses("See the rows that are not taken, and why")
    officer.sees("Q11b_applicant_date_of_birth")
    must_be_sound(officer, "feeds-rejects")
    officer.presses("Files that came in", nth=0)
    officer.presses("applications.csv", nth=0)
    officer.presses("Load this file")
    waits_until_sees(officer, "The file is loaded")

    worker = somebody(has_scripts=has_scripts)
    comes_in(worker, world.members["caseworker@cardiff.example"])
    worker.opens("/households/?sort=-opened_on")
    worker.sees(family_name)
    must_be_sound(worker, "feeds-households")
