"""Organisations: the list, the page of each, and what the operator sets."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.core import clock
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import champions, organisation_register
from opensponsor.identity.services import organisations as services
from opensponsor.identity.states import ControllerRole, OrganisationKind, Realm
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.admin.forms import ChangeOrganisation, OrganisationFilters
from opensponsor.web.casework.answers import accepts, went_well
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Column, Fact, Link, Pages, SummaryRow, Table, TableRow
from opensponsor.web.conflicts import Editing, Stored, edit
from opensponsor.web.team.forms import Version

_PAGE = 50
_WITHOUT_PEOPLE = (OrganisationKind.PSEUDO_AUTHORITY, OrganisationKind.UNASSIGNED)
_FIELDS = ("controller_role", "acts_for_id", "email_domains", "assigns_tasks")


@requires(Permission.ORGANISATION_READ)
def index(request: ActorRequest) -> HttpResponse:
    """The organisations that this body looks after, by name."""
    filters = OrganisationFilters(request.GET)
    found = organisation_register.visible(request.actor)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = organisation_register.named_like(chosen.get("name", ""), found)
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    page, after = organisation_register.page_of(found, after=request.GET.get("after", ""), size=_PAGE)
    kept = {name: value for name, value in chosen.items() if value}
    context = {
        "title": _("Organisations"),
        "filters": filters,
        "chosen": _chosen(filters, kept),
        "clear_url": request.path,
        "table": _table(page),
        "pages": Pages(next_url=f"?{urlencode({**kept, 'after': after})}" if after else ""),
    }
    return render(request, "admin/organisations.html", context)


@requires(Permission.ORGANISATION_READ)
def organisation(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """One organisation: who controls its data and for whom (ORG-006), its settings, its champions."""
    found = organisation_register.get(request.actor, organisation_id)
    names = [
        f"{one.full_name}, {one.email}"
        for one in champions.champions(today=clock.today())
        if one.organisation_id == found.pk
    ]
    may_manage = request.actor.may(Permission.ORGANISATION_MANAGE)
    context = {
        "name": found.name,
        "facts": (Fact(_("Kind"), OrganisationKind(found.kind).label), Fact(_("In use"), found.is_active)),
        "rows": _rows(found, names, may_manage=may_manage),
        "actions": _actions(found, has_champion=bool(names)) if may_manage else (),
        "links": _links(request, found),
        "back_url": reverse("administration:organisations"),
    }
    return render(request, "admin/organisation.html", context)


@requires(Permission.ORGANISATION_MANAGE)
def change(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Changing the settings of an organisation; a stale form shows both versions."""
    found = organisation_register.get(request.actor, organisation_id)
    controllers = list(organisation_register.controllers().exclude(pk=found.pk))

    def load() -> Stored:
        now = organisation_register.get(request.actor, organisation_id)
        values = {name: getattr(now, name) for name in _FIELDS}
        return Stored("identity_organisation", now.pk, now.version, values)

    def save(**given: Any) -> None:
        role = ControllerRole(given.pop("controller_role"))
        services.change_organisation(
            actor=request.actor, organisation_id=organisation_id, controller_role=role, **given
        )

    editing = Editing(
        title=_("Settings of %(name)s") % {"name": found.name},
        load=load,
        make=lambda *given, **named: ChangeOrganisation(*given, controllers=controllers, **named),
        save=save,
        done_url=reverse("administration:organisation", args=[found.pk]),
    )
    return edit(request, editing)


@requires(Permission.ORGANISATION_MANAGE)
def activity(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Stopping an organisation from using the platform, or letting it use it again, after a look at what that does."""
    found = organisation_register.get(request.actor, organisation_id)
    url = reverse("administration:organisation", args=[found.pk])
    form = Version(request.POST or None, initial={"version": found.version})
    if form.is_valid() and accepts(
        form,
        lambda: services.set_active(
            actor=request.actor,
            organisation_id=found.pk,
            version=form.cleaned_data["version"],
            is_active=not found.is_active,
        ),
        version=found.version,
    ):
        done = _("%(name)s no longer uses the platform.") if found.is_active else _("%(name)s uses the platform again.")
        return went_well(request, done % {"name": found.name}, url)
    stops = found.is_active
    context = {
        "title": _("Stop this organisation from using the platform?") if stops else _("Let it use the platform again?"),
        "names": [found.name],
        "text": _("Its people can no longer sign in for it. Its records stay as they are.")
        if stops
        else _("Its people can sign in for it again."),
        "form": form,
        "submit": _("Stop") if stops else _("Let it use the platform"),
        "kind": "warning" if stops else "primary",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


def _table(page: list[Organisation]) -> Table:
    labels = (_("Name"), _("Kind"), _("Nation or scheme"), _("Data protection"), _("In use"))
    rows = [
        TableRow(
            (
                cells.link(reverse("administration:organisation", args=[one.pk]), one.name),
                OrganisationKind(one.kind).label,
                Realm(one.realm).label,
                ControllerRole(one.controller_role).label,
                _("Yes") if one.is_active else _("No"),
            )
        )
        for one in page
    ]
    return Table(
        _("Organisations"),
        tuple(Column(label) for label in labels),
        rows,
        _("No organisation fits these filters."),
        (Link(_("Clear the filters"), reverse("administration:organisations")),),
    )


def _chosen(filters: OrganisationFilters, kept: dict[str, str]) -> list[Link]:
    labels = {"name": kept.get("name", ""), "kind": dict(OrganisationKind.choices).get(kept.get("kind", ""), "")}
    return [
        Link(
            f"{filters[name].label}: {labels[name]}",
            f"?{urlencode({other: value for other, value in kept.items() if other != name})}",
        )
        for name in kept
    ]


def _rows(found: Organisation, names: list[str], *, may_manage: bool) -> list[SummaryRow]:
    change_url = reverse("administration:change_organisation", args=[found.pk]) if may_manage else ""

    def row(label: Any, value: Any, what: Any) -> SummaryRow:
        return SummaryRow(label, value, change_url, what)

    return [
        SummaryRow(_("Name in English"), found.name_en),
        SummaryRow(_("Name in Welsh"), found.name_cy or found.name_en),
        SummaryRow(_("Nation or scheme"), Realm(found.realm).label),
        SummaryRow(
            _("Reads as a whole"), cells.lines(*(Realm(realm).label for realm in found.reads_realms)) or _("Nothing")
        ),
        SummaryRow(_("Reaches the records of"), cells.lines(*_reached(found)) or _("Nobody else")),
        row(_("Data protection"), ControllerRole(found.controller_role).label, _("data protection")),
        row(_("Acts for"), found.acts_for.name if found.acts_for else _("Itself"), _("whom it acts for")),
        row(
            _("Domains of work addresses"),
            cells.lines(*found.email_domains) or _("Any address"),
            _("domains of work addresses"),
        ),
        row(_("Members give tasks to each other"), found.assigns_tasks, _("whether members give tasks to each other")),
        SummaryRow(_("Data champions"), cells.lines(*names) or _("None")),
    ]


def _reached(found: Organisation) -> list[str]:
    return [
        one.reached.name if one.may_write else _("%(name)s (reads only)") % {"name": one.reached.name}
        for one in found.reaches.select_related("reached").order_by("reached__name_en")
    ]


def _actions(found: Organisation, *, has_champion: bool) -> list[Action]:
    actions = [Action(_("Change the settings"), reverse("administration:change_organisation", args=[found.pk]))]
    if not has_champion and organisation_register.takes_people(found):
        actions.append(Action(_("Add the first person"), reverse("administration:nominate", args=[found.pk])))
    url = reverse("administration:organisation_activity", args=[found.pk])
    if not found.is_active:
        actions.append(Action(_("Let it use the platform"), url))
    elif services.may_be_stopped(found):
        actions.append(Action(_("Stop its use"), url, kind="warning"))
    return actions


def _links(request: ActorRequest, found: Organisation) -> list[Link]:
    links: list[Link] = []
    if found.kind in _WITHOUT_PEOPLE:
        return links
    if request.actor.may(Permission.MEMBER_READ):
        links.append(Link(_("People"), reverse("team:people", args=[found.pk])))
    if request.actor.may(Permission.ACCOUNT_REPORT):
        links.append(Link(_("Accounts that are not used"), reverse("team:inactive_people", args=[found.pk])))
    return links
