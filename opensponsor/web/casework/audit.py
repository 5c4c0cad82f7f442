"""The history of a case for an auditor, who does not open the record itself."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.cases import queries
from opensponsor.cases.models import Case
from opensponsor.cases.states import CaseKind
from opensponsor.core.hiding import shown
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.forms import ReferenceForm
from opensponsor.web.components.shapes import Link
from opensponsor.web.records import history


@requires(Permission.HISTORY_READ)
def find(request: ActorRequest) -> HttpResponse:
    """Finding a case by its reference, which a letter or a complaint names."""
    form = ReferenceForm(request.POST or None)
    if form.is_valid():
        case = queries.find_under_audit(request.actor, form.cleaned_data["reference"])
        if case is not None:
            return redirect("casework:audit_changes", case.pk)
        form.add_error("reference", _("There is no record with this reference that you may audit"))
    return render(request, "web/form.html", {"title": _("Audit a record"), "form": form, "submit": _("Find")})


@requires(Permission.HISTORY_READ)
def changes(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What was changed (ORG-033)."""
    case = _opened(request, case_id, "history")
    url = reverse("casework:audit_changes", args=[case_id])
    return _page(request, case, _("Change history"), history.changes_of(request, request.actor, case_id, url, {}))


@requires(Permission.ACCESS_LOG_READ)
def accesses(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Who has opened it."""
    case = _opened(request, case_id, "opened")
    url = reverse("casework:audit_opened", args=[case_id])
    return _page(request, case, _("Who has opened it"), history.accesses_of(request, case_id, url))


def _opened(request: ActorRequest, case_id: UUID, section: str) -> Case:
    case = queries.get_case_under_audit(request.actor, case_id)
    audit.record_access("record.audited", actor=request.actor, case_id=case_id, owner_id=case.owner_id, section=section)
    return case


def _page(request: ActorRequest, case: Case, title: str, content: dict[str, Any]) -> HttpResponse:
    pages = (
        ("audit_changes", _("Change history"), Permission.HISTORY_READ),
        ("audit_opened", _("Who has opened it"), Permission.ACCESS_LOG_READ),
    )
    links = [
        Link(label, reverse(f"casework:{name}", args=[case.pk]), label == title)
        for name, label, permission in pages
        if request.actor.may(permission)
    ]
    name = shown(request.actor, case, "title")
    context = {
        "title": title,
        "name": f"{CaseKind(case.kind).label} {case.reference}" + (f", {name}" if name else ""),
        "sections": links,
        "back_url": reverse("casework:audit"),
        **content,
    }
    return render(request, "casework/audit.html", context)
