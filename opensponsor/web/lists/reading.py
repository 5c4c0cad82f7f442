"""From a request to the state of the list. Whatever the address says, the answer is a state."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django import forms

from opensponsor.core.keyset import Window
from opensponsor.saved_views import queries
from opensponsor.saved_views.queries import Views
from opensponsor.saved_views.state import says_anything, state_of
from opensponsor.web.access import ActorRequest
from opensponsor.web.lists.forms import filter_form
from opensponsor.web.lists.pages import ListPage, Reading

SEARCHES = "list_searches"
MOST_SEARCHES = 20


def read(request: ActorRequest, page: ListPage) -> tuple[Reading, Views, forms.Form]:
    """The state of the list that the address describes, the reader's views, and the form of the filters.

    An address that describes nothing opens the reader's default view; columns that it does not name are those that
    the reader used last.
    """
    definition, actor = page.definition, request.actor
    views = queries.views_of(actor, definition)
    address = request.GET.dict()
    search_id = address.get("found", "")
    names = str(request.session.get(SEARCHES, {}).get(search_id, ""))
    view = views.find(address.get("view", ""))
    if not says_anything(definition, address):
        view = view or views.default
        parameters: Mapping[str, str] = view.parameters if view else {}
    else:
        parameters = address
    form = filter_form(definition, actor, parameters)
    understood = {**parameters, **values_of(form)}
    state = state_of(definition, actor, understood, names=names, remembered=views.last_columns)
    return Reading(page, state, search_id if names else "", str(view.pk) if view else ""), views, form


def values_of(form: forms.Form) -> dict[str, str]:
    """The understood values of the filters as the address writes them; what is not understood narrows nothing."""
    form.is_valid()
    return {key: str(form.cleaned_data.get(key) or "") for key in form.fields if key in form.data or key in form.errors}


def window(request: ActorRequest, size: int) -> Window:
    """Which rows of the list: after or before the row that the address names, or the first."""
    return Window(size, after=_id(request.GET.get("after", "")), before=_id(request.GET.get("before", "")))


def remember_search(request: ActorRequest, names: str) -> str:
    """Keep the words for this session and return what stands for them in addresses: personal data never does."""
    searches = dict(request.session.get(SEARCHES, {}))
    search_id = secrets.token_urlsafe(6)
    searches[search_id] = names
    request.session[SEARCHES] = dict(list(searches.items())[-MOST_SEARCHES:])
    return search_id


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
