"""The pages of the gallery."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from opensponsor.web.access import public
from opensponsor.web.components.markup import joined
from opensponsor.web.gallery import examples, forms
from opensponsor.web.navigation import group_of, line_of

# Name of the page: its template and what it is given.
PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "components": ("gallery/components.html", examples.components),
    "list": ("gallery/list.html", examples.full_list),
    "list-empty": ("gallery/list.html", examples.empty_list),
    "record": ("gallery/record.html", examples.record),
    "form": ("gallery/form.html", lambda: {"form": forms.Everything(initial=forms.FILLED)}),
    "form-errors": ("gallery/form.html", lambda: {"form": forms.Everything(forms.WRONG)}),
    "question": ("web/question.html", lambda: {**examples.QUESTION, "form": forms.Question()}),
    "question-error": ("web/question.html", lambda: {**examples.QUESTION, "form": forms.Question({})}),
    "check-answers": ("web/check_answers.html", examples.check_answers),
    "confirm": ("web/confirm.html", lambda: examples.CONFIRM),
    "interruption": ("web/interruption.html", lambda: examples.INTERRUPTION),
    "done": ("web/done.html", examples.done),
    "progress": ("web/progress.html", lambda: examples.PROGRESS),
    "conflict": ("web/conflict.html", examples.conflict),
    "print": ("gallery/print.html", examples.record),
    "error-400": ("400.html", dict),
    "error-403": ("403.html", dict),
    "error-403-csrf": ("403_csrf.html", dict),
    "error-404": ("404.html", dict),
    "error-405": ("405.html", dict),
    "error-409": (
        "409.html",
        lambda: {"sentence": "This property was reserved by another council a moment ago.", "back_url": "#"},
    ),
    "error-429": ("429.html", dict),
    "error-500": ("500.html", dict),
}


def refuse_when_live() -> None:
    """The gallery does not exist in a live system."""
    if settings.ENVIRONMENT == "live":
        raise Http404


def shell() -> dict[str, Any]:
    """An invented member, with a menu of every kind of item."""
    groups = [
        group_of(label, [line_of(words, "#", is_current=words == "Households") for words in lines], f"menu-{number}")
        for number, (label, lines) in enumerate(examples.MENU)
    ]
    return {"actor": examples.ACTOR, "menu": joined(groups)}


@public("invented examples only; does not exist in a live system")
def index(request: HttpRequest) -> HttpResponse:
    """What there is to see."""
    refuse_when_live()
    return render(request, "gallery/index.html", {**shell(), "names": PAGES})


@public("invented examples only; does not exist in a live system")
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the gallery. A post shows the same page again: nothing is kept."""
    refuse_when_live()
    if name not in PAGES:
        raise Http404
    template, context = PAGES[name]
    given = {**shell(), **context()}
    if name == "form" and request.method == "POST":
        given["form"] = forms.Everything(request.POST, request.FILES)
    return render(request, template, given)
