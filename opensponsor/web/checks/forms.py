"""The form of a check: how far it is, when, how deep, why it failed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opensponsor.checks import policies
from opensponsor.checks.states import REASONS, CheckStatus, CheckType, DbsLevel
from opensponsor.core import clock
from opensponsor.core.refusals import Refused
from opensponsor.web.casework.forms import FreeText
from opensponsor.web.conflicts import EditForm
from opensponsor.web.formkit import DateField, Radios

FIELDS = ("status", "checked_on", "dbs_level", "failure_reason", "comment")


class CheckForm(EditForm):
    """One check. Only a sponsor has the level of a DBS check, and guests who did not arrive give no reason."""

    status = forms.ChoiceField(
        label=_("How far is the check?"),
        choices=CheckStatus.choices,
        widget=Radios(reveals={CheckStatus.FAILED: "failure_reason"}),
        error_messages={"required": _("Choose how far the check is")},
    )
    failure_reason = forms.ChoiceField(label=_("Why did it fail?"), widget=Radios(), required=False)
    checked_on = DateField(
        label=_("Date of the outcome"), required=False, help_text=_("The day on which the check was passed or failed")
    )
    dbs_level = forms.ChoiceField(
        label=_("Level of the DBS check"), choices=DbsLevel.choices, widget=Radios(is_inline=True), required=False
    )
    comment = FreeText(label=_("Comment"), most=500, rows=3, required=False)

    def __init__(self, *args: Any, type_: CheckType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type = type_
        fields: dict[str, Any] = self.fields
        fields["failure_reason"].choices = [(reason.value, reason.label) for reason in REASONS[type_]]
        if not REASONS[type_]:
            del fields["failure_reason"]
            fields["status"].widget.reveals = {}
        if type_ != CheckType.SPONSOR:
            del fields["dbs_level"]

    def clean(self) -> dict[str, Any]:
        """What the service would refuse, said at the field that can put it right."""
        given = super().clean() or {}
        if "status" not in given:
            return given
        status, reason = given["status"], given.get("failure_reason", "")
        if "checked_on" in given:
            self._ask("checked_on", lambda: policies.check_date(status, given["checked_on"], clock.today()))
        self._ask("failure_reason", lambda: policies.check_reason(self.type, status, reason))
        self._ask("dbs_level", lambda: policies.check_level(self.type, status, given.get("dbs_level", "")))
        self._ask("comment", lambda: policies.check_comment(status, reason, given.get("comment", "")))
        return given

    def _ask(self, field: str, check: Callable[[], None]) -> None:
        if field in self.errors:
            return
        try:
            check()
        except Refused as refusal:
            self.add_error(field, str(refusal))
