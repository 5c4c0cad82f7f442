"""The colour of every status tag, in one table. The words carry the meaning; the colour only helps the eye.

Labels live in the `states.py` of each context; a test walks those registries and asks that each code is here. The
colours are those of the GOV.UK tag: grey (closed, nothing to do), blue (new, in progress), teal and purple (kinds of
progress), green (good, done), yellow (waiting for somebody), orange (due soon), red (overdue, refused, at risk).
"""

COLOURS = frozenset({"grey", "blue", "teal", "green", "yellow", "orange", "red", "purple", "magenta"})

STATUS_COLOURS: dict[str, str] = {
    # Records.
    "OPEN": "blue",
    "CLOSED": "grey",
    # Tasks and prompts, by how long they have waited.
    "CRITICALLY_OVERDUE": "red",
    "OVERDUE": "red",
    "TODAY": "orange",
    "THIS_WEEK": "yellow",
    "LATER": "grey",
    # Requests, invitations, jobs.
    "SUBMITTED": "yellow",
    "VOUCHED": "blue",
    "CREATED": "green",
    "APPROVED": "green",
    "REFUSED": "red",
    "WITHDRAWN": "grey",
    "USED": "green",
    "EXPIRED": "grey",
    "WAITING": "yellow",
    "READY": "green",
    "FETCHED": "grey",
    "FAILED": "red",
    # Files that came in.
    "READ": "blue",
    "LOADING": "yellow",
    "HELD": "orange",
    "LOADED": "green",
    "CANCELLED": "grey",
    # Accounts.
    "INVITED": "yellow",
    "ACTIVE": "green",
    "SUSPENDED": "orange",
    "LEFT": "grey",
    # Visa applications.
    "MISSING": "orange",
    "PENDING": "yellow",
    "FLOW_PENDING": "yellow",
    "CONFIRMED": "blue",
    "ISSUED": "teal",
    "ARRIVED": "green",
    "LAPSED": "grey",
    # Journeys.
    "SS01": "teal",
    "IS01": "teal",
    # Checks, and what they say together.
    "NOT_STARTED": "grey",
    "IN_PROGRESS": "blue",
    "PASSED": "green",
    "NOT_REQUIRED": "grey",
    "NOT_AVAILABLE": "orange",
    "REQUIRED": "yellow",
    "PARTIAL": "blue",
    "PRE_ARRIVAL": "teal",
    "COMPLETED": "green",
    "EMPTY": "grey",
    # Sponsors and hosts, and what they offer.
    "HST001": "blue",
    "HST002": "teal",
    "HST003": "green",
    "HST004": "grey",
    "HST005": "red",
    "HST006": "grey",
    "NEW": "blue",
    "PENDING_CHECKS": "yellow",
    "AVAILABLE": "green",
    "RESERVED": "purple",
    "MATCHED": "teal",
    "MATCH_COMPLETED": "teal",
    "REMOVED": "grey",
    # Ratings of licences.
    "A": "green",
    "B": "orange",
}


def colour_of(code: str) -> str:
    """The colour of a status; grey for a code that has none."""
    return STATUS_COLOURS.get(code, "grey")
