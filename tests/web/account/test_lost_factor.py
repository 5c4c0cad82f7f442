"""Who has lost every second factor gets in again after a day, and nobody else does."""

import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from opensponsor.identity.models import Organisation
from opensponsor.identity.states import OrganisationKind, Realm
from opensponsor.web import jobs
from tests import factories
from tests.conftest import _context_restored
from tests.web.account.people import Person, code_now, lines, text_of

DAY = 24 * 3600


@pytest.fixture
def operator(db: None) -> Organisation:
    return factories.organisation(OrganisationKind.PLATFORM, realm=Realm.PLATFORM, reads_realms=list(Realm))


@pytest.fixture
def administrator(clock: time_machine.Traveller, operator: Organisation, make_person: Callable[..., Person]) -> Person:
    person = make_person(at=operator, full_name="Ada Operator")
    person.sign_in()
    return person


def page_of(person: Person, council: Organisation) -> str:
    return f"/team/{council.pk}/{person.user.pk}/second-factor/"


def announce(administrator: Person, mari: Person, council: Organisation):
    return administrator.browser.post(page_of(mari, council), {"is_checked": "on"})


def run_jobs() -> None:
    """Do what is due, as the worker does."""
    for job in ProcrastinateJob.objects.filter(task_name__endswith="reset_second_factors"):
        with _context_restored("default"):
            jobs.reset_second_factors(**job.args)


def test_after_a_day_the_factors_the_password_and_the_sessions_are_gone(
    administrator: Person, mari: Person, council: Organisation, clock: time_machine.Traveller
) -> None:
    clock.shift(1)
    answer = announce(administrator, mari, council)
    assert answer.headers["Location"] == f"/team/{council.pk}/{mari.user.pk}/"
    (job,) = ProcrastinateJob.objects.filter(task_name__endswith="reset_second_factors")
    assert job.scheduled_at.timestamp() == pytest.approx(time.time() + DAY, abs=1)
    clock.shift(DAY)
    outbox.outbox.clear()
    run_jobs()
    assert not Authenticator.objects.filter(user=mari.user).exists()
    assert mari.give_password().status_code == 200, "the old password no longer works"
    assert "forgotten my password" in outbox.outbox[0].body
    assert [len(lines(f"second_factor.{word}")) for word in ("reset_announced", "reset")] == [1, 1]


def test_whoever_still_has_a_factor_stops_it_by_using_it(
    administrator: Person, mari: Person, council: Organisation, clock: time_machine.Traveller
) -> None:
    clock.shift(60)
    announce(administrator, mari, council)
    clock.shift(3600)
    mari.give_password()
    mari.give_code()
    clock.shift(DAY)
    run_jobs()
    assert len(lines("second_factor.reset_cancelled")) == 1
    mari.browser.post("/sign-out/")
    mari.give_password()
    assert mari.give_code(code_now()).headers["Location"] == "/"


def test_running_again_leaves_the_new_factor_alone(
    administrator: Person, mari: Person, council: Organisation, clock: time_machine.Traveller
) -> None:
    clock.shift(60)
    announce(administrator, mari, council)
    clock.shift(DAY)
    run_jobs()
    Authenticator.objects.create(user=mari.user, type="totp", data={})
    run_jobs()
    assert Authenticator.objects.filter(user=mari.user).count() == 1


def test_the_owner_is_told_at_once(administrator: Person, mari: Person, council: Organisation) -> None:
    announce(administrator, mari, council)
    (job,) = ProcrastinateJob.objects.filter(task_name__endswith="send_account_mail")
    assert job.args["user_id"] == mari.user.pk
    jobs.send_account_mail(**job.args)
    assert "sign in with it before" in outbox.outbox[-1].body


def test_it_needs_the_champions_word_and_fresh_proof(
    administrator: Person, mari: Person, council: Organisation, clock: time_machine.Traveller
) -> None:
    page = administrator.browser.post(page_of(mari, council), {})
    assert "Ask the data champion to meet this person first" in text_of(page)
    clock.shift(300)
    assert announce(administrator, mari, council).headers["Location"].startswith("/account/prove/password/")
    assert not ProcrastinateJob.objects.filter(task_name__endswith="reset_second_factors").exists()


def test_nobody_removes_their_own_and_no_caseworker_anybodys(
    administrator: Person,
    operator: Organisation,
    mari: Person,
    council: Organisation,
    make_person: Callable[..., Person],
) -> None:
    mari.sign_in()
    colleague = make_person()
    assert announce(mari, colleague, council).status_code == 404
    own = administrator.browser.post(
        f"/team/{operator.pk}/{administrator.user.pk}/second-factor/", {"is_checked": "on"}
    )
    assert "nobody decides about their own access" in text_of(own)
    assert ProcrastinateJob.objects.filter(task_name__endswith="reset_second_factors").count() == 0


def test_an_account_that_is_not_in_use_is_left_alone(
    administrator: Person, council: Organisation, make_person: Callable[..., Person]
) -> None:
    ivan = make_person(is_active=False, suspended_on="2027-02-01")
    assert "not in use" in text_of(announce(administrator, ivan, council))
