"""Permissions and classes of data in words that a data-protection officer reads. A test asks that none is missing."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opensponsor.core.privacy import HANDLING
from opensponsor.core.privacy import DataClass as D
from opensponsor.identity.permissions import Permission

CLASS_NAMES: dict[D, str | Promise] = {
    D.REFERENCE: _("published facts and code lists"),
    D.OPERATIONAL: _("how the work stands"),
    D.ACCOUNT: _("who uses the platform"),
    D.PERSONAL: _("who the people of a case are"),
    D.CONTACT: _("how to reach them"),
    D.CASEWORK_TEXT: _("notes and tasks"),
    D.FINANCE: _("bank details and payments"),
    D.IDENTITY_DOCUMENT: _("identity documents"),
    D.HEALTH: _("registration with health services"),
    D.DBS: _("outcomes of DBS checks"),
    D.SAFEGUARDING: _("safeguarding details"),
    D.SECRET: _("secrets of signing in"),
}

PERMISSION_NAMES: dict[Permission, str | Promise] = {
    Permission.CASE_READ: _("read cases"),
    Permission.CASE_ASSIGN: _("make somebody responsible for a case"),
    Permission.CASE_SHARE: _("share a case with another organisation"),
    Permission.CASE_TRANSFER: _("hand a case to another council"),
    Permission.CASE_CLOSE: _("close a case"),
    Permission.HOUSEHOLD_READ: _("read households"),
    Permission.HOUSEHOLD_WRITE: _("change households"),
    Permission.SPONSOR_READ: _("read sponsors and hosts"),
    Permission.SPONSOR_WRITE: _("change sponsors and hosts"),
    Permission.LICENCE_READ: _("read sponsor licences"),
    Permission.LICENCE_WRITE: _("change sponsor licences"),
    Permission.NOTE_READ: _("read notes"),
    Permission.NOTE_WRITE: _("write notes"),
    Permission.NOTE_STRIKE: _("strike notes that were entered in error"),
    Permission.TASK_WRITE: _("set tasks"),
    Permission.REQUEST_RAISE: _("ask the national team for what the council may not do itself"),
    Permission.REQUEST_DECIDE: _("decide what councils ask for"),
    Permission.HISTORY_READ: _("read the change history"),
    Permission.ACCESS_LOG_READ: _("read who looked at what"),
    Permission.EXPORT: _("export lists"),
    Permission.MEMBER_READ: _("see who works here"),
    Permission.ROLE_GRANT: _("give and end roles of colleagues"),
    Permission.ACCESS_VOUCH: _("vouch for people who ask for access"),
    Permission.ACCOUNT_MANAGE: _("make, suspend and give back accounts"),
    Permission.ORGANISATION_READ: _("see the settings of organisations"),
    Permission.ORGANISATION_MANAGE: _("change the settings of organisations"),
    Permission.CHAMPION_DIRECTORY: _("look up data champions"),
    Permission.ACCOUNT_REPORT: _("report on accounts that are not used"),
    Permission.HEALTH_READ: _("read registration with health services"),
    Permission.FEED_LOAD: _("load files of data feeds"),
}


def handling_of(one: D) -> str:
    """Why the class of data is held and for how long."""
    handling = HANDLING[one]
    words = {"purpose": handling.purpose, "years": handling.retention_years}
    if handling.retention_years is None:
        return gettext("%(purpose)s Kept as long as the platform runs.") % words
    return gettext("%(purpose)s Kept for %(years)s years after the case closes.") % words
