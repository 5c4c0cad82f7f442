"""The form of all open checks of a household: one answer for all of them, and one for each that differs."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.checks import policies
from opensponsor.checks.queries import CheckRecord
from opensponsor.checks.services.checks import Outcome, Recording
from opensponsor.checks.states import REASONS, CheckStatus, CheckType, DbsLevel
from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.web.casework.forms import FreeText
from opensponsor.web.formkit import DateField, Radios

BEFORE_ARRIVAL, EVERY_CHECK = "BEFORE_ARRIVAL", "EVERY_CHECK"
_OF_ADDRESSES = frozenset({CheckType.EXISTS, CheckType.SUITABLE})
_UNCHANGED = "UNCHANGED"
_STATUSES = (
    ("", gettext_lazy("As answered for all checks")),
    (_UNCHANGED, gettext_lazy("Leave it as it is")),
    *((one.value, one.label) for one in CheckStatus if one != CheckStatus.NOT_STARTED),
)
PARTS = ("status", "failure_reason", "checked_on", "dbs_level", "comment")


@dataclass(frozen=True, slots=True)
class Line:
    """One check on the page: its heading, which errors name it by, and what is recorded now, in words.

    `day` is the day of the outcome as far as something else tells it, such as the arrival that the household has.
    """

    check: CheckRecord
    case_id: UUID
    heading: str
    told: Any
    is_open: bool
    day: dt.date | None = None

    @property
    def key(self) -> str:
        """What the names of its fields begin with."""
        return f"{self.check.type.lower()}-{self.check.subject_id}"

    def name(self, part: str) -> str:
        """The name of one of its fields."""
        return f"{self.key}-{part}"


class HouseholdChecksForm(forms.Form):
    """Checks of one household. A check without an answer of its own or for all stays as it is."""

    status = forms.ChoiceField(
        label=gettext_lazy("Which checks are passed?"),
        choices=(
            ("", gettext_lazy("I answer for each check below")),
            (BEFORE_ARRIVAL, gettext_lazy("All of them except the arrival")),
            (EVERY_CHECK, gettext_lazy("All of them, the arrival too")),
        ),
        widget=Radios(),
        required=False,
    )
    checked_on = DateField(
        label=gettext_lazy("Date of the outcome"),
        required=False,
        help_text=gettext_lazy("For every check that passed or failed and has no other date below"),
    )
    dbs_level = forms.ChoiceField(
        label=gettext_lazy("Level of the DBS check"),
        choices=DbsLevel.choices,
        widget=Radios(is_inline=True),
        required=False,
        help_text=gettext_lazy("For every sponsor who has no other level below"),
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.recordings: list[Recording] = []
        self.recorded: list[Line] = []
        self.overtaken: list[Line] = []
        if all(line.check.type != CheckType.SPONSOR for line in lines):
            del self.fields["dbs_level"]
        # Without an arrival there is none to leave out, and alone it is all there is.
        if len({line.check.type == CheckType.ARRIVED for line in lines}) < 2:
            self.fields["status"].choices = [  # type: ignore[attr-defined]
                ("", gettext_lazy("I answer for each check below")),
                (EVERY_CHECK, gettext_lazy("All of them")),
            ]
        self.initial = {"checked_on": clock.today(), **self._first_values(), **self.initial}
        for line in lines:
            self._add_fields(line)

    def groups(self) -> Iterator[tuple[Line, list[BoundField]]]:
        """Each check with its fields as they stand on the page; those inside a choice come with that choice."""
        for line in self.lines:
            names = [line.name(part) for part in PARTS if line.name(part) in self.fields]
            yield line, [self[name] for name in names if not self[name].is_revealed]  # type: ignore[attr-defined]

    def for_all(self) -> list[BoundField]:
        """The fields that answer for every check."""
        return [self[name] for name in ("status", "checked_on", "dbs_level") if name in self.fields]

    def add_error(self, field: str | None, error: Any) -> None:
        """An error of a check says which check it is about, because many stand on the page."""
        line = next((one for one in self.lines if field and field.startswith(f"{one.key}-")), None)
        super().add_error(field, _naming(line.heading, error) if line else error)

    def clean(self) -> dict[str, Any]:
        """What the service would refuse, said at the field that can put it right; what it would do, as recordings."""
        given = super().clean() or {}
        if given.get("checked_on") and given["checked_on"] > clock.today():
            self.add_error("checked_on", _("The date must be today or earlier."))
        self._look_for_strangers()
        for line in self.lines:
            self._take(line, given)
        if not (self.recordings or self.errors):
            nothing = _("Choose the outcome of at least one check.")
            self.add_error(None, _("Somebody else recorded these checks meanwhile.") if self.overtaken else nothing)
        return given

    def _look_for_strangers(self) -> None:
        """A sponsor or an address may have left the household since the form was made."""
        known = {line.key for line in self.lines}
        sent = {name.removesuffix("-version") for name in self.data if name.endswith("-version")}
        if any(self.data.get(f"{key}-status") for key in sent - known):
            self.add_error(None, _("A check that you answered is not one of this household any more."))

    def _add_fields(self, line: Line) -> None:
        type_ = line.check.type
        reveals = {CheckStatus.FAILED: line.name("failure_reason")} if REASONS[type_] else {}
        made: dict[str, forms.Field] = {
            "version": forms.IntegerField(widget=forms.HiddenInput),
            "status": forms.ChoiceField(
                label=gettext_lazy("How far is the check?"),
                choices=_STATUSES,
                widget=Radios(reveals=reveals),
                required=False,
            ),
            "checked_on": DateField(label=gettext_lazy("Another date"), required=False),
            "comment": FreeText(label=gettext_lazy("Comment"), most=500, rows=2, required=False),
        }
        made["comment"].help_text = ""  # The warning stands once above all of them.
        if REASONS[type_]:
            reasons = [(reason.value, reason.label) for reason in REASONS[type_]]
            label = gettext_lazy("Why did it fail?")
            made["failure_reason"] = forms.ChoiceField(label=label, choices=reasons, widget=Radios(), required=False)
        if type_ == CheckType.SPONSOR:
            label = gettext_lazy("Another level of the DBS check")
            widget = Radios(is_inline=True)
            made["dbs_level"] = forms.ChoiceField(label=label, choices=DbsLevel.choices, widget=widget, required=False)
        self.fields.update({line.name(part): field for part, field in made.items()})

    def _first_values(self) -> dict[str, Any]:
        return {
            line.name(part): value
            for line in self.lines
            for part, value in (
                ("version", line.check.version),
                ("comment", str(line.check.comment)),
                ("checked_on", line.day),
            )
        }

    def _take(self, line: Line, given: dict[str, Any]) -> None:
        """Make a recording of what is said of the check, if anything is."""
        own = given.get(line.name("status"), "")
        # What was shown empty and is filled by now was not typed by anybody here.
        is_touched = any(given.get(line.name(part)) and line.name(part) in self.changed_data for part in PARTS)
        if own == _UNCHANGED:
            return
        if not own and not self._answers_for(line, given):
            if is_touched:
                self.add_error(line.name("status"), _("Choose how far the check is"))
            return
        if given.get(line.name("version")) != line.check.version:
            self._overtake(line, is_touched=is_touched)
            return
        outcome = self._outcome(line, given, own or CheckStatus.PASSED.value)
        if not self._is_wrong(line):
            self.recorded.append(line)
            self.recordings.append(_recording(line, outcome))

    def _answers_for(self, line: Line, given: dict[str, Any]) -> bool:
        """Whether the answer for all is one for this check: for what still waited when the form was made."""
        said = given.get("status", "")
        fits = said == EVERY_CHECK or (said == BEFORE_ARRIVAL and line.check.type != CheckType.ARRIVED)
        was_overtaken = given.get(line.name("version")) != line.check.version
        return fits and (line.is_open or was_overtaken)

    def _overtake(self, line: Line, *, is_touched: bool) -> None:
        """Somebody else recorded it meanwhile: what was said of this check waits, what was said of all leaves it."""
        if not is_touched:
            self.overtaken.append(line)
            return
        sentence = _("Somebody else recorded it meanwhile: %(told)s. Save again to record yours, or leave it as it is.")
        self.add_error(line.name("status"), sentence % {"told": CheckStatus(line.check.status).label})
        typed = {name: self.data.get(name) for name in self.data}
        self.data = {**typed, line.name("version"): str(line.check.version)}

    def _outcome(self, line: Line, given: dict[str, Any], status: str) -> Outcome:
        day: dt.date | None = given.get(line.name("checked_on"))
        if day is None and status in policies.OUTCOMES:
            day = given.get("checked_on")
        level = given.get(line.name("dbs_level"), "") or given.get("dbs_level", "")
        reason, comment = given.get(line.name("failure_reason"), ""), given.get(line.name("comment"), "")
        type_ = line.check.type
        if not self._is_wrong(line) and "checked_on" not in self.errors:
            self._ask(line.name("checked_on"), lambda: policies.check_date(status, day, clock.today()))
            self._ask(line.name("failure_reason"), lambda: policies.check_reason(type_, status, reason))
            self._ask_level(line, given, lambda: policies.check_level(type_, status, level))
            self._ask(line.name("comment"), lambda: policies.check_comment(status, reason, comment))
        return Outcome(status=status, checked_on=day, dbs_level=level, failure_reason=reason, comment=comment)

    def _is_wrong(self, line: Line) -> bool:
        return any(name.startswith(f"{line.key}-") for name in self.errors)

    def _ask(self, field: str, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refusal:
            self.add_error(field, str(refusal))

    def _ask_level(self, line: Line, given: dict[str, Any], check: Callable[[], None]) -> None:
        """Who answered for all is asked there for the level too."""
        if given.get(line.name("status")):
            return self._ask(line.name("dbs_level"), check)
        try:
            check()
        except Refused as refusal:
            self.add_error("dbs_level", _naming(line.heading, str(refusal)))


def _recording(line: Line, outcome: Outcome) -> Recording:
    check = line.check
    return Recording(
        type=check.type,
        case_id=line.case_id,
        address_id=check.subject_id if check.type in _OF_ADDRESSES else None,
        version=check.version or None,
        outcome=outcome,
    )


def _naming(heading: str, error: Any) -> ValidationError:
    """The same errors, each with the check in front."""
    errors = error if isinstance(error, ValidationError) else ValidationError(error)
    return ValidationError([_named(heading, one) for one in errors.error_list])


def _named(heading: str, one: ValidationError) -> ValidationError:
    [sentence] = one.messages
    named = _("%(check)s: %(problem)s") % {"check": heading, "problem": sentence}
    # Django fills the parameters in, which the sentence has already.
    return ValidationError(named.replace("%", "%%") if one.params else named, code=one.code, params=one.params)
