"""The parts of the shell that need no request: an error page has them too."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.web.components import fragments
from opensponsor.web.components.actions import csrf_field
from opensponsor.web.components.markup import element, joined, trusted


def environment_bar() -> SafeString:
    """Purple for the live system, orange for every other, always with words: nobody may mistake one for the other."""
    words = {
        "live": _("LIVE system: real people’s records"),
        "test": _("TEST system: no real people’s records"),
        "demo": _("TEST system: demonstration with invented people"),
    }
    kind = "live" if settings.ENVIRONMENT == "live" else "test"
    inside = element("div", words[settings.ENVIRONMENT], class_="os-wrap")
    return element("section", inside, class_=f"os-env os-env--{kind}", aria_label=_("System"))


def service_name() -> str:
    """What this installation calls itself."""
    return str(settings.SERVICE_NAME)


def footer() -> SafeString:
    """The end of every page, which says the same to everybody."""
    return fragments.kept(("footer", service_name()), lambda: trusted(render_to_string("shell/footer.html")))


def address(name: str) -> str:
    """The address of a page, or nothing where this installation does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def language_switch(context: Context) -> dict[str, Any]:
    """One button per other language; it keeps the page and its filters."""
    request = context.get("request")
    current = get_language()
    return {
        "languages": [(code, name) for code, name in settings.LANGUAGES if code != current],
        "url": address("language") if request else "",
        "here": request.get_full_path() if request else "",
        "csrf": csrf_field(context),
    }


def header(context: Context) -> SafeString:
    """The top of the page; for somebody signed in only names, address and token differ from page to page."""
    actor, request = context.get("actor"), context.get("request")
    template = Engine.get_default().get_template("shell/header.html")
    if actor is None or request is None:
        return template.render(context)
    return fragments.filled(
        ("header", service_name()),
        lambda: template.render(Context(_SIGNED_IN)),
        name=actor.user_name,
        organisation=actor.organisation_name,
        here=request.get_full_path(),
        token=context.get("csrf_token", ""),
    )


# What the header is made with before it is kept.
_SIGNED_IN = {
    "actor": {"user_name": fragments.mark("name"), "organisation_name": fragments.mark("organisation")},
    "request": SimpleNamespace(
        get_full_path=lambda: fragments.mark("here"), user=SimpleNamespace(is_authenticated=True)
    ),
    "csrf_token": fragments.mark("token"),
}


def session_warning(context: Context) -> SafeString:
    """The bar that warns before the session ends; hidden until the script shows it."""
    request = context.get("request")
    seconds, extend_url = context.get("idle_seconds"), address("session_extend")
    if not seconds or not extend_url:
        return joined(())
    first = {"seconds": seconds, "extend_url": extend_url, "sign_in_url": address(settings.LOGIN_URL)}
    first |= {"here": fragments.mark("here"), "csrf_token": fragments.mark("token")}
    return fragments.filled(
        ("session", seconds),
        lambda: trusted(render_to_string("components/session_warning.html", first)),
        here=quote(request.get_full_path() if request else "", safe=""),
        token=context.get("csrf_token", ""),
    )
