"""Every code has a sentence, and none needs more than its code."""

import pytest
from django.utils import translation

from opensponsor.feeds.codes import Notice, Reason, Refusal
from opensponsor.feeds.models import Load, Reject
from opensponsor.feeds.rules import notices, refusals


@pytest.mark.parametrize("code", Refusal.values)
def test_a_refusal_is_a_sentence(code):
    text = refusals.sentence(code)
    assert text.endswith(".")
    assert len(code) <= Load._meta.get_field("refusal").max_length
    assert refusals.sentence(code, line=7, column="key") == f"{text} (line 7, column “key”)"
    assert str(refusals.FileRefused(code)) == text


@pytest.mark.parametrize("code", Reason.values)
def test_a_reason_is_a_sentence(code):
    assert str(Reason(code).label).endswith(".")
    assert len(code) <= Reject._meta.get_field("reason").max_length


@pytest.mark.parametrize("code", Notice.values)
def test_a_notice_names_its_columns(code):
    text = notices.notice(code, names=["a", "b"], count=2)
    assert text.endswith(": a, b")
    assert notices.notice(code, names=["a", "b"], count=9) == f"{text} (+7)"


def test_a_sentence_is_in_the_language_of_whoever_reads():
    """The catalogue need not be complete: what matters is that nothing is fixed when the module is loaded."""
    with translation.override("cy"):
        assert refusals.sentence("EMPTY") == str(Refusal.EMPTY.label)


def test_an_unknown_code_is_a_mistake():
    with pytest.raises(ValueError, match="NONSENSE"):
        refusals.sentence("NONSENSE")
