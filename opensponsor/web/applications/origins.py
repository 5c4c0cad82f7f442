"""Where each field of an application comes from: the columns of the file and what stood in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.core.actor import Actor
from opensponsor.core.hiding import may_see
from opensponsor.feeds.rules.applications import KEY
from opensponsor.hosts.models import Sponsor
from opensponsor.people.models import Person
from opensponsor.visas.models import Application
from opensponsor.visas.permissions import may_read_sponsors
from opensponsor.web.components.markup import element
from opensponsor.web.components.shapes import Column, Table, TableRow


@dataclass(frozen=True, slots=True)
class Origin:
    """A field of ours, the model and field whose class of data it has, and the columns that may hold it.

    The first column that is filled counts.
    """

    label: str | Promise
    source: tuple[type[models.Model], str]
    columns: tuple[str, ...]

    def is_for(self, actor: Actor, *, has_applicant: bool) -> bool:
        """Whether the reader may see the raw value: as the field itself, and of a person only if there is one."""
        if self.source[0] is Sponsor and not may_read_sponsors(actor):
            return False
        is_of_person = self.source[0] is Person
        return may_see(actor, *self.source) and (has_applicant or not is_of_person)

    def found_in(self, raw: Mapping[str, Any]) -> tuple[str, str]:
        """The column that counted and what stands in it; the first column and nothing where all are empty."""
        filled = ((name, _words(raw.get(name))) for name in self.columns)
        return next(((name, words) for name, words in filled if words), (self.columns[0], ""))


_A, _P, _S = Application, Person, Sponsor
# The route follows from who sponsors, so that its raw value may be somebody's name.
ORIGINS: tuple[Origin, ...] = (
    Origin(gettext_lazy("Application number"), (_A, "uan"), (KEY,)),
    Origin(gettext_lazy("GWF number"), (_A, "gwf"), ("gwf",)),
    Origin(gettext_lazy("Submitted together as"), (_A, "submission"), ("submission_guid", KEY)),
    Origin(gettext_lazy("Route"), (_S, "given_names"), ("Q98a_sponsoring_organisation", "Q97c_sponsor_name")),
    Origin(gettext_lazy("Visa status"), (_A, "visa_status"), ("visa_status",)),
    Origin(gettext_lazy("Decided"), (_A, "decided_at"), ("visa_decision_date",)),
    Origin(gettext_lazy("Latest event"), (_A, "event_at"), ("application_event_datetime",)),
    Origin(gettext_lazy("File made"), (_A, "ingested_at"), ("ingestion_time",)),
    Origin(gettext_lazy("Expected in the United Kingdom"), (_A, "arrives_on"), ("Q66a_uk_arrival_date",)),
    Origin(gettext_lazy("Arrived"), (_A, "arrived_at"), ("applicant_arrival_time",)),
    Origin(gettext_lazy("Given names"), (_P, "given_names"), ("Q44b_given_name", "Q44g_full_name")),
    Origin(gettext_lazy("Family name"), (_P, "family_name"), ("Q44c_family_name", "Q44g_full_name")),
    Origin(gettext_lazy("Date of birth"), (_P, "birth_date"), ("Q11b_applicant_date_of_birth", "Q52d_date_of_birth")),
    Origin(gettext_lazy("Sex"), (_P, "sex"), ("Q21a_application_sex",)),
    Origin(gettext_lazy("Passport number"), (_P, "passport_number"), ("Q12b_applicant_passport_travel_number",)),
    Origin(gettext_lazy("Phone"), (_P, "phone"), ("Q43a_preferred_contact_number", "Q40a_telephone_number_details")),
    Origin(gettext_lazy("Email"), (_P, "email"), ("Q14b_applicant_email_address", "Q5b_applicant_email_address")),
    Origin(
        gettext_lazy("Given names of the sponsor"),
        (_S, "given_names"),
        ("Q97a_sponsor_given_name", "Q97c_sponsor_name"),
    ),
    Origin(
        gettext_lazy("Family name of the sponsor"),
        (_S, "family_name"),
        ("Q97b_sponsor_family_name", "Q97c_sponsor_name"),
    ),
    Origin(gettext_lazy("Address of the sponsor"), (_S, "home_address"), ("Q18b_sponsor_address_uk",)),
    Origin(gettext_lazy("Proposed address"), (_A, "proposed_address"), ("Q101a_uk_address_staying",)),
    Origin(
        gettext_lazy("Postcode of the proposed address"),
        (_A, "proposed_postcode"),
        ("mapping_postcode", "Q101a_uk_address_staying"),
    ),
    Origin(gettext_lazy("Lower-tier council"), (_A, "lower_authority_name"), ("ltla_name",)),
    Origin(gettext_lazy("Upper-tier council"), (_A, "upper_authority_name"), ("utla_name",)),
)


def table_of(actor: Actor, raw: Mapping[str, Any], *, has_applicant: bool) -> Table:
    """Field, column and raw value, as far as the reader may see each."""
    columns = (Column(_("Field")), Column(_("Column of the file")), Column(_("What stood there")))
    return Table(_("Where this comes from"), columns, list(_rows(actor, raw, has_applicant)), element_id="origins")


def _rows(actor: Actor, raw: Mapping[str, Any], has_applicant: bool) -> Iterator[TableRow]:
    for origin in ORIGINS:
        if origin.is_for(actor, has_applicant=has_applicant):
            name, words = origin.found_in(raw)
            yield TableRow((str(origin.label), name, words or element("span", _("Empty"), class_="os-missing")))


def _words(value: Any) -> str:
    """A raw value as text; several values one after another."""
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    return "" if value is None else str(value).strip()
