"""Who works for an organisation here, and how the account of each stands."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible
from opensponsor.identity.models import Organisation
from opensponsor.identity.permissions import Permission, may_manage_people_of
from opensponsor.identity.queries import accounts, members, organisation
from opensponsor.identity.queries.members import Member
from opensponsor.identity.states import AccountStatus
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import Action, Fact, Link, Pages, SummaryRow
from opensponsor.web.team.forms import AddressSearch, NameSearch
from opensponsor.web.team.rows import people_table, status_tag


@requires(Permission.MEMBER_READ)
def own(request: ActorRequest) -> HttpResponse:
    """The people of one's own organisation."""
    return _people_page(request, organisation(request.actor.organisation_id))


@requires(Permission.MEMBER_READ)
def people(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """The people of an organisation that one looks after."""
    return _people_page(request, organisation_seen_by(request.actor, organisation_id))


def _people_page(request: ActorRequest, place: Organisation) -> HttpResponse:
    today = clock.today()
    found = members.people(request.actor, place.pk, today=today)
    search = NameSearch(request.POST or None)
    name = search.cleaned_data["name"].strip() if search.is_valid() else ""
    if name:
        found = found.filter(Q(full_name__icontains=name) | Q(email__icontains=name))
    page, after = members.page_of_members(request.actor, found, place.pk, today=today, after=number_after(request))
    audit.record_access("members.listed", actor=request.actor, owner_id=place.pk, count=len(page), by_name=bool(name))
    empty = _("Nobody of this name works here.") if name else _("Nobody works here yet.")
    context = {
        "title": _("People of %(name)s") % {"name": place.name},
        "is_own": place.pk == request.actor.organisation_id,
        "links": _links(request.actor, place),
        "search": search,
        "table": people_table(place.pk, page, empty),
        # A search is sent by post and cannot be paged: what does not fit is found by more of the name.
        "pages": Pages(next_url=f"?after={after}" if after and not name else ""),
        "is_cut": bool(after and name),
    }
    return render(request, "team/people.html", context)


@requires(Permission.MEMBER_READ)
def member(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """One person: roles, account, and what may be done about them."""
    place = organisation_seen_by(request.actor, organisation_id)
    found = members.get_member(request.actor, place.pk, user_id, today=clock.today())
    audit.record_access(
        "member.opened", actor=request.actor, owner_id=place.pk, table="identity_user", row=found.user_id
    )
    is_self = found.user_id == request.actor.user_id
    may_manage = may_manage_people_of(request.actor, place.pk) and not is_self
    context = {
        "name": found.full_name,
        "facts": (Fact(_("Organisation"), place.name), Fact(_("Account"), status_tag(found.status))),
        "rows": _rows(place, found, may_manage=may_manage),
        "actions": _actions(request, place, found) if may_manage else (),
        "is_self": is_self and may_manage_people_of(request.actor, place.pk),
        "back_url": reverse("team:people", args=[place.pk]),
    }
    return render(request, "team/member.html", context)


@requires(Permission.ACCESS_VOUCH)
def find(request: ActorRequest) -> HttpResponse:
    """Whether an address has an account in one's own organisation (ORG-020)."""
    form = AddressSearch(request.POST or None)
    answer = None
    if form.is_valid():
        answer = accounts.find_account(request.actor, form.cleaned_data["email"], today=clock.today())
        audit.record_access("account.looked_up", actor=request.actor, found=answer.status is not None)
    context = {
        "title": _("Does somebody have an account?"),
        "form": form,
        "answer": answer,
        "status": status_tag(answer.status) if answer and answer.status else "",
        "back_url": reverse("team:own"),
    }
    return render(request, "team/find.html", context)


def organisation_seen_by(actor: Actor, organisation_id: int) -> Organisation:
    """An organisation with people whom the actor may see; every other does not exist."""
    place = Organisation.objects.filter(pk=organisation_id).first()
    if place is None or not (place.realm in actor.reads.realms or place.pk == actor.organisation_id):
        raise NotVisible
    return place


def number_after(request: ActorRequest) -> int | None:
    """The id that this page of a list starts after."""
    text = request.GET.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _links(actor: Actor, place: Organisation) -> list[Link]:
    links = []
    if may_manage_people_of(actor, place.pk):
        links.append(Link(_("Confirm who still needs access"), reverse("team:attest", args=[place.pk])))
    if actor.may(Permission.ACCOUNT_REPORT):
        links.append(Link(_("Accounts that are not used"), reverse("team:inactive_people", args=[place.pk])))
    if actor.may(Permission.ACCESS_VOUCH) and place.pk == actor.organisation_id:
        links.append(Link(_("Does somebody have an account?"), reverse("team:find")))
    return links


def _rows(place: Organisation, found: Member, *, may_manage: bool) -> list[SummaryRow]:
    rows = [SummaryRow(_("Email"), found.email)]
    for held in found.roles:
        since = _("since %(day)s") % {"day": cells.day(held.starts_on)}
        url = reverse("team:end_role", args=[place.pk, found.user_id, held.membership_id]) if may_manage else ""
        what = _("the role %(role)s") % {"role": held.role.label}
        rows.append(SummaryRow(_("Role"), cells.lines(held.role.label, since), url, what, _("End")))
    rows += [
        SummaryRow(_("Last signed in"), found.last_seen_on or _("Never")),
        SummaryRow(_("Need for access confirmed"), found.attested_on or _("Not yet")),
    ]
    if found.status == AccountStatus.INVITED:
        rows.append(SummaryRow(_("Invitation works until"), found.invitation_ends_at))
    return rows


def _actions(request: ActorRequest, place: Organisation, found: Member) -> list[Action]:
    """Giving a role comes first; letting go is always possible."""
    actions = []
    if found.status == AccountStatus.INVITED:
        actions.append(
            Action(
                _("Send a new invitation"), reverse("team:invite_again", args=[place.pk, found.user_id]), is_post=True
            )
        )
    if found.status == AccountStatus.SUSPENDED and request.actor.may(Permission.ACCOUNT_MANAGE):
        actions.append(Action(_("Give the account back"), reverse("team:reactivate", args=[place.pk, found.user_id])))
    actions.append(Action(_("Give a role"), reverse("team:grant", args=[place.pk, found.user_id])))
    actions.append(Action(_("End access"), reverse("team:end_access", args=[place.pk, found.user_id]), kind="warning"))
    if found.status == AccountStatus.ACTIVE and request.actor.may(Permission.ACCOUNT_MANAGE):
        actions.append(Action(_("Lost second factor"), reverse("second_factor_lost", args=[place.pk, found.user_id])))
    return actions
