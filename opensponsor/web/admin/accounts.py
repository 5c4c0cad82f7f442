"""Accounts across organisations: those that cannot sign in, and whether an address has one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import accounts as queries
from opensponsor.identity.states import AccountStatus
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Link, Pages, Table, TableRow
from opensponsor.web.team.forms import AddressSearch
from opensponsor.web.team.request_rows import after_of
from opensponsor.web.team.rows import status_tag

_SHOWN = (AccountStatus.SUSPENDED, AccountStatus.INVITED)


@requires(Permission.ACCOUNT_MANAGE)
def index(request: ActorRequest) -> HttpResponse:
    """Accounts that cannot sign in: suspended, or invited and not come in yet."""
    asked = request.GET.get("status", "")
    status = AccountStatus(asked) if asked in _SHOWN else AccountStatus.SUSPENDED
    page, after = queries.page_of_closed(
        request.actor, status, today=clock.today(), after=after_of(request.GET.get("after", ""))
    )
    audit.record_access("accounts.listed", actor=request.actor, status=status, count=len(page))
    labels = (_("Name"), _("Email"), _("Organisation"), _("Account"), _("Last signed in"))
    rows = [
        TableRow(
            (
                cells.link(reverse("team:member", args=[held.organisation_id, held.user_id]), held.user.full_name),
                held.user.email,
                held.organisation.name,
                status_tag(held.user.status),
                cells.short_day(held.user.last_seen_on) or _("Never"),
            )
        )
        for held in page
    ]
    context = {
        "title": _("Accounts that cannot sign in"),
        "choices": [Link(one.label, f"?status={one}", one == status) for one in _SHOWN],
        "table": Table(_("Accounts"), tuple(Column(label) for label in labels), rows, _("There is none.")),
        "pages": Pages(next_url=f"?status={status}&after={after}" if after else ""),
        "find_url": reverse("administration:find"),
    }
    return render(request, "admin/accounts.html", context)


@requires(Permission.ORGANISATION_READ)
def find(request: ActorRequest) -> HttpResponse:
    """Whether an address has an account, and in which organisations, to help its holder."""
    form = AddressSearch(request.POST or None)
    answer = None
    if form.is_valid():
        answer = queries.find_anywhere(request.actor, form.cleaned_data["email"], today=clock.today())
        audit.record_access("account.looked_up", actor=request.actor, row=answer.user_id, table="identity_user")
    context = {
        "title": _("Does somebody have an account?"),
        "form": form,
        "submit": _("Find"),
        "answer": answer,
        "status": status_tag(answer.status) if answer and answer.status else "",
    }
    return render(request, "admin/find.html", context)
