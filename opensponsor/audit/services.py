"""Writing history. Row changes write themselves; services add what the caseworker meant, pages add who looked."""

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections

from opensponsor.audit.models import Kind
from opensponsor.core.actor import Actor

_RECORD = "SELECT audit_record(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _write(
    using: str,
    kind: Kind,
    code: str,
    actor: Actor,
    request_id: str,
    case_id: UUID | None,
    owner_id: int | None,
    detail: dict[str, Any],
) -> None:
    table, row = detail.pop("table", ""), str(detail.pop("row", ""))
    text = json.dumps(detail, cls=DjangoJSONEncoder)
    organisation = actor.organisation_id or None
    with connections[using].cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                kind,
                code,
                actor.context_name,
                organisation,
                request_id,
                case_id,
                owner_id,
                table,
                row,
                text,
            ],
        )


def record(
    code: str,
    *,
    actor: Actor,
    case_id: UUID | None = None,
    owner_id: int | None = None,
    **detail: Any,
) -> None:
    """Write that a service did something, in the transaction of the change itself (ORG-004).

    `code` is `noun.verb`; `detail` holds the facts of the act, without free text and without names. `table` and `row` name the record.
    """
    _write("default", Kind.EVENT, code, actor, "", case_id, owner_id, detail)


def record_access(
    code: str,
    *,
    actor: Actor,
    case_id: UUID | None = None,
    owner_id: int | None = None,
    **detail: Any,
) -> None:
    """Write that somebody looked: a record opened, a list with its filter and count, a search, an export."""
    _write("default", Kind.ACCESS, code, actor, "", case_id, owner_id, detail)


def record_outside(
    code: str,
    *,
    actor: Actor,
    request_id: str = "",
    case_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Write a refusal or a failed sign-in on the second connection, because the request's own transaction is rolled back."""
    _write("outside", Kind.ACCESS, code, actor, request_id, case_id, None, detail)
