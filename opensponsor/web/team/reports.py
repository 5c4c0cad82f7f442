"""The report of accounts that are not used (ORG-023)."""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import accounts, members
from opensponsor.identity.queries.accounts import IdleCount
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Column, Pages, Table, TableRow
from opensponsor.web.team.forms import IdleFor
from opensponsor.web.team.members import number_after, organisation_seen_by
from opensponsor.web.team.rows import people_table


@requires(Permission.ACCOUNT_REPORT)
def inactivity(request: ActorRequest) -> HttpResponse:
    """Per organisation how many were not here for so many days; an organisation on its own sees its people at once."""
    if not request.actor.reads.realms:
        return redirect("team:inactive_people", request.actor.organisation_id)
    form, days = _days(request)
    today = clock.today()
    counts = accounts.idle_counts(request.actor, today=today, idle_on=today - dt.timedelta(days=days))
    audit.record_access("inactivity.listed", actor=request.actor, count=len(counts), days=days)
    context = {"title": _("Accounts that are not used"), "form": form, "table": _counts_table(counts, days)}
    return render(request, "team/inactivity.html", context)


@requires(Permission.ACCOUNT_REPORT)
def inactive_people(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """The people of one organisation who were not here for so many days, suspended ones among them."""
    place = organisation_seen_by(request.actor, organisation_id)
    form, days = _days(request)
    today = clock.today()
    found = accounts.idle_since(members.people(request.actor, place.pk, today=today), today - dt.timedelta(days=days))
    page, after = members.page_of_members(request.actor, found, place.pk, today=today, after=number_after(request))
    audit.record_access("inactivity.listed", actor=request.actor, owner_id=place.pk, count=len(page), days=days)
    empty = _("Everybody signed in within these days.")
    is_own = place.pk == request.actor.organisation_id
    context = {
        "title": _("Accounts that are not used: %(name)s") % {"name": place.name},
        "form": form,
        "table": people_table(place.pk, page, empty, is_linked=request.actor.may(Permission.MEMBER_READ)),
        "pages": Pages(next_url=f"?days={days}&after={after}" if after else ""),
        "back_url": "" if is_own else reverse("team:inactivity"),
    }
    return render(request, "team/inactivity.html", context)


def _days(request: ActorRequest) -> tuple[IdleFor, int]:
    usual = settings.INACTIVITY_WARNING_DAYS
    form = IdleFor(request.GET if "days" in request.GET else None, initial={"days": usual})
    return form, form.cleaned_data["days"] if form.is_valid() else usual


def _counts_table(counts: list[IdleCount], days: int) -> Table:
    columns = (
        Column(_("Organisation")),
        Column(_("People"), is_number=True),
        Column(_("Not signed in for %(days)s days") % {"days": days}, is_number=True),
        Column(_("Suspended"), is_number=True),
    )
    is_welsh = get_language() == "cy"
    rows = [
        TableRow(
            (
                cells.link(
                    f"{reverse('team:inactive_people', args=[count.organisation_id])}?days={days}",
                    (is_welsh and count.name_cy) or count.name_en,
                ),
                count.members,
                count.idle,
                count.suspended,
            )
        )
        for count in counts
    ]
    return Table(_("Accounts that are not used"), columns, rows, _("No organisation has people here yet."))
