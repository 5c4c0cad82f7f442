"""Roles are whole: a sentence, permissions, somebody who may hold them; nothing is permitted to nobody by mistake."""

import pytest
from django.conf import settings

from opensponsor.core.privacy import DataClass
from opensponsor.identity.field_policy import classes_of
from opensponsor.identity.models import User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.roles import CHAMPION_MAY_GRANT, DEFINITIONS, Role, permissions_of, roles_for
from opensponsor.identity.states import OrganisationKind

NO_MEMBERS = {OrganisationKind.PSEUDO_AUTHORITY, OrganisationKind.UNASSIGNED}
CASE_PERMISSIONS = {
    one for one in Permission if one.startswith(("CASE_", "HOUSEHOLD_", "SPONSOR_", "LICENCE_", "NOTE_"))
}


@pytest.mark.rule("ORG-030")
@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_sentence_permissions_and_holders(role):
    definition = DEFINITIONS[role]
    assert str(definition.sentence).endswith(".")
    assert len(str(definition.sentence).split()) >= 5
    assert definition.permissions
    assert definition.kinds
    assert definition.kinds.isdisjoint(NO_MEMBERS)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_given_to_some_role(permission):
    assert any(permission in definition.permissions for definition in DEFINITIONS.values())


@pytest.mark.parametrize("kind", sorted(set(OrganisationKind) - NO_MEMBERS))
def test_every_kind_of_organisation_with_members_has_roles_for_them(kind):
    assert roles_for(kind)


def test_no_role_that_makes_accounts_sees_a_case():
    """Whoever creates accounts could let themselves in; so what they could let in to is somebody else's."""
    for role, definition in DEFINITIONS.items():
        if Permission.ACCOUNT_MANAGE in definition.permissions:
            assert definition.permissions & CASE_PERMISSIONS == set(), role


def test_a_champion_gives_no_role_that_gives_roles():
    strong = {Permission.ROLE_GRANT, Permission.ACCOUNT_MANAGE, Permission.ORGANISATION_MANAGE}
    granted = {one for role in CHAMPION_MAY_GRANT for one in DEFINITIONS[role].permissions}
    assert granted.isdisjoint(strong | {Permission.REQUEST_DECIDE})
    assert not {Role.DATA_CHAMPION, Role.SAFEGUARDING_LEAD, Role.PLATFORM_ADMINISTRATOR} & CHAMPION_MAY_GRANT


# What a champion has in each kind of body is what its officers have, and the care of its people.
CHAMPION_NEVER = {
    OrganisationKind.HEALTH_BOARD: {
        "NOTE_READ",
        "NOTE_WRITE",
        "SPONSOR_READ",
        "HOUSEHOLD_WRITE",
        "CASE_TRANSFER",
        "EXPORT",
    },
    OrganisationKind.CONTACT_CENTRE: {"CASE_TRANSFER", "CASE_CLOSE", "CASE_SHARE", "SPONSOR_WRITE", "EXPORT"},
    OrganisationKind.DEVOLVED_GOVERNMENT: {"HOUSEHOLD_WRITE", "NOTE_WRITE", "CASE_TRANSFER", "CASE_CLOSE"},
    OrganisationKind.SERVICE_DESK: {"CASE_READ", "HOUSEHOLD_READ", "NOTE_READ"},
}


@pytest.mark.rule("ORG-010", "ORG-014")
@pytest.mark.parametrize("kind", CHAMPION_NEVER)
def test_a_champion_works_with_records_only_as_the_officers_of_the_body_do(kind):
    held = permissions_of([Role.DATA_CHAMPION], kind)
    assert held & CHAMPION_NEVER[kind] == set()
    assert {Permission.ROLE_GRANT, Permission.ACCESS_VOUCH, Permission.HISTORY_READ} <= held


def test_a_champion_of_a_council_works_with_records_as_a_caseworker_does():
    champion = permissions_of([Role.DATA_CHAMPION], OrganisationKind.AUTHORITY)
    assert permissions_of([Role.CASEWORKER], OrganisationKind.AUTHORITY) <= champion


def test_a_champion_of_a_health_board_sees_the_classes_of_its_officers():
    seen = classes_of([Role.DATA_CHAMPION], OrganisationKind.HEALTH_BOARD)
    assert seen <= classes_of([Role.HEALTH_OFFICER], OrganisationKind.HEALTH_BOARD)
    assert DataClass.CASEWORK_TEXT not in seen
    assert DataClass.IDENTITY_DOCUMENT not in seen


def test_the_permissions_of_the_framework_are_not_used():
    """One vocabulary of permissions: users have no groups, no superusers and no administration site."""
    names = {field.name for field in User._meta.get_fields()}
    assert names.isdisjoint({"groups", "user_permissions", "is_superuser", "is_staff"})
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
