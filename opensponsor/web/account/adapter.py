"""Our answers to the questions of the sign-in library about accounts: who may come in, what is counted, what is
written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from opensponsor.core import clock
from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.web.account import limits, outbox, provider, session
from opensponsor.web.account.limits import Attempt
from opensponsor.web.middleware.language import SESSION_KEY as LANGUAGE

_RECENT_SECONDS = 5 * 60


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; every way in is counted and on record."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "too_many_login_attempts": _("There were too many wrong tries. Wait 15 minutes, then try again."),
        "rate_limited": _("There were too many wrong tries. Wait 15 minutes, then try again."),
        "enter_current_password": _("Enter your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own (ORG-015)."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only pages of this very address are returned to."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_stages(self) -> list[str]:
        """Between the first factor and the session stands only the second."""
        return ["opensponsor.web.account.second_factor.SecondFactorStage"]

    # Trying a password.

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at."""
        attempt = Attempt(_address(credentials), limits.network_of(request))
        request.attempt = attempt  # type: ignore[attr-defined]
        if attempt.begin():
            return
        if attempt.newly_full:
            self._refused(request, "sign_in.locked", credentials, counter=attempt.newly_full)
        raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The library's own word for: the password was right."""
        context.request.attempt.succeeded()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong address or password: the page does not say which."""
        self._refused(request, "sign_in.failed", credentials)

    def _refused(self, request: HttpRequest, code: str, credentials: dict[str, Any], **detail: Any) -> None:
        sign_in.record_refusal(
            code,
            user=sign_in.find_account(_address(credentials)),
            request_id=request.request_id,  # type: ignore[attr-defined]
            network=limits.network_of(request),
            **detail,
        )

    # Coming in and leaving.

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """The first factor was right; a closed account goes no further."""
        return None if sign_in.may_sign_in(user) else self._closed(request, user)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session, with a new key. The account may have been closed while the second factor was asked
        for."""
        if not sign_in.may_sign_in(user):
            raise ImmediateHttpResponse(self._closed(request, user))
        methods = [record["method"] for record in get_authentication_records(request, user)]
        sign_in.act_as_person(user)
        super().login(request, user)
        session.begin(request.session)
        if LANGUAGE not in request.session:
            request.session[LANGUAGE] = user.language
        if "mfa" in methods or _is_vouched_for(request):
            complete(request, user)
        else:
            sign_in.record("sign_in.begun", actor=sign_in.who(user, clock.today()), first=methods)

    def _closed(self, request: HttpRequest, user: User) -> HttpResponse:
        clear_login(request)
        sign_in.record_refusal(
            "sign_in.closed",
            user=user,
            request_id=request.request_id,  # type: ignore[attr-defined]
            status=user.status,
        )
        return self.respond_user_inactive(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Leave, on record."""
        if isinstance(request.user, User):
            sign_in.record("sign_out.completed", actor=_actor(request, request.user))
        super().logout(request)

    # Sensitive acts.

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Proof is asked for again, except shortly after both factors were given and while the first second factor is
        set up."""
        request = context.request
        if not session.is_proven(request.session):
            return False
        return clock.now().timestamp() - request.session[session.FACTOR_AT] >= _RECENT_SECONDS

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to give proof again; never by a password that an identity provider has replaced."""
        ways = super().get_reauthentication_methods(user)
        return [way for way in ways if way["id"] != "reauthenticate"] if provider.configured() else ways

    def set_password(self, user: Any, password: str) -> None:
        """Keep a new password. Every session of the account ends by it, because its sessions depend on the
        password."""
        if getattr(self.request, "actor", None) is None:
            sign_in.act_as_person(user)
        user.set_password(password)
        user.save(update_fields=["password"])

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of the account what was changed about signing in, in case it was not them."""
        outbox.send_later(self.request, user.pk, template_prefix.rpartition("/")[2])


def complete(request: HttpRequest, user: User) -> None:
    """Both factors were given: the session counts from now on."""
    session.prove(request.session)
    limits.remember(user.email, limits.network_of(request))
    sign_in.record("sign_in.completed", actor=sign_in.who(user, clock.today()), network=limits.network_of(request))


def _actor(request: HttpRequest, user: User) -> Any:
    return getattr(request, "actor", None) or sign_in.who(user, clock.today())


def _address(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()


def _is_vouched_for(request: HttpRequest) -> bool:
    """Whether the identity provider says that it asked for a second factor, and the operator trusts it to."""
    return getattr(request, "provider_asked_twice", False)
