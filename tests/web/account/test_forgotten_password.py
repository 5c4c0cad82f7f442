"""A forgotten password: a link by mail, no hint whether there is an account, and both factors afterwards."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail as outbox
from procrastinate.contrib.django.models import ProcrastinateJob

from opensponsor.web.account import mail
from tests.web.account.people import Browser, Person, lines, text_of

NEW = "seven otters juggle turnips"


def send_waiting_mail() -> list[str]:
    """Do the work of the jobs and return the texts that were sent."""
    outbox.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name__endswith="send_account_mail").order_by("id"):
        mail.send(**job.args)
    return [message.body for message in outbox.outbox]


def ask_for_link(person: Person) -> str:
    person.browser.post("/password/forgotten/", {"email": person.user.email})
    text = send_waiting_mail()[-1]
    return re.search(r"http://testserver(\S+)", text)[1]  # type: ignore[index]


def choose(person: Person, link: str, password: str = NEW) -> str:
    page = person.browser.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return text_of(person.browser.post(address, {"password1": password}, follow=True))


@pytest.mark.rule("ORG-024")
def test_a_new_password_by_link_never_stands_in_for_the_second_factor(mari: Person) -> None:
    link = ask_for_link(mari)
    assert "Your password was changed" in choose(mari, link)
    assert not mari.is_in()
    assert mari.give_password().status_code == 200
    assert mari.give_password(NEW).headers["Location"] == "/sign-in/code/"
    assert not mari.is_in()
    mari.give_code()
    mari.affirm()
    assert mari.is_in()
    assert [len(lines(f"password.{word}")) for word in ("reset_sent", "reset")] == [1, 1]


def test_the_key_does_not_stay_in_the_address(mari: Person) -> None:
    page = mari.browser.get(ask_for_link(mari), follow=True)
    assert page.redirect_chain[-1][0].endswith("-set-password/")


def test_a_new_password_ends_every_session(mari: Person) -> None:
    mari.sign_in()
    link = ask_for_link(mari)
    choose(Person(mari.user, Browser()), link)
    assert not mari.is_in()


def test_a_link_works_once_and_for_an_hour(mari: Person, clock: time_machine.Traveller) -> None:
    link = ask_for_link(mari)
    choose(mari, link)
    assert "This link no longer works" in text_of(mari.browser.get(link))
    clock.shift(1)
    late = ask_for_link(mari)
    clock.shift(3601)
    assert "This link no longer works" in text_of(mari.browser.get(late))


def test_a_link_of_one_person_is_no_use_for_another(mari: Person, make_person: Callable[..., Person]) -> None:
    ivan = make_person()
    link = ask_for_link(mari)
    mine, others = ask_for_link(ivan).split("/")[-2].partition("-")[0], link.split("/")[-2].partition("-")[2]
    assert "This link no longer works" in text_of(mari.browser.get(f"/password/new/{mine}-{others}/"))


def test_a_weak_password_is_refused_on_this_way_too(mari: Person) -> None:
    link = ask_for_link(mari)
    assert "too easy to guess" in choose(mari, link, "passwordpassword1")
    assert "15 characters or more" in choose(mari, link, "short")


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(mari: Person) -> None:
    def answer(address: str) -> tuple[int, str, str]:
        page = Browser().post("/password/forgotten/", {"email": address}, follow=True)
        return page.status_code, page.redirect_chain[-1][0], text_of(page)

    assert answer(mari.user.email) == answer("nobody@gwynedd.example")
    assert ProcrastinateJob.objects.filter(task_name__endswith="send_account_mail").count() == 2
    assert len(send_waiting_mail()) == 1


def test_jobs_carry_no_addresses(mari: Person) -> None:
    Browser().post("/password/forgotten/", {"email": "nobody@gwynedd.example"})
    ask_for_link(mari)
    assert "@" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))


@pytest.mark.parametrize("state", [{"suspended_on": "2027-02-01"}, {"left_on": "2027-02-01"}, {}])
def test_a_closed_account_gets_no_link(make_person: Callable[..., Person], state: dict[str, str]) -> None:
    ivan = make_person(is_active=False, **state)
    ivan.browser.post("/password/forgotten/", {"email": ivan.user.email})
    assert send_waiting_mail() == []


def test_five_mails_in_fifteen_minutes_are_enough(mari: Person, clock: time_machine.Traveller) -> None:
    for number in range(7):
        browser = Browser(REMOTE_ADDR=f"203.0.113.{number}")
        browser.post("/password/forgotten/", {"email": mari.user.email})
    assert len(send_waiting_mail()) == 5


def test_a_forged_host_gets_no_link_to_itself(mari: Person) -> None:
    answer = mari.browser.post("/password/forgotten/", {"email": mari.user.email}, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert send_waiting_mail() == []


def test_the_mail_speaks_the_language_of_the_account(make_person: Callable[..., Person], monkeypatch) -> None:
    from django.utils import translation

    ivan = make_person(language="cy")
    spoken = []
    monkeypatch.setattr(mail, "send_mail", lambda *_args: spoken.append(translation.get_language()))
    mail.send(ivan.user.pk, mail.RESET, "http://testserver")
    mail.send(ivan.user.pk, "totp_activated", "http://testserver")
    assert spoken == ["cy", "cy"]
    assert not mail.send(0, mail.RESET, "http://testserver")


def test_changing_the_password_needs_the_present_one_and_ends_the_other_sessions(
    mari: Person, clock: time_machine.Traveller
) -> None:
    mari.sign_in()
    clock.shift(30)
    phone = Person(mari.user, Browser())
    phone.sign_in()
    page = mari.browser.post("/account/password/", {"oldpassword": "wrong wrong wrong", "password1": NEW})
    assert "Enter your present password" in text_of(page)
    assert phone.is_in()
    fields = {"oldpassword": "penknife gravel tulip bench", "password1": NEW}
    assert mari.browser.post("/account/password/", fields).status_code == 302
    assert [mari.is_in(), phone.is_in()] == [True, False]
    assert len(lines("password.changed")) == 1
    page = mari.browser.get("/account/password/").content.decode()
    assert 'autocomplete="new-password"' in page
