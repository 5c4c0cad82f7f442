"""The text of a notice, made when it is sent."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import dateformat, translation

from opensponsor.identity.models import Organisation
from opensponsor.identity.services.invitations import token_for
from opensponsor.messages.models import Notice

# Welsh stands first where a letter is in both languages.
BOTH = ("cy", "en")
_BETWEEN = "\n\n" + "-" * 40 + "\n\n"


@dataclass(frozen=True, slots=True)
class Text:
    """What is sent."""

    subject: str
    body: str


def text_of(notice: Notice) -> Text:
    """Subject and body, in the notice's language or in both."""
    parts = [_in_language(notice, language) for language in ((notice.language,) if notice.language else BOTH)]
    return Text(" / ".join(part.subject for part in parts), _BETWEEN.join(part.body for part in parts))


def _in_language(notice: Notice, language: str) -> Text:
    with translation.override(language):
        name = f"notices/{notice.letter.lower()}.{language}.txt"
        subject, _empty, body = render_to_string(name, _words(notice.context)).partition("\n")
        return Text(subject.strip(), body.strip() + "\n")


def _words(context: dict[str, Any]) -> dict[str, Any]:
    """The context with ids turned into what they stand for, in the present language."""
    words = {"service": settings.SERVICE_NAME, "site": settings.PUBLIC_URL} | context
    if "organisation_id" in context:
        words["organisation"] = Organisation.objects.get(pk=context["organisation_id"]).name
    if "invitation_id" in context:
        address = reverse("invitation", args=[token_for(UUID(context["invitation_id"]))])
        words["link"] = settings.PUBLIC_URL + address
    if "day" in context:
        words["day"] = dateformat.format(dt.date.fromisoformat(context["day"]), "j F Y")
    return words
