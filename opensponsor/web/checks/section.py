"""The section of checks on the records of households and sponsors."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.checks import queries
from opensponsor.checks.permissions import NEEDED, may_record
from opensponsor.checks.queries import CheckRecord, Names
from opensponsor.checks.states import CheckStatus, CheckType, DbsLevel, FailureReason
from opensponsor.web.checks.words import explanation
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import SummaryRow
from opensponsor.web.records.kinds import Kind, Opened, Section
from opensponsor.web.records.rows import label_of

Groups = list[tuple[str, list[SummaryRow]]]

_URL_NAMES = {
    CheckType.EXISTS: "sponsors:check_exists",
    CheckType.SPONSOR: "sponsors:check_sponsor",
    CheckType.SUITABLE: "households:check_suitable",
    CheckType.ARRIVED: "households:check_arrived",
}
_OF_ADDRESSES = frozenset({CheckType.EXISTS, CheckType.SUITABLE})


def of_household(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """What the checks of the household say together and why, then each check it needs, by whom or what it is about."""
    record = opened.record
    checks = queries.household_checks(opened.actor, record, today=opened.today)
    why = explanation(opened.actor, checks, record.members)
    status = checks.summary.status
    back = f"?household={record.case_id}"
    return {
        "checks_status": cells.status_tag(status, status.label),
        "checks_why": why,
        "check_groups": _groups(opened, checks.checks, checks.names, back),
    }


def of_sponsor(request: HttpRequest, kind: Kind, opened: Opened) -> dict[str, Any]:
    """The checks of the sponsor and of each address they offer."""
    checks = queries.sponsor_checks(opened.actor, opened.record.case_id)
    return {"check_groups": _groups(opened, checks.checks, checks.names, "")}


def _groups(opened: Opened, checks: Iterable[CheckRecord], names: Names, back: str) -> Groups:
    """The checks of one sponsor, address or household stand together."""
    groups: dict[UUID, tuple[str, list[SummaryRow]]] = {}
    for check in checks:
        group = groups.setdefault(check.subject_id, (_heading(check, names), []))
        group[1].append(_row(opened, check, names, back))
    return list(groups.values())


def _heading(check: CheckRecord, names: Names) -> str:
    if check.type == CheckType.ARRIVED:
        return _("Arrival")
    kind = _("Address") if check.type in _OF_ADDRESSES else _("Sponsor or host")
    name = names.get(check.subject_id)
    return f"{kind}: {name}" if name else kind


def _row(opened: Opened, check: CheckRecord, names: Names, back: str) -> SummaryRow:
    return SummaryRow(check.type.label, told(check), _change_url(opened, check, back), name_of(check, names))


def name_of(check: CheckRecord, names: Names) -> str:
    """The check by its type and whom or what it is about, as far as the reader may see that."""
    return ": ".join(str(part) for part in (check.type.label, names.get(check.subject_id)) if part)


def told(check: CheckRecord) -> Any:
    """How far the check is, and under it what was found."""
    status = CheckStatus(check.status)
    level = label_of(DbsLevel, check.dbs_level)
    found = ", ".join(str(part) for part in (cells.day(check.checked_on), level) if part)
    reason = label_of(FailureReason, check.failure_reason)
    return cells.lines(cells.status_tag(status, status.label), found, reason, check.comment)


def _change_url(opened: Opened, check: CheckRecord, back: str) -> str:
    """Where the check is recorded; nowhere for readers, and none for a sponsor that another organisation works on."""
    is_reachable = check.case_id is not None and opened.is_open
    if not (is_reachable and may_record(opened.actor, check.type) and opened.may(NEEDED[check.type])):
        return ""
    args = [check.case_id, *([check.subject_id] if check.type in _OF_ADDRESSES else [])]
    is_elsewhere = check.case_id != opened.record.case_id
    return reverse(_URL_NAMES[check.type], args=args) + (back if is_elsewhere else "")


HOUSEHOLD_CHECKS = Section("checks", gettext_lazy("Checks"), "records/checks.html", of_household)
SPONSOR_CHECKS = Section("checks", gettext_lazy("Checks"), "records/checks.html", of_sponsor)
