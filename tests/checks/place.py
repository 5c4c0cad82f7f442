"""A council with a household that somebody sponsors, and people who record its checks."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from opensponsor.checks.models import Check, ChecksSummary
from opensponsor.checks.services.checks import record_check
from opensponsor.checks.states import CheckStatus, CheckType, DbsLevel
from opensponsor.core import clock
from opensponsor.core.actor import Actor
from opensponsor.hosts.models import HostAddress, Sponsor
from opensponsor.identity.models import Organisation, User
from opensponsor.identity.roles import Role
from opensponsor.people.models import Household
from tests import factories

TODAY = clock.today()
PASSED = {"status": CheckStatus.PASSED, "checked_on": TODAY}


@dataclass(frozen=True)
class Hosting:
    """`household` is hosted by `sponsor` at `address`; `user` is a caseworker of their council."""

    council: Organisation
    household: Household
    sponsor: Sponsor
    address: HostAddress
    user: User

    @property
    def actor(self) -> Actor:
        """The caseworker as the web would have them act."""
        return factories.actor(self.council, of=self.user)

    def another_household(self) -> Household:
        """One more household of the council with the same sponsor at the same address."""
        other = factories.household(self.council, "Taras Bondar")
        factories.sponsorship(other, self.sponsor, self.address)
        return other

    def where(self, type_: CheckType) -> dict[str, Any]:
        """What names the check of this type of this household."""
        of = self.sponsor if type_ in (CheckType.SPONSOR, CheckType.EXISTS) else self.household
        has_address = type_ in (CheckType.EXISTS, CheckType.SUITABLE)
        return {"case_id": of.case_id, "type_": type_, "address_id": self.address.pk if has_address else None}

    def record(self, type_: CheckType, *, by: Actor | None = None, version: int | None = None, **outcome: Any) -> Check:
        """Record the check of this type, passed today unless said otherwise."""
        given = PASSED | ({"dbs_level": DbsLevel.BASIC} if type_ == CheckType.SPONSOR else {}) | outcome
        with factories.as_actor(by or self.actor) as actor:
            return record_check(actor=actor, version=version, today=TODAY, **self.where(type_), **given)

    def status(self, of: Household | None = None) -> str:
        """The stored status of the household, or of another one."""
        with factories.writing():
            found = ChecksSummary.objects.filter(household=of or self.household).first()
        return found.status if found else ""

    def at(self, **changes: Any) -> "Hosting":
        """The same with something else in its place."""
        return replace(self, **changes)


def make_hosting(council: Organisation | None = None, **lead: Any) -> Hosting:
    """A council with a caseworker, and a household of one adult who was sponsored; `lead` is about that adult."""
    owner = council or factories.organisation(name_en="Conwy CC")
    about_lead = {f"lead_{name}": value for name, value in ({"birth_date": dt.date(1988, 2, 1)} | lead).items()}
    household = factories.household(owner, "Olena Kovalenko", **about_lead)
    sponsor = factories.sponsor(owner, "Gwen Parry")
    address = factories.address(sponsor)
    factories.sponsorship(household, sponsor, address)
    return Hosting(owner, household, sponsor, address, factories.member(owner, Role.CASEWORKER, full_name="Sara Lewis"))
