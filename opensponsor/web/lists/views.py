"""Saving the way one looks at a list, and managing what one saved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opensponsor.core.refusals import Refused
from opensponsor.saved_views import queries
from opensponsor.saved_views.services import views as services
from opensponsor.web.access import ActorRequest
from opensponsor.web.lists import reading
from opensponsor.web.lists.forms import RenameView, SaveView
from opensponsor.web.lists.pages import ListPage


def manage(request: ActorRequest, page: ListPage) -> HttpResponse:
    """The reader's views of this list, and the form that saves what the list shows now."""
    read, views, _form = reading.read(request, page)
    form = SaveView(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            view = services.save_view(
                actor=request.actor, definition=page.definition, state=read.state, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The view “%(name)s” was saved.") % {"name": view.name})
            return redirect(f"{page.url()}?view={view.pk}")
    context = {
        "title": _("Views of this list"),
        "list_label": page.definition.label,
        "form": form,
        "has_names": bool(read.state.names),
        "lines": [
            {
                "view": view,
                "url": f"{page.url()}?view={view.pk}",
                "rename_url": page.url("view_rename", view.pk),
                "default_url": page.url("view_default", view.pk),
                "delete_url": page.url("view_delete", view.pk),
            }
            for view in views.named
        ],
        "list_url": read.address(),
    }
    return render(request, "lists/views.html", context)


def rename(request: ActorRequest, page: ListPage, view_id: UUID) -> HttpResponse:
    """Call a view differently."""
    view = queries.get_view(request.actor, view_id)
    form = RenameView(
        request.POST if request.method == "POST" else None, initial={"name": view.name, "version": view.version}
    )
    if form.is_valid():
        try:
            services.rename_view(actor=request.actor, view_id=view_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The view was renamed."))
            return redirect(page.url("views"))
    context = {"title": _("Rename the view"), "form": form, "cancel_url": page.url("views")}
    return render(request, "web/form.html", context)


@require_POST
def default(request: ActorRequest, page: ListPage, view_id: UUID) -> HttpResponse:
    """Open this view first, or no longer."""
    if queries.get_view(request.actor, view_id).is_default:
        services.clear_default(actor=request.actor, list_key=page.definition.key)
        messages.success(request, _("The list opens as usual from now on."))
    else:
        view = services.make_default(actor=request.actor, view_id=view_id)
        messages.success(request, _("“%(name)s” opens first from now on.") % {"name": view.name})
    return redirect(page.url("views"))


def delete(request: ActorRequest, page: ListPage, view_id: UUID) -> HttpResponse:
    """Delete a view, after asking."""
    view = queries.get_view(request.actor, view_id)
    if request.method == "POST":
        services.delete_view(actor=request.actor, view_id=view_id)
        messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view.name})
        return redirect(page.url("views"))
    context = {
        "title": _("Delete this view?"),
        "names": [view.name],
        "warning": _("This cannot be undone. No record is deleted with it."),
        "submit": _("Delete the view"),
        "kind": "warning",
        "cancel_url": page.url("views"),
    }
    return render(request, "web/confirm.html", context)
