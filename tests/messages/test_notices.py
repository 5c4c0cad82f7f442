"""Mail is written with the act, sent once, and names nobody."""

import datetime as dt
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, connection

from opensponsor.core import clock
from opensponsor.identity.roles import Role
from opensponsor.messages import delivery
from opensponsor.messages.models import Notice
from opensponsor.messages.services.notices import notify, notify_holders
from opensponsor.messages.states import Letter
from opensponsor.messages.texts import text_of
from tests import factories

TEXTS = Path(delivery.__file__).parent / "templates" / "notices"


def write(letter=Letter.ACCOUNT_REACTIVATED, to="mari@council.example", language="en", **context):
    with factories.writing():
        return notify(to=to, letter=letter, language=language, context=context)


def deliver(notice):
    with factories.restored():
        return delivery.deliver(notice.pk)


def queued():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'notice_id' FROM procrastinate_jobs WHERE task_name LIKE '%deliver_notice'")
        return [row[0] for row in cursor.fetchall()]


def test_a_notice_is_queued_with_the_act_and_vanishes_with_it(db):
    kept = write()
    with factories.undone():
        write()
    assert queued() == [str(kept.pk)]


def test_a_member_writes_a_notice_and_reads_none(team):
    actor = team.champion()
    with factories.as_actor(actor):
        notify(to="mari@council.example", letter=Letter.ACCOUNT_REACTIVATED, language="en", context={})
        assert not Notice.objects.exists()
        assert Notice.objects.update(address="evil@elsewhere.example") == 0
    with factories.writing():
        assert Notice.objects.get().address == "mari@council.example"


def test_it_is_sent_once(db):
    notice = write()
    assert deliver(notice) is True
    assert deliver(notice) is False
    [sent] = mail.outbox
    assert sent.to == ["mari@council.example"]
    assert sent.extra_headers["Message-ID"].startswith(f"<{notice.pk}@")
    with factories.writing():
        assert Notice.objects.get().sent_at is not None


def test_a_mail_server_that_fails_leaves_it_to_be_tried_again(db, monkeypatch):
    notice = write()

    def fail(_self):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", fail)
        with pytest.raises(ConnectionRefusedError):
            deliver(notice)
    assert deliver(notice) is True
    assert len(mail.outbox) == 1


def test_holders_are_those_of_the_day_it_is_sent(team):
    with factories.writing():
        notice = notify_holders(
            role=Role.DATA_CHAMPION,
            organisation_id=team.ours.pk,
            letter=Letter.ATTESTATION_DUE,
            language="en",
            context={"organisation_id": team.ours.pk},
        )
    later = factories.member(team.ours.organisation, Role.DATA_CHAMPION)
    factories.member(team.ours.organisation, Role.DATA_CHAMPION, is_active=False)
    deliver(notice)
    [sent] = mail.outbox
    assert set(sent.bcc) == {team.ours.champion.email, later.email}
    assert not {*sent.to} & {*sent.bcc}


def test_a_letter_to_a_role_that_nobody_holds_is_done_with(team):
    with factories.writing():
        notice = notify_holders(
            role=Role.AUDITOR, organisation_id=team.ours.pk, letter=Letter.ACCESS_ASKED, language="en", context={}
        )
    assert deliver(notice) is False
    assert mail.outbox == []
    with factories.writing():
        assert Notice.objects.get().sent_at is not None


@pytest.mark.parametrize(
    "addressee",
    [
        {},
        {"address": "a@b.example", "role": Role.DATA_CHAMPION},
        {"role": Role.DATA_CHAMPION},
    ],
)
def test_a_notice_has_one_addressee(db, addressee):
    with factories.writing(), pytest.raises(IntegrityError, match="notice_has_one_addressee"):
        Notice.objects.create(letter=Letter.ACCESS_ASKED, **addressee)


def test_old_notices_are_forgotten_unsent_ones_never(db):
    with factories.writing():
        for days in (89, 91):
            at = clock.now() - dt.timedelta(days=days)
            Notice.objects.create(address="a@b.example", letter=Letter.ACCESS_ASKED, sent_at=at)
        Notice.objects.create(address="a@b.example", letter=Letter.ACCESS_ASKED)
    with factories.restored():
        assert delivery.forget_old() == 1


class TestTexts:
    @pytest.fixture
    def context(self, team):
        from opensponsor.identity.services.invitations import open_invitation

        user = factories.member(team.ours.organisation, is_active=False)
        team.ours.organisation.name_en = "King's & Queen's Council"
        team.ours.organisation.name_cy = "Cyngor y Brenin"
        with factories.writing():
            team.ours.organisation.save()
            invitation = open_invitation(user=user, organisation_id=team.ours.pk)
        return {
            "organisation_id": team.ours.pk,
            "invitation_id": str(invitation.pk),
            "day": "2026-11-28",
            "days": 60,
            "unconfirmed": 1,
        }

    @pytest.mark.parametrize("language", ["en", "cy"])
    @pytest.mark.parametrize("letter", Letter)
    def test_every_letter_has_a_subject_and_a_body_in_each_language(self, context, letter, language):
        text = text_of(Notice(letter=letter, language=language, context=context))
        assert text.subject
        assert "\n" not in text.subject
        assert len(text.body) > 40
        assert not {"{", "}", "&#", "&amp;"} & {*text.body, *text.subject}

    @pytest.mark.rule("ORG-017", "ORG-026")
    def test_the_invitation_says_how_long_and_not_to_share(self, context):
        text = text_of(Notice(letter=Letter.INVITATION, language="en", context=context))
        assert "by 28 November 2026" in text.body
        assert "King's & Queen's Council" in text.body
        assert "Never share how you sign in" in text.body
        assert "http://localhost:8000/" in text.body

    def test_in_wales_a_letter_to_somebody_unknown_is_in_both_languages(self, context):
        text = text_of(Notice(letter=Letter.INVITATION, language="", context=context))
        assert text.subject.index("Mae eich cyfrif") < text.subject.index("Your account")
        assert "Cyngor y Brenin" in text.body
        assert "28 Tachwedd 2026" in text.body

    def test_there_is_no_text_without_a_letter(self):
        names = {f"{letter.lower()}.{language}.txt" for letter in Letter for language in ("en", "cy")}
        assert {path.name for path in TEXTS.iterdir()} == names
