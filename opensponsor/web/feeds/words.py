"""What a file did or would do, in words."""

from django.utils.translation import gettext as _

from opensponsor.feeds.codes import Notice
from opensponsor.feeds.models import Load
from opensponsor.feeds.rules import notices as noticed
from opensponsor.feeds.rules import refusals
from opensponsor.feeds.states import Feed, LoadStatus
from opensponsor.web.components import cells
from opensponsor.web.components.shapes import SummaryRow

# Looking again by itself makes sense while a job is at work.
AT_WORK = frozenset({LoadStatus.WAITING, LoadStatus.LOADING})


def state(load: Load) -> str:
    """One sentence on how far the file is and what comes next."""
    if load.status == LoadStatus.REFUSED:
        return _refusal(load)
    sentences = {
        LoadStatus.WAITING: _("The file is being read. This takes about a minute for 100,000 rows."),
        LoadStatus.READ: _("This is what the file would do. Nothing has been changed yet."),
        LoadStatus.LOADING: _("The file is being loaded, all of it or nothing."),
        LoadStatus.HELD: _(
            "The file would change or withdraw more than a tenth of the applications that are here. Somebody else has "
            "to look at it and approve it."
        ),
        LoadStatus.LOADED: _("The file is loaded. Councils see the records."),
        LoadStatus.CANCELLED: _("The file was not loaded. Nothing has been changed."),
    }
    return sentences[LoadStatus(load.status)]


def facts(load: Load) -> list[SummaryRow]:
    """What is known of the file."""
    brought_by = load.brought_by.full_name if load.brought_by else _("The platform, from its folder")
    return [
        SummaryRow(_("File"), load.file_name),
        SummaryRow(_("What it holds"), Feed(load.feed).label),
        SummaryRow(_("Size"), size(load.size)),
        SummaryRow(_("Brought by"), brought_by),
        SummaryRow(_("Brought"), cells.moment(load.created_at)),
        *([SummaryRow(_("Approved by"), load.approved_by.full_name)] if load.approved_by else []),
        *([SummaryRow(_("Finished"), cells.moment(load.finished_at))] if load.finished_at else []),
    ]


def figures(load: Load) -> list[SummaryRow]:
    """How many rows come to what; nothing while the file has not been read."""
    labels = {
        "rows": _("Rows in the file"),
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "older": _("Older than what is here"),
        "repeated": _("Repeated in the file"),
        "rejected": _("Not taken"),
        "withdrawn": _("Newly withdrawn"),
        "unassigned": _("Without a council"),
    }
    counts = load.counts
    return [SummaryRow(label, f"{counts[key]:,}") for key, label in labels.items() if key in counts]


def notices(load: Load) -> list[str]:
    """What is reported once for the whole file."""
    return [noticed.notice(**one) for one in load.notices if one["code"] in Notice.values]


def _refusal(load: Load) -> str:
    """Why the file was refused, and where in it, which stands among the notices under the code of the refusal."""
    details = next((one for one in load.notices if one["code"] == load.refusal), {"code": load.refusal})
    return refusals.sentence(**details)


def size(number: int) -> str:
    """A number of bytes as people say it."""
    if number < 1024 * 1024:
        return _("%(number)s KB") % {"number": f"{max(1, round(number / 1024)):,}"}
    return _("%(number)s MB") % {"number": f"{number / 1024 / 1024:,.1f}"}
