"""What tables about people show alike."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opensponsor.identity.queries.members import Member
from opensponsor.identity.states import AccountStatus
from opensponsor.web.components import cells
from opensponsor.web.components.markup import element
from opensponsor.web.components.shapes import Column, Table, TableRow


def status_tag(status: AccountStatus) -> SafeString:
    """The status of an account."""
    return cells.status_tag(status, AccountStatus(status).label)


def last_here(member: Member) -> Any:
    """The day somebody was last here, or that they never were."""
    if member.last_seen_on:
        return cells.short_day(member.last_seen_on)
    return element("span", _("Never"), class_="os-missing")


def people_table(organisation_id: int, found: Iterable[Member], empty: Any, *, is_linked: bool = True) -> Table:
    """People with their roles, account and last day."""
    labels = (_("Name"), _("Email"), _("Roles"), _("Account"), _("Last signed in"), _("Access confirmed"))
    rows = [
        TableRow(
            (
                cells.link(_url(organisation_id, member), member.full_name) if is_linked else member.full_name,
                member.email,
                cells.lines(*(held.role.label for held in member.roles)),
                status_tag(member.status),
                last_here(member),
                cells.short_day(member.attested_on),
            )
        )
        for member in found
    ]
    return Table(_("People"), tuple(Column(label) for label in labels), rows, empty)


def _url(organisation_id: int, member: Member) -> str:
    return reverse("team:member", args=[organisation_id, member.user_id])
