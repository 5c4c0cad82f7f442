"""One transaction around each request, run again when PostgreSQL asks for it."""

import random
import time
from collections.abc import Callable
from uuid import uuid4

import psycopg
from django.db import transaction as database
from django.http import HttpRequest, HttpResponse

_TRIES = 3


def is_transient(error: BaseException | None) -> bool:
    """Whether the same request may succeed when run again: a serialisation failure (40001) or a deadlock (40P01)."""
    while error is not None:
        if isinstance(error, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected):
            return True
        error = error.__cause__
    return False


class RequestTransaction:
    """Opens the transaction that the context of row security lives in.

    Django turns the exception of a view into a response, so that a block around it would commit half a change:
    `process_exception` marks the transaction for rollback first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid4())  # type: ignore[attr-defined]
        for tries_left in reversed(range(_TRIES)):
            request.runs_again = False  # type: ignore[attr-defined]
            with database.atomic():
                response = self.get_response(request)
            if not (request.runs_again and tries_left):  # type: ignore[attr-defined]
                break
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - spreads the retries, guards no secret
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        database.set_rollback(True)
        request.runs_again = is_transient(exception)  # type: ignore[attr-defined]
