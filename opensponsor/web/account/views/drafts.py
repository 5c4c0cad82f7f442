"""Where pages send what is being typed."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from opensponsor.identity.services import drafts as services
from opensponsor.web.access import ActorRequest, signed_in
from opensponsor.web.account import drafts


@signed_in
@require_POST
def save(request: ActorRequest, form_key: str) -> HttpResponse:
    """Keep the fields as the actor's draft of this form; a form that was emptied has none. 413 when they are too
    long."""
    content = drafts.typed(request.POST)
    if not content:
        services.forget(actor=request.actor, form_key=form_key)
        return HttpResponse(status=204)
    is_kept = services.keep(actor=request.actor, form_key=form_key, content=content)
    return HttpResponse(status=204 if is_kept else 413)
