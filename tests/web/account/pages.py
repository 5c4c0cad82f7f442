"""Pages as other journeys have them, beside the real ones."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from opensponsor.web.access import signed_in
from opensponsor.web.account import drafts, proof
from opensponsor.web.formkit import DateField


class Note(forms.Form):
    """A text, a date and choices."""

    text = forms.CharField(required=False)
    day = DateField(required=False)
    tags = forms.MultipleChoiceField(required=False, choices=[("a", "A"), ("b", "B"), ("c", "C")])


@signed_in
def form(request: HttpRequest) -> HttpResponse:
    """A form with drafts."""
    note = Note(request.POST or None, initial=drafts.initial_from_draft(request))
    if note.is_valid():
        drafts.forget_draft(request)
        return redirect("/")
    return render(
        request, "web/form.html", {"form": note, "title": "Note", "autosave_url": drafts.autosave_url(request)}
    )


urlpatterns = [
    path("", include("opensponsor.config.urls")),
    path("tests/form/", form),
    path("tests/sensitive/", signed_in(proof.required(form))),
]
