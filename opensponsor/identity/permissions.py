"""What may be permitted, and the check that raises."""

from enum import StrEnum

from opensponsor.core.actor import Actor
from opensponsor.core.refusals import NotVisible


class Permission(StrEnum):
    """One thing an actor may do. Which rows it may be done to is the actor's scope."""

    CASE_READ = "CASE_READ"
    CASE_ASSIGN = "CASE_ASSIGN"
    CASE_SHARE = "CASE_SHARE"
    CASE_TRANSFER = "CASE_TRANSFER"
    CASE_CLOSE = "CASE_CLOSE"
    HOUSEHOLD_READ = "HOUSEHOLD_READ"
    HOUSEHOLD_WRITE = "HOUSEHOLD_WRITE"
    SPONSOR_READ = "SPONSOR_READ"
    SPONSOR_WRITE = "SPONSOR_WRITE"
    LICENCE_READ = "LICENCE_READ"
    LICENCE_WRITE = "LICENCE_WRITE"
    NOTE_READ = "NOTE_READ"
    NOTE_WRITE = "NOTE_WRITE"
    NOTE_STRIKE = "NOTE_STRIKE"
    TASK_WRITE = "TASK_WRITE"
    REQUEST_RAISE = "REQUEST_RAISE"
    REQUEST_DECIDE = "REQUEST_DECIDE"
    HISTORY_READ = "HISTORY_READ"
    ACCESS_LOG_READ = "ACCESS_LOG_READ"
    EXPORT = "EXPORT"
    MEMBER_READ = "MEMBER_READ"
    ROLE_GRANT = "ROLE_GRANT"
    ACCESS_VOUCH = "ACCESS_VOUCH"
    ACCOUNT_MANAGE = "ACCOUNT_MANAGE"
    ORGANISATION_READ = "ORGANISATION_READ"
    ORGANISATION_MANAGE = "ORGANISATION_MANAGE"
    CHAMPION_DIRECTORY = "CHAMPION_DIRECTORY"
    ACCOUNT_REPORT = "ACCOUNT_REPORT"
    HEALTH_READ = "HEALTH_READ"
    FEED_LOAD = "FEED_LOAD"


def check(actor: Actor, permission: Permission) -> None:
    """Raise NotVisible unless the actor holds the permission: forbidden looks the same as absent."""
    if not actor.may(permission):
        raise NotVisible


def may_manage_people_of(actor: Actor, organisation_id: int) -> bool:
    """An administrator manages accounts everywhere, a data champion those of the own organisation."""
    is_champion_there = actor.may(Permission.ROLE_GRANT) and actor.organisation_id == organisation_id
    return is_champion_there or actor.may(Permission.ACCOUNT_MANAGE)


def may_handle_requests_of(actor: Actor, organisation_id: int) -> bool:
    """An administrator handles requests to join everywhere, a data champion those to the own organisation (ORG-016)."""
    return actor.may(Permission.ACCOUNT_MANAGE) or actor.organisation_id == organisation_id


def check_manages_people_of(actor: Actor, organisation_id: int) -> None:
    """Raise NotVisible unless the actor manages the accounts of the organisation's people."""
    if not may_manage_people_of(actor, organisation_id):
        raise NotVisible
