"""The addresses of a list and of the pages around it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from opensponsor.identity.permissions import Permission, check
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account import proof
from opensponsor.web.lists import bulk, columns, exporting, show, views
from opensponsor.web.lists.pages import ListPage


def list_urls(page: ListPage) -> list[URLPattern]:
    """Every address of this list. The record pages of its rows stand beside them."""
    read = page.definition.permission
    of_cases = [path("assign/", _of(page, bulk.assign, Permission.CASE_ASSIGN), name="assign")]
    return [
        path("", _of(page, show.show, read), name="list"),
        path("find/", _of(page, show.find, read), name="find"),
        path("columns/", _of(page, columns.choose, read), name="columns"),
        path("views/", _of(page, views.manage, read), name="views"),
        path("views/<uuid:view_id>/rename/", _of(page, views.rename, read), name="view_rename"),
        path("views/<uuid:view_id>/default/", _of(page, views.default, read), name="view_default"),
        path("views/<uuid:view_id>/delete/", _of(page, views.delete, read), name="view_delete"),
        *(of_cases if page.definition.is_of_cases else ()),
        path("export/", _of(page, proof.required(exporting.ask), Permission.EXPORT), name="export"),
    ]


def _of(page: ListPage, view: Callable[..., HttpResponse], permission: Permission) -> Callable[..., HttpResponse]:
    """The view of this list, for those who read it and hold the permission."""

    @requires(permission)
    @wraps(view)
    def shown(request: ActorRequest, **given: Any) -> HttpResponse:
        check(request.actor, page.definition.permission)
        return view(request, page, **given)

    return shown
