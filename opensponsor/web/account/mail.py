"""Mail about signing in. A job writes and sends it, so that no answer takes longer for an address that has an
account."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in

RESET = "password_reset_key"
RESET_ANNOUNCED = "factors_reset_announced"
FACTORS_REMOVED = "factors_removed"

# What the owner of an account is told, in one sentence.
NOTICES: dict[str, str | Promise] = {
    "password_changed": gettext_lazy("Your password was changed."),
    "password_reset": gettext_lazy("A new password was chosen by the link that we sent to you."),
    "totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account."),
    RESET_ANNOUNCED: gettext_lazy(
        "An administrator was told that you have lost your second factors and will remove them in 24 hours. "
        "If you still have one, sign in with it before: then nothing is removed."
    ),
    FACTORS_REMOVED: gettext_lazy(
        "Your second factors were removed, because they were lost, and your sessions have ended. If you sign in with "
        "a password, choose a new one by “I have forgotten my password”. Then set up a new second factor."
    ),
    "account_connected": gettext_lazy("Your organisation's account was linked to your account here."),
}


def send(user_id: int, kind: str, origin: str) -> bool:
    """Write the mail in the user's language and send it. Nothing for nobody and for closed accounts; returns whether
    it was sent."""
    user = User.objects.filter(pk=user_id).first()
    if user is None or not sign_in.may_sign_in(user):
        return False
    with translation.override(user.language):
        subject, text = _reset(user, origin) if kind == RESET else _notice(kind)
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    if kind == RESET:
        sign_in.record_change("password.reset_sent", actor=sign_in.person(user))
    return True


def _reset(user: User, origin: str) -> tuple[str, str]:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = origin + reverse("account_reset_password_from_key", kwargs=key)
    words = {"service": settings.SERVICE_NAME, "link": link}
    return _("Choose a new password for %(service)s") % words, _(
        "Somebody asked for a new password for your account at %(service)s. "
        "If it was you, open this link within an hour:\n\n"
        "%(link)s\n\n"
        "You will need your second factor to sign in afterwards. "
        "If it was not you, do nothing: your password stays as it is."
    ) % words


def _notice(kind: str) -> tuple[str, str]:
    words = {"service": settings.SERVICE_NAME, "sentence": str(NOTICES[kind])}
    return _("Your account at %(service)s") % words, _(
        "%(sentence)s\n\nIf this was not you, tell the data champion of your organisation at once."
    ) % words
