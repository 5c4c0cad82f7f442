"""Flows of several pages: a question a page, a last look at the answers, then one act.

Answers wait on the server as a draft of their author, never in an address: they survive the way back, a broken session
and a lost connection, and pressing the last button twice acts once.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible, Refused
from opensponsor.identity.permissions import Permission
from opensponsor.identity.services import drafts
from opensponsor.identity.services.drafts import Content
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account.drafts import forget_draft, initial_from_draft
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import AnswerGroup, SummaryRow

# The answers of every page of a flow, by the name of the page: cleaned values.
Answers = dict[str, dict[str, Any]]


class StepForm(forms.Form):
    """A page of a flow; knows who answers."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Step:
    """A page of questions. It is left out for actors that it is not for."""

    slug: str
    title: str | Promise
    form: type[StepForm]
    is_for: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow: `finish` acts on all answers and returns the address of the page that says so. It may raise Refused."""

    namespace: str
    caption: str | Promise
    permission: Permission
    may: Callable[[Actor], bool]
    steps: tuple[Step, ...]
    submit: str | Promise
    finish: Callable[[ActorRequest, Answers], str]
    cancel_name: str = "list"

    @property
    def key(self) -> str:
        """The name of the draft that holds the answers."""
        return f"{self.namespace}/add"

    def steps_for(self, actor: Actor) -> list[Step]:
        """The pages that this actor goes through. Raises NotVisible for somebody who may not act at all."""
        if not self.may(actor):
            raise NotVisible
        return [step for step in self.steps if step.is_for(actor)]

    def url(self, name: str, *arguments: object) -> str:
        """The address of a page of the flow."""
        return reverse(f"{self.namespace}:{name}", args=arguments)


def flow_urls(flow: Flow) -> list[URLPattern]:
    """The addresses of the flow, to stand beside those of its list."""
    return [
        path("add/", _of(flow, start), name="add"),
        path("add/check/", _of(flow, check), name="add_check"),
        path("add/<slug:slug>/", _of(flow, answer), name="add_step"),
    ]


def _of(flow: Flow, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @requires(flow.permission)
    def shown(request: ActorRequest, **given: str) -> HttpResponse:
        return view(request, flow, flow.steps_for(request.actor), **given)

    return shown


def start(request: ActorRequest, flow: Flow, steps: list[Step]) -> HttpResponse:
    """To the first question; somebody who was interrupted chooses between going on and beginning again."""
    first = redirect(flow.url("add_step", steps[0].slug))
    if request.method == "POST":
        drafts.forget(actor=request.actor, form_key=flow.key)
        return first
    if not drafts.find(actor=request.actor, form_key=flow.key):
        return first
    context = {
        "title": _("You began this before"),
        "text": _("Your answers are still here. Go on with them, or begin again."),
        "caption": flow.caption,
        "continue_url": flow.url("add_check"),
    }
    return render(request, "web/begun.html", context)


def answer(request: ActorRequest, flow: Flow, steps: list[Step], slug: str) -> HttpResponse:
    """One page of questions, with what was answered before."""
    place = next((number for number, step in enumerate(steps) if step.slug == slug), None)
    if place is None:
        raise Http404
    step, kept = steps[place], drafts.find(actor=request.actor, form_key=flow.key) or {}
    is_change = "change" in request.GET
    form = step.form(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        initial=_typed(step, kept) or _lost(request),
    )
    if form.is_valid():
        drafts.keep(actor=request.actor, form_key=flow.key, content=kept | _as_content(step, form))
        forget_draft(request)
        is_last = is_change or place + 1 == len(steps)
        return redirect(flow.url("add_check") if is_last else flow.url("add_step", steps[place + 1].slug))
    before = flow.url("add_step", steps[place - 1].slug) if place else flow.url(flow.cancel_name)
    context = {
        "title": step.title,
        "caption": flow.caption,
        "form": form,
        "is_one_question": len(form.fields) == 1,
        "back_url": flow.url("add_check") if is_change else before,
    }
    return render(request, "web/question.html", context)


def check(request: ActorRequest, flow: Flow, steps: list[Step]) -> HttpResponse:
    """The answers once more; then the act."""
    kept = drafts.find(actor=request.actor, form_key=flow.key) or {}
    bound = {step.slug: _bound(step, kept, request.actor) for step in steps}
    for slug, form in bound.items():
        if not form.is_valid():
            return redirect(flow.url("add_step", slug))
    refused = forms.Form({} if request.method == "POST" else None)
    if request.method == "POST":
        try:
            return redirect(_act(request, flow, {slug: form.cleaned_data for slug, form in bound.items()}))
        except Refused as refusal:
            refused.add_error(None, str(refusal))
    context = {
        "title": _("Check your answers"),
        "groups": [_answers(flow, step, bound[step.slug]) for step in steps],
        "submit": flow.submit,
        "form": refused,
        "back_url": flow.url("add_step", steps[-1].slug),
    }
    return render(request, "web/check_answers.html", context)


@transaction.atomic
def _act(request: ActorRequest, flow: Flow, answers: Answers) -> str:
    """Act on the answers, which are gone then. A refusal puts them back."""
    if drafts.take(actor=request.actor, form_key=flow.key) is None:
        return flow.url(flow.cancel_name)
    return flow.finish(request, answers)


def _as_content(step: Step, form: StepForm) -> Content:
    """The cleaned answers as text, each under the name of its page and field."""
    return {f"{step.slug}.{name}": [_as_text(value)] for name, value in form.cleaned_data.items()}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _typed(step: Step, kept: Mapping[str, list[str]]) -> dict[str, str]:
    """The kept answers of the page, as its form reads them."""
    start_of = f"{step.slug}."
    return {name.removeprefix(start_of): values[0] for name, values in kept.items() if name.startswith(start_of)}


def _lost(request: ActorRequest) -> dict[str, Any]:
    """What was typed on this page when a session ended under it."""
    return initial_from_draft(request)


def _bound(step: Step, kept: Content, actor: Actor) -> StepForm:
    return step.form(_typed(step, kept), actor=actor)


def _answers(flow: Flow, step: Step, form: StepForm) -> AnswerGroup:
    change_url = flow.url("add_step", step.slug) + "?change=1"
    return AnswerGroup(step.title, tuple(_rows(form, change_url)))


def _rows(form: StepForm, change_url: str) -> Iterator[SummaryRow]:
    for bound in form:
        yield SummaryRow(bound.label, _shown(bound.field, form.cleaned_data.get(bound.name)), change_url)


def _shown(field: forms.Field, value: Any) -> Any:
    """A cleaned answer as its author reads it."""
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[Any, Any]]", field.choices)
        return {str(code): label for code, label in choices}.get(_as_text(value), "")
    return cells.day(value) if isinstance(value, dt.date) else value
