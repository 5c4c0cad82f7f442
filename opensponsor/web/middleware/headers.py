"""What every answer of ours says to the browser besides what Django and the content policy say."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADERS = {
    # Records must not come back with the browser's back button after signing out.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Headers:
    """Stands inside the middleware of static files, which may be kept, and outside everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            if name != "Cache-Control" or "no-store" not in response.headers.get(name, ""):
                response.headers[name] = value
        return response
