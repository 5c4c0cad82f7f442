"""What everybody may read about the service: how to use it, what it holds, how accessible it is, whom to tell."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opensponsor.core.privacy import DataClass
from opensponsor.identity.queries import organisation_register
from opensponsor.web.access import public
from opensponsor.web.directory.words import CLASS_NAMES, handling_of

_WHY = "about the service itself; holds nothing about anybody"


@require_safe
@public(_WHY)
def help_page(request: HttpRequest) -> HttpResponse:
    """How to find one's way, and who helps."""
    return render(request, "about/help.html", {"idle_minutes": settings.IDLE_SECONDS // 60})


@require_safe
@public(_WHY)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the regulations ask for, with the faults we know of."""
    return render(request, "about/accessibility.html", {"contact": settings.SUPPORT_CONTACT})


@require_safe
@public(_WHY)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held, why and for how long, and who decides about it or acts for another (ORG-006)."""
    classes = [(CLASS_NAMES[one], handling_of(one)) for one in DataClass if one is not DataClass.SECRET]
    return render(request, "about/privacy.html", {"classes": classes, "processors": organisation_register.processors()})


@require_safe
@public(_WHY)
def report_problem(request: HttpRequest) -> HttpResponse:
    """Whom to tell, and what never to send (ORG-042)."""
    return render(request, "about/report_problem.html", {"contact": settings.SUPPORT_CONTACT})
