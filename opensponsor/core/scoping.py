"""The first of the two layers that keep organisations apart: reads of a table with an owner start at `visible_to`."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from opensponsor.core.actor import Actor, Scope


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows with an `owner` organisation.

    A subclass whose rows hang on a case names the path to the case's id in `case_path`.
    """

    case_path = ""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that the actor's organisation may read: its scope and cases shared with it (ORG-030, ORG-031)."""
        return self.within(actor.reads)

    def within(self, scope: Scope) -> Self:
        """The rows in a scope, for statements that are kept by scope."""
        condition = Q(owner__realm__in=scope.realms) if scope.realms else Q(owner_id__in=scope.organisation_ids)
        if self.case_path and scope.shared_case_ids:
            condition |= Q(**{f"{self.case_path}__in": scope.shared_case_ids})
        return self.filter(condition)

    def writable_by(self, actor: Actor) -> Self:
        """The rows that the actor's organisation may change."""
        return self.filter(owner_id__in=actor.writes)


class OnCaseQuerySet(OwnedQuerySet):
    """Rows that hang on a case through `case`."""

    case_path = "case_id"


def owned_in(actor: Actor, relation: str) -> Q:
    """That the related record, which has the owner of the row itself, is in the scope too: it leaves nothing out.

    Says nothing of a national scope, and nothing where a shared case may be among the rows.
    """
    scope = actor.reads
    if scope.realms or scope.shared_case_ids:
        return Q()
    return Q(**{f"{relation}__owner_id__in": scope.organisation_ids})
