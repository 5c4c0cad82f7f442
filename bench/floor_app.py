"""The *web* floor: statements behind bare Django on the web server of the product; no sign-in, no rules, no template.

The environment holds the statements by name; the page of a name runs them and writes their rows as plain text.
"""

import json
import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="nothing is signed here",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={"default": json.loads(os.environ["OPENSPONSOR_BENCH_DATABASE"])},
)

_STATEMENTS: dict[str, list[tuple[str, dict[str, Any]]]] = json.loads(os.environ["OPENSPONSOR_BENCH_STATEMENTS"])


def answer(request: HttpRequest, name: str) -> HttpResponse:
    """The rows of the statements; the last of several comes in one transaction with the others."""
    lines: list[str] = []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in _STATEMENTS[name]:
            cursor.execute(statement, values)
            if cursor.description:
                lines += ("\t".join(map(str, row)) for row in cursor.fetchall())
    body = "\n".join(lines).encode()
    return HttpResponse(body, content_type="text/plain", headers={"Content-Length": str(len(body))})


urlpatterns = [path("<str:name>", answer)]
application = get_wsgi_application()
