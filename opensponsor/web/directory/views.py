"""The directory of data champions (ORG-037), and what each role may do and see (ORG-030)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock
from opensponsor.core.privacy import DataClass
from opensponsor.identity.field_policy import classes_of
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries import champions as queries
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, DEFINITIONS, Role
from opensponsor.identity.states import OrganisationKind
from opensponsor.web.access import ActorRequest, requires, signed_in
from opensponsor.web.components.markup import element
from opensponsor.web.components.shapes import AnswerGroup, Column, SummaryRow, Table, TableRow
from opensponsor.web.directory.forms import ChampionSearch
from opensponsor.web.directory.words import CLASS_NAMES, PERMISSION_NAMES, handling_of


@requires(Permission.CHAMPION_DIRECTORY)
def champions(request: ActorRequest) -> HttpResponse:
    """Whom to write to in another organisation."""
    form = ChampionSearch(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.champions(today=clock.today(), text=text)
    audit.record_access("champions.listed", actor=request.actor, count=len(found), text=text)
    is_welsh = get_language() == "cy"
    rows = [
        TableRow(
            (
                (is_welsh and one.name_cy) or one.name_en,
                one.full_name,
                element("a", one.email, href=f"mailto:{one.email}", class_="govuk-link"),
            )
        )
        for one in found
    ]
    columns = (Column(_("Organisation")), Column(_("Name")), Column(_("Email")))
    table = Table(_("Data champions"), columns, rows, _("No data champion fits."))
    return render(request, "directory/champions.html", {"title": _("Data champions"), "form": form, "table": table})


@signed_in
def roles(request: ActorRequest) -> HttpResponse:
    """Every role with a sentence, what it may do, and which kinds of data it sees.

    For who answers for data protection.
    """
    groups = [AnswerGroup(role.label, tuple(_role_rows(role))) for role in Role]
    classes = [SummaryRow(CLASS_NAMES[one], handling_of(one)) for one in DataClass if one is not DataClass.SECRET]
    context = {"title": _("Roles and what they see"), "groups": groups, "classes": classes}
    return render(request, "directory/roles.html", context)


def _role_rows(role: Role) -> list[SummaryRow]:
    definition = DEFINITIONS[role]
    kinds = [kind for kind in OrganisationKind if kind in definition.kinds]
    # At the first kind of body that has the role: that is where it sees most.
    seen = classes_of([role], kinds[0])
    giver = _("A data champion or an administrator") if role in CHAMPION_MAY_GRANT else _("An administrator only")
    rows = [
        SummaryRow(_("In a sentence"), definition.sentence),
        SummaryRow(_("For members of"), ", ".join(str(kind.label) for kind in kinds)),
        SummaryRow(_("Given by"), giver),
        SummaryRow(
            _("May"), ", ".join(str(PERMISSION_NAMES[one]) for one in Permission if one in definition.permissions)
        ),
        SummaryRow(_("Sees"), ", ".join(str(CLASS_NAMES[one]) for one in DataClass if one in seen)),
        SummaryRow(
            _("Does not see"), ", ".join(str(CLASS_NAMES[one]) for one in _hidden_from(seen)) or _("Nothing is hidden")
        ),
    ]
    return rows + _more_about(role)


def _more_about(role: Role) -> list[SummaryRow]:
    """What cannot be said of the role alike in every body."""
    if role is not Role.DATA_CHAMPION:
        return []
    words = _("Outside councils a data champion sees and changes no more of the records than the officers of the body.")
    return [SummaryRow(_("In other bodies"), words)]


def _hidden_from(seen: frozenset[DataClass]) -> list[DataClass]:
    return [one for one in DataClass if one not in seen and one is not DataClass.SECRET]
