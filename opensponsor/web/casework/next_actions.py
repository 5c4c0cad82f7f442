"""Which buttons of casework this reader gets on this record, and why."""

from django.utils.translation import gettext as _

from opensponsor.identity.permissions import Permission
from opensponsor.web.records.addresses import url_of
from opensponsor.web.records.kinds import NextAction, Opened


def case_actions(opened: Opened) -> list[NextAction]:
    """What may be done to the case, whatever hangs on it. A closed one is only noted on, and reopened by others."""
    return _on_open(opened) if opened.is_open else _on_closed(opened)


def _on_open(opened: Opened) -> list[NextAction]:
    offers = [
        (
            Permission.TASK_WRITE,
            "task_add",
            _("Add a task"),
            _("Something to do or a meeting, for you or a colleague, by a day."),
        ),
        (
            Permission.CASE_ASSIGN,
            "assign",
            _("Assign"),
            _("Makes a colleague responsible. Everybody still sees the record."),
        ),
        (
            Permission.CASE_SHARE,
            "share",
            _("Share"),
            _("Lets another organisation read the record. It cannot change anything."),
        ),
        (
            Permission.CASE_TRANSFER,
            "transfer",
            _("Transfer"),
            _("Hands the record and everything on it to another council. You will not see it any more."),
        ),
        (
            Permission.CASE_CLOSE,
            "close",
            _("Close"),
            _("Ends the work. Only the national team can reopen a closed record."),
        ),
    ]
    return [_action(opened, name, label, what) for permission, name, label, what in offers if opened.may(permission)]


def _on_closed(opened: Opened) -> list[NextAction]:
    if not opened.may(Permission.REQUEST_RAISE):
        return []
    return [
        _action(
            opened,
            "reopen",
            _("Ask to reopen"),
            _("Asks the national team to reopen the record. They approve or refuse with a reason."),
        )
    ]


def _action(opened: Opened, name: str, label: str, what: str) -> NextAction:
    return NextAction(label, url_of(f"casework:{name}", opened.record.case_id), what)
