"""Giving and ending roles, letting people go, inviting and reactivating. The services decide who may."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity import permissions
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import members, organisation
from opensponsor.identity.queries.members import Member
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, Role, roles_for
from opensponsor.identity.services import memberships
from opensponsor.identity.states import OrganisationKind
from opensponsor.messages.services import accounts
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account import proof
from opensponsor.web.casework.answers import accepts, press, went_well
from opensponsor.web.team.forms import GiveRole, Version


@requires(Permission.MEMBER_READ)
@proof.required
def grant(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """Giving a further role."""
    found, url = _member(request, organisation_id, user_id)
    roles = _offered(request.actor, organisation(organisation_id), found)
    form = GiveRole(request.POST or None, roles=roles)
    if form.is_valid() and accepts(
        form,
        lambda: memberships.grant_role(
            actor=request.actor,
            organisation_id=organisation_id,
            user_id=user_id,
            role=Role(form.cleaned_data["role"]),
            today=clock.today(),
        ),
    ):
        done = _("%(name)s is now %(role)s.") % {"name": found.full_name, "role": Role(form.cleaned_data["role"]).label}
        return went_well(request, done, url)
    context = {
        "title": _("Give a role"),
        "name": found.full_name,
        "form": form,
        "has_roles": bool(roles),
        "submit": _("Give the role"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "team/grant.html", context)


@requires(Permission.MEMBER_READ)
def end(request: ActorRequest, organisation_id: int, user_id: int, membership_id: UUID) -> HttpResponse:
    """Taking one role away, after a look at what it is."""
    found, url = _member(request, organisation_id, user_id)
    held = next((role for role in found.roles if role.membership_id == membership_id), None)
    if held is None:
        raise NotVisible
    form = Version(request.POST or None, initial={"version": held.version})
    if form.is_valid() and accepts(
        form,
        lambda: memberships.end_role(
            actor=request.actor,
            organisation_id=organisation_id,
            membership_id=membership_id,
            version=form.cleaned_data["version"],
            today=clock.today(),
        ),
        version=held.version,
    ):
        words = {"name": found.full_name, "role": held.role.label}
        return went_well(request, _("%(name)s is no longer %(role)s.") % words, url)
    context = {
        "title": _("End this role?"),
        "names": [f"{found.full_name}: {held.role.label}"],
        "text": _("It ends at once. Other roles stay, and the history is kept."),
        "form": form,
        "submit": _("End the role"),
        "kind": "warning",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


@requires(Permission.MEMBER_READ)
def end_access(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """Letting somebody go, after a look at what ends (ORG-022)."""
    found, url = _member(request, organisation_id, user_id)
    if request.method == "POST":
        return press(
            request,
            lambda: memberships.end_access(
                actor=request.actor, organisation_id=organisation_id, user_id=user_id, today=clock.today()
            ),
            done=_("%(name)s has no access any more.") % {"name": found.full_name},
            url=reverse("team:people", args=[organisation_id]),
        )
    context = {
        "title": _("End all access of this person?"),
        "names": [found.full_name, *(str(held.role.label) for held in found.roles)],
        "text": _("Every role here ends and they are signed out at once. What they wrote stays, with their name."),
        "warning": _("To come back they have to ask for access again."),
        "submit": _("End access"),
        "kind": "warning",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


@requires(Permission.MEMBER_READ)
@require_POST
def invite_again(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """Sending a new link in place of one that was lost or ran out."""
    found, url = _member(request, organisation_id, user_id)
    return press(
        request,
        lambda: accounts.invite_again(
            actor=request.actor, organisation_id=organisation_id, user_id=user_id, today=clock.today()
        ),
        done=_("A new invitation is on its way to %(email)s.") % {"email": found.email},
        url=url,
    )


@requires(Permission.ACCOUNT_MANAGE)
def reactivate(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """Giving a suspended account back."""
    found, url = _member(request, organisation_id, user_id)
    if request.method == "POST":
        return press(
            request,
            lambda: accounts.reactivate(actor=request.actor, user_id=user_id, today=clock.today()),
            done=_("%(name)s can sign in again.") % {"name": found.full_name},
            url=url,
        )
    context = {
        "title": _("Give this account back?"),
        "names": [found.full_name],
        "text": _("Ask the data champion first whether the person still needs access."),
        "submit": _("Give the account back"),
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)


def _member(request: ActorRequest, organisation_id: int, user_id: int) -> tuple[Member, str]:
    """The person, whom the reader looks after, and the address of their page. Raises NotVisible."""
    permissions.check_manages_people_of(request.actor, organisation_id)
    found = members.get_member(request.actor, organisation_id, user_id, today=clock.today())
    return found, reverse("team:member", args=[organisation_id, user_id])


def _offered(actor: Actor, place: Organisation, found: Member) -> list[Role]:
    """The roles that this actor may give to this person and that they do not hold."""
    fitting = roles_for(OrganisationKind(place.kind))
    mine = fitting if actor.may(Permission.ACCOUNT_MANAGE) else [role for role in fitting if role in CHAMPION_MAY_GRANT]
    held = {role.role for role in found.roles}
    return [role for role in mine if role not in held]
