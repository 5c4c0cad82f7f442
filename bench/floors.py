"""The statements of the *sql* floor: the same rows as a page, without row security, by the right index."""

from typing import Any
from uuid import UUID

Statements = list[tuple[str, dict[str, Any]]]

_ROWS = """
SELECT c.id, c.version, c.reference, c.title, c.status, c.opened_on, o.name_en, u.full_name, h.route,
  (SELECT count(*) FROM people_householdmember m WHERE m.household_id = h.id AND m.ends_on IS NULL),
  h.expected_on, h.arrived_on, h.is_complex, s.status
FROM cases_case c JOIN people_household h ON h.case_id = c.id JOIN identity_organisation o ON o.id = c.owner_id
  LEFT JOIN checks_checkssummary s ON s.case_id = c.id LEFT JOIN identity_user u ON u.id = c.assignee_id
"""
_OWN = "c.owner_id = %(owner)s AND c.kind = 'HOUSEHOLD'"
_TITLE_ORDER = "ORDER BY c.sort_title, c.id LIMIT 51"
# The key of the index that serves the order stands in the statement as it stands in the index.
_ARRIVAL_ORDER = "ORDER BY coalesce(h.arrived_on, '0001-01-01') DESC, c.id DESC LIMIT 51"
_STREAM = """
SELECT * FROM (
  (SELECT created_at AS at, title, body, author_name FROM cases_note
    WHERE case_id = %(case)s ORDER BY created_at DESC LIMIT 31)
  UNION ALL
  (SELECT at, code, detail::text, actor FROM audit_event
    WHERE case_id = %(case)s AND kind <> 'ACCESS' ORDER BY id DESC LIMIT 31)
) stream ORDER BY at DESC LIMIT 31
"""
_MEMBERS = """
SELECT p.* FROM people_householdmember m JOIN people_person p ON p.id = m.person_id
WHERE m.case_id = %(case)s AND m.ends_on IS NULL ORDER BY m.is_lead DESC, p.birth_date
"""
_WHO = "SELECT set_config('app.user', 'system:bench', true)"
_EVENT = """
SELECT audit_record('EVENT', 'household.changed', 'system:bench', NULL, '', %(case)s, %(owner)s, '', '', '{}')
"""
_FLIP = """
UPDATE people_household SET is_complex = NOT is_complex, version = version + 1, updated_at = now()
WHERE case_id = %(case)s
"""
_ASSIGN = """
UPDATE cases_case SET assignee_id = %(user)s, version = version + 1, updated_at = now() WHERE id = ANY (%(ids)s::uuid[])
"""
_ASSIGNED = """
SELECT count(audit_record('EVENT', 'case.assigned', 'system:bench', NULL, '', id, owner_id, '', '', '{}'))
FROM cases_case WHERE id = ANY (%(ids)s::uuid[])
"""


def pages(owner_id: int, case_id: UUID, other_case_id: UUID, word: str) -> dict[str, Statements]:
    """By the name of the floor: a list, filtered and in two orders, names that are looked for, a record, a change."""
    owner: dict[str, Any] = {"owner": owner_id}
    case = {"case": str(case_id)}
    names = {**owner, "first": f"{word.lower()}%", "further": f"% {word.lower()}%"}
    found = "(c.sort_title LIKE %(first)s OR c.sort_title LIKE %(further)s)"
    whole = f"{_ROWS} WHERE c.id = %(case)s"
    return {
        "list": [(f"{_ROWS} WHERE {_OWN} AND c.status = 'OPEN' {_TITLE_ORDER}", owner)],
        "filtered": [(f"{_ROWS} WHERE {_OWN} AND c.status = 'OPEN' AND s.status = 'PARTIAL' {_ARRIVAL_ORDER}", owner)],
        "names": [(f"{_ROWS} WHERE {_OWN} AND c.status = 'OPEN' AND {found} {_TITLE_ORDER}", names)],
        "record": [(whole, case), (_MEMBERS, case), (_STREAM, case)],
        "save": [(_WHO, {}), (_FLIP, {"case": str(other_case_id)}), (_EVENT, {**owner, "case": str(other_case_id)})],
    }


def assignment(ids: list[UUID], user_id: int | None) -> Statements:
    """Cases given to somebody or nobody, each with its history and its event."""
    values = {"ids": [str(one) for one in ids], "user": user_id}
    return [(_WHO, {}), (_ASSIGN, values), (_ASSIGNED, values)]


NATION = "SELECT id FROM identity_organisation WHERE realm = 'ENGLAND'"
_OF_NATION = f"c.kind = 'HOUSEHOLD' AND c.owner_id IN ({NATION})"
COUNT = f"SELECT status, count(*) FROM cases_case c WHERE {_OF_NATION} GROUP BY status"
COPY = f"COPY ({_ROWS} WHERE {_OF_NATION} AND c.status = 'OPEN' AND s.status = 'COMPLETED') TO STDOUT (FORMAT csv)"
