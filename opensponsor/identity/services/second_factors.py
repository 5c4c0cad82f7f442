"""Second factors as they are stored, seeds sealed, and what happens when somebody has lost them all.

A lost factor is removed a day after an administrator was asked, and the owner of the account is told at once: whoever
talked the administrator into it for somebody else's account is found out, because a factor that is used meanwhile
stays (OWASP ASVS 5.0, 6.4.4).
"""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from opensponsor.audit import services as audit
from opensponsor.core import clock, sealing
from opensponsor.core.actor import Actor
from opensponsor.core.refusals import Refused
from opensponsor.core.rowsecurity import as_system
from opensponsor.identity import permissions, policies
from opensponsor.identity.models import User
from opensponsor.identity.permissions import Permission
from opensponsor.identity.queries.members import get_member
from opensponsor.identity.services.sessions import end_sessions
from opensponsor.identity.states import AccountStatus

COOLING_OFF = dt.timedelta(hours=24)
_PURPOSE = "second factor"
# Recovery codes stand in for these and do not count by themselves.
PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(user: User) -> list[Authenticator]:
    """The user's authenticator app and passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=user, type__in=PRIMARY).order_by("created_at", "pk"))


def seal(seed: str) -> str:
    """A seed as it is stored."""
    return sealing.seal(seed, purpose=_PURPOSE)


def unseal(stored: str) -> str:
    """A stored seed again. Raises Unreadable when the key does not fit."""
    return sealing.unseal(stored, purpose=_PURPOSE)


@transaction.atomic
def announce_reset(*, actor: Actor, organisation_id: int, user_id: int) -> dt.datetime:
    """Put on record that somebody's second factors are to be removed. Returns when, a day from now.

    The caller tells the owner and sees to it that `carry_out_reset` runs then. Raises Refused for oneself and for
    accounts that are not in use, NotVisible.
    """
    permissions.check(actor, Permission.ACCOUNT_MANAGE)
    member = get_member(actor, organisation_id, user_id, today=clock.today())
    policies.check_is_somebody_else(actor, user_id)
    if member.status != AccountStatus.ACTIVE:
        raise Refused(_("This account is not in use."))
    audit.record(
        "second_factor.reset_announced", actor=actor, owner_id=organisation_id, table="identity_user", row=user_id
    )
    return clock.now() + COOLING_OFF


def carry_out_reset(*, user_id: int, due_at: dt.datetime) -> bool:
    """Remove the second factors of the account, its password and its sessions, unless one was used since it was
    announced.

    The owner proves to hold the mailbox by choosing a new password, then sets up a new factor. Factors set up since
    the announcement stay, so that running again does nothing. Returns whether anything was removed.
    """
    announced_at = due_at - COOLING_OFF
    with as_system("second-factor.reset") as actor:
        user = User.objects.select_for_update().get(pk=user_id)
        factors = Authenticator.objects.filter(user=user, created_at__lt=announced_at)
        if factors.filter(last_used_at__gte=announced_at).exists():
            audit.record("second_factor.reset_cancelled", actor=actor, table="identity_user", row=user_id)
            return False
        if user.status != AccountStatus.ACTIVE or not factors.exists():
            return False
        factors.delete()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        end_sessions(user_id)
        audit.record("second_factor.reset", actor=actor, table="identity_user", row=user_id)
        return True
