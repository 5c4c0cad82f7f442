"""The kinds of record there are."""

from opensponsor.cases.states import CaseKind
from opensponsor.web.households.record import HOUSEHOLD
from opensponsor.web.licences.record import LICENCE
from opensponsor.web.records.kinds import Kind
from opensponsor.web.sponsors.record import SPONSOR

KINDS: dict[str, Kind] = {CaseKind.HOUSEHOLD: HOUSEHOLD, CaseKind.SPONSOR: SPONSOR, CaseKind.LICENCE: LICENCE}
