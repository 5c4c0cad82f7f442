"""The colour of every status tag, in one table. The words carry the meaning; the colour only helps the eye.

Labels live in the `states.py` of each context; a test walks those registries and asks that each code is here. The colours are those of
the GOV.UK tag: grey (closed, nothing to do), blue (new, in progress), teal and purple (kinds of progress), green (good, done),
yellow (waiting for somebody), orange (due soon), red (overdue, refused, at risk).
"""

COLOURS = frozenset({"grey", "blue", "teal", "green", "yellow", "orange", "red", "purple", "magenta"})

STATUS_COLOURS: dict[str, str] = {
    "ACTIVE": "green",
    "APPROVED": "green",
    "CANCELLED": "grey",
    "CLOSED": "grey",
    "COMPLETED": "green",
    "CRITICALLY_OVERDUE": "red",
    "DECLINED": "red",
    "DONE": "green",
    "DRAFT": "grey",
    "DUE_TODAY": "orange",
    "EXPIRED": "grey",
    "INACTIVE": "grey",
    "IN_PROGRESS": "blue",
    "NEW": "blue",
    "NOT_STARTED": "grey",
    "OPEN": "blue",
    "OVERDUE": "red",
    "PENDING": "yellow",
    "REFUSED": "red",
    "REJECTED": "red",
    "REQUESTED": "yellow",
    "REVOKED": "grey",
    "SUSPENDED": "orange",
    "THIS_WEEK": "yellow",
    "WITHDRAWN": "grey",
}


def colour_of(code: str) -> str:
    """The colour of a status; grey for a code that has none."""
    return STATUS_COLOURS.get(code, "grey")
