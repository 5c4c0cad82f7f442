"""Saving, renaming and deleting one's own views of a list (VIEW-009, VIEW-012, VIEW-016)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.cases.permissions import person
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.saving import save_changes
from opensponsor.saved_views.definitions import ListDefinition
from opensponsor.saved_views.models import SavedView
from opensponsor.saved_views.queries import get_view
from opensponsor.saved_views.state import ListState, shown_columns

MOST_VIEWS = 50


@transaction.atomic
def save_view(
    *, actor: Actor, definition: ListDefinition, name: str, state: ListState, is_default: bool = False
) -> SavedView:
    """Keep the state with its columns under a name; a view of the same name is replaced. Words looked for are not kept.

    Raises Refused for an empty name, or for more views than anybody finds their way in.
    """
    if not name.strip():
        raise Refused(_("Enter a name for the view."))
    views = SavedView.objects.filter(user_id=person(actor), list_key=definition.key).exclude(name="")
    if not views.filter(name=name.strip()).exists() and views.count() >= MOST_VIEWS:
        raise Refused(_("You have %(number)s views of this list. Delete one first.") % {"number": MOST_VIEWS})
    columns = [column.key for column in shown_columns(definition, actor, state)]
    view, _made = SavedView.objects.update_or_create(
        user_id=person(actor),
        list_key=definition.key,
        name=name.strip(),
        defaults={"parameters": {**state.parameters(), "columns": ",".join(columns)}},
    )
    if is_default:
        make_default(actor=actor, view_id=view.pk)
    return view


@transaction.atomic
def rename_view(*, actor: Actor, view_id: UUID, version: int, name: str) -> SavedView:
    """Call a view differently. Raises Refused for a name that is empty or taken, Conflict, NotVisible."""
    view = get_view(actor, view_id)
    if not name.strip():
        raise Refused(_("Enter a name for the view."))
    others = SavedView.objects.filter(user_id=person(actor), list_key=view.list_key).exclude(pk=view.pk)
    if others.filter(name=name.strip()).exists():
        raise Refused(_("You have a view with this name already."))
    save_changes(view, expected_version=version, name=name.strip())
    return view


@transaction.atomic
def make_default(*, actor: Actor, view_id: UUID) -> SavedView:
    """Open this view first when the list is opened. Raises NotVisible."""
    view = get_view(actor, view_id)
    clear_default(actor=actor, list_key=view.list_key)
    SavedView.objects.filter(pk=view.pk).update(is_default=True)
    return view


@transaction.atomic
def clear_default(*, actor: Actor, list_key: str) -> None:
    """Open the list as it comes."""
    SavedView.objects.filter(user_id=person(actor), list_key=list_key, is_default=True).update(is_default=False)


@transaction.atomic
def delete_view(*, actor: Actor, view_id: UUID) -> None:
    """Delete a view of one's own. Raises NotVisible."""
    get_view(actor, view_id).delete()


@transaction.atomic
def remember_columns(*, actor: Actor, definition: ListDefinition, columns: tuple[str, ...]) -> None:
    """Show these columns from now on where neither the address nor a view says otherwise; none for the usual."""
    SavedView.objects.update_or_create(
        user_id=person(actor),
        list_key=definition.key,
        name="",
        defaults={"parameters": {"columns": ",".join(columns)}},
    )
