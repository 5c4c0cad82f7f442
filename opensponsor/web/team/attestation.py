"""Once a quarter a data champion says of each colleague whether they still need access."""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensponsor.core import clock
from opensponsor.identity import permissions
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import accounts
from opensponsor.identity.services import memberships
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.casework.answers import went_well
from opensponsor.web.team.forms import Attest
from opensponsor.web.team.members import organisation_seen_by


@requires(Permission.MEMBER_READ)
def attest(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Confirming people. Who is not confirmed in time is suspended; who left is let go on their own page."""
    permissions.check_manages_people_of(request.actor, organisation_id)
    place = organisation_seen_by(request.actor, organisation_id)
    today = clock.today()
    people = accounts.to_confirm(request.actor, place.pk, today=today, due_after=_due_after())
    choices = [(str(user.pk), f"{user.full_name}, {user.email}") for user in people]
    form = Attest(request.POST or None, choices=choices)
    if form.is_valid():
        ids = [int(user_id) for user_id in form.cleaned_data["people"]]
        number = memberships.attest(actor=request.actor, organisation_id=place.pk, user_ids=ids, today=today)
        done = ngettext("You confirmed %(number)s person.", "You confirmed %(number)s people.", number)
        return went_well(request, done % {"number": number}, reverse("team:attest", args=[place.pk]))
    context = {
        "title": _("Confirm who still needs access"),
        "organisation": place,
        "form": form if choices else None,
        "days": settings.ATTESTATION_DAYS,
        "grace": settings.ATTESTATION_GRACE_DAYS,
        "back_url": reverse("team:people", args=[place.pk]),
    }
    return render(request, "team/attest.html", context)


def _due_after() -> dt.timedelta:
    """People are listed from a fortnight before they are due, so that one sitting serves the quarter."""
    return dt.timedelta(days=max(settings.ATTESTATION_DAYS - 14, 1))
