"""What the platform asks somebody to do, derived from the records and never stored."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something that needs doing: why it is there, and what clears it, in sentences for the user.

    `code` names the rule that put it there. It leads to the record of `case_id`, or to the page named `page`.
    """

    code: str
    title: str | Promise
    why: str | Promise
    clears: str | Promise
    due_on: dt.date
    case_id: UUID | None = None
    page: str = ""
