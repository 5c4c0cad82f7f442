"""Files that come in: bringing one, seeing what it would do, loading it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opensponsor.audit import services as audit
from opensponsor.core.refusals import Refused
from opensponsor.feeds import queries
from opensponsor.feeds.models import Load
from opensponsor.feeds.services import loads
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.identity.permissions import Permission
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import press
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Column, Pages, Table, TableRow
from opensponsor.web.feeds import words
from opensponsor.web.feeds.forms import BringFile

_PAGE = 50


@requires(Permission.FEED_LOAD)
def listed(request: ActorRequest) -> HttpResponse:
    """The files of the reader's organisation, newest first."""
    found = list(_before(queries.loads(request.actor), request.GET.get("before", ""))[: _PAGE + 1])
    page, more = found[:_PAGE], found[_PAGE:]
    audit.record_access("loads.listed", actor=request.actor, count=len(page))
    labels = (_("File"), _("What it holds"), _("Brought"), _("Status"))
    columns = (*map(Column, labels), Column(_("Rows"), is_number=True), Column(_("Not taken"), is_number=True))
    context = {
        "title": _("Files that came in"),
        "table": Table(_("Files"), columns, [_row(one) for one in page], _("No file came in yet.")),
        "actions": [Action(_("Bring a file"), reverse("feeds:add"), kind="primary")],
        "pages": Pages(next_url=f"?before={page[-1].pk}" if more else ""),
    }
    return render(request, "feeds/list.html", context)


@requires(Permission.FEED_LOAD)
def bring(request: ActorRequest) -> HttpResponse:
    """Bring a file; it is read in the background and changes nothing yet."""
    form = BringFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            load = loads.bring(
                actor=request.actor, feed=Feed(form.cleaned_data["feed"]), file_name=file.name, chunks=file.chunks()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("feeds:load", load.pk)
    context = {
        "title": _("Bring a file"),
        "form": form,
        "submit": _("Read the file"),
        "cancel_url": reverse("feeds:list"),
        "back_url": reverse("feeds:list"),
    }
    return render(request, "web/form.html", context)


@requires(Permission.FEED_LOAD)
def opened(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """One file: how far it is, what it does or would do, which rows are not taken."""
    load = queries.get_load(request.actor, load_id)
    audit.record_access("load.opened", actor=request.actor, owner_id=load.owner_id, table="feeds_load", row=load.pk)
    context = {
        "title": _("File that came in"),
        "load": load,
        "status": cells.status_tag(load.status, load.get_status_display()),
        "is_done": load.status not in words.AT_WORK,
        "text": words.state(load),
        "notices": words.notices(load),
        "facts": words.facts(load),
        "figures": words.figures(load),
        "actions": _actions(request, load),
        "rejects_url": reverse("feeds:rejects", args=[load.pk]) if load.counts.get("rejected") else "",
        "back_url": reverse("feeds:list"),
    }
    return render(request, "feeds/load.html", context)


@requires(Permission.FEED_LOAD)
@require_POST
def start(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """Load what was read."""
    return _press(request, load_id, loads.start, _("The file is being loaded."))


@requires(Permission.FEED_LOAD)
@require_POST
def approve(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """Let a file that changes much be loaded after all."""
    return _press(request, load_id, loads.approve, _("You approved the file. It is being loaded."))


@requires(Permission.FEED_LOAD)
@require_POST
def cancel(request: ActorRequest, load_id: UUID) -> HttpResponse:
    """Leave the file where it is."""
    return _press(request, load_id, loads.cancel, _("The file is not loaded."))


def _before(found: QuerySet[Load], text: str) -> QuerySet[Load]:
    """Those brought before the last one of the page before: ids grow with time."""
    try:
        return found.filter(pk__lt=UUID(text))
    except ValueError:
        return found


def _press(request: ActorRequest, load_id: UUID, act: Any, done: str) -> HttpResponse:
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < 10 else 0
    url = reverse("feeds:load", args=[load_id])
    return press(request, partial(act, actor=request.actor, load_id=load_id, version=number), done=done, url=url)


def _row(load: Load) -> TableRow:
    return TableRow(
        (
            cells.link(reverse("feeds:load", args=[load.pk]), load.file_name),
            Feed(load.feed).label,
            cells.moment(load.created_at),
            cells.status_tag(load.status, load.get_status_display()),
            f"{load.counts.get('rows', 0):,}",
            f"{load.counts.get('rejected', 0):,}",
        )
    )


def _actions(request: ActorRequest, load: Load) -> list[Action]:
    """What may be done now: whoever brought a file that is held cannot approve it."""
    is_own = load.owner_id == request.actor.organisation_id
    fields = (("version", load.version),)
    args = [load.pk]
    leave = Action(_("Do not load it"), reverse("feeds:cancel", args=args), is_post=True, fields=fields)
    if is_own and load.status == LoadStatus.READ:
        return [Action(_("Load this file"), reverse("feeds:start", args=args), True, "primary", fields), leave]
    if is_own and load.status == LoadStatus.HELD:
        may_approve = load.brought_by_id != request.actor.user_id
        approve_it = Action(_("Approve and load"), reverse("feeds:approve", args=args), True, "warning", fields)
        return [approve_it, leave] if may_approve else [leave]
    return []
