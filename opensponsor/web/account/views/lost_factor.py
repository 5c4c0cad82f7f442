"""Helping somebody who has lost every second factor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import members
from opensponsor.identity.services import second_factors
from opensponsor.web.access import ActorRequest, requires
from opensponsor.web.account import forms, outbox, proof


@requires(Permission.ACCOUNT_MANAGE)
@proof.required
@require_http_methods(["GET", "POST"])
def lost(request: ActorRequest, organisation_id: int, user_id: int) -> HttpResponse:
    """Remove somebody's second factors a day from now; they are told at once."""
    member = members.get_member(request.actor, organisation_id, user_id, today=clock.today())
    url = reverse("team:member", args=[organisation_id, user_id])
    form = forms.ConfirmLoss(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            due_at = second_factors.announce_reset(
                actor=request.actor, organisation_id=organisation_id, user_id=user_id
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            outbox.reset_second_factors_at(request, user_id, due_at)
            done = _("The second factors of %(name)s end in 24 hours.")
            messages.success(request, done % {"name": member.full_name})
            return redirect(url)
    context = {
        "title": _("Remove the second factors of this person?"),
        "names": [member.full_name],
        "text": _(
            "For somebody who has lost phone, passkeys and recovery codes. It happens in 24 hours; they are told now. "
            "If one of the factors is used before, nothing is removed."
        ),
        "form": form,
        "submit": _("Remove in 24 hours"),
        "kind": "warning",
        "cancel_url": url,
        "back_url": url,
    }
    return render(request, "web/confirm.html", context)
