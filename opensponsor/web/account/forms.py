"""The forms of signing in. Password managers and pasting work everywhere: each field says what it is for."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opensponsor.core import sealing
from opensponsor.identity.models import User
from opensponsor.identity.passwords import LONGEST
from opensponsor.identity.services import sign_in
from opensponsor.web.account import mail, outbox

SEED = "second_factor_seed"
_SEED_PURPOSE = "second factor being set up"


class PasswordField(forms.CharField):
    """A password, exactly as typed. `autocomplete` tells the password manager which one is meant."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput({"autocomplete": autocomplete, "class": "govuk-input--width-20"})
        super().__init__(strip=False, max_length=LONGEST, widget=widget, **kwargs)


class EmailField(forms.EmailField):
    """The address that names the account, in small letters as it is stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Work email address"),
            widget=forms.EmailInput({"autocomplete": "username"}),
            error_messages={"required": _("Enter your work email address")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class CodeField(forms.CharField):
    """A code of the authenticator app, or a recovery code: figures, however they are spaced."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        )
        super().__init__(max_length=20, widget=widget, error_messages={"required": _("Enter the code")}, **kwargs)


class SignIn(LoginForm):
    """E-mail address and password. The library counts the try, checks it and goes on to the second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField()
        self.fields["password"] = PasswordField(
            label=_("Password"),
            autocomplete="current-password",
            error_messages={"required": _("Enter your password")},
        )


class ForgottenPassword(forms.Form):
    """Asks for a link by mail. The answer is the same whether the address has an account or not."""

    email = EmailField()

    def save(self, request: Any) -> None:
        """Ask for the mail; for an unknown address the same work is done and nothing is sent."""
        user = sign_in.find_account(self.cleaned_data["email"])
        outbox.send_later(request, user.pk if user else outbox.NOBODY, mail.RESET)


class NewPassword(forms.Form):
    """A new password, asked for once: it can be shown. Used by the link of a reset and of an invitation."""

    password1 = PasswordField(
        label=_("New password"),
        autocomplete="new-password",
        help_text=_("At least 15 characters. Three or four uncommon words are good. You may paste it."),
        error_messages={"required": _("Enter a new password")},
    )

    def __init__(self, *args: Any, user: User | None = None, temp_key: str = "", **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        password_validation.validate_password(password, self.user)
        return password

    def save(self) -> None:
        """Keep it."""
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class ChangePassword(NewPassword):
    """The present password and a new one."""

    oldpassword = PasswordField(
        label=_("Present password"),
        autocomplete="current-password",
        error_messages={"required": _("Enter your present password")},
    )
    field_order = ("oldpassword", "password1")

    def clean_oldpassword(self) -> str:
        password = str(self.cleaned_data["oldpassword"])
        if self.user is None or not self.user.check_password(password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ProveByPassword(forms.Form):
    """The password again, before something sensitive."""

    password = PasswordField(
        label=_("Password"), autocomplete="current-password", error_messages={"required": _("Enter your password")}
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


def _readable(check: Callable[[], Any]) -> Any:
    """The result of the check; an answer that no passkey gives is refused like a wrong one."""
    try:
        return check()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_mfa_adapter().validation_error("incorrect_code") from error


class _WritesFailures:
    """Every code or passkey that is refused is on record, on the connection that is not rolled back."""

    user: User

    def _recorded(self, check: Callable[[], Any]) -> Any:
        try:
            return _readable(check)
        except ValidationError as refusal:
            code = "second_factor.locked" if refusal.code != "incorrect_code" else "second_factor.failed"
            request_id = context.request.request_id
            sign_in.record_refusal(code, user=self.user, request_id=request_id)
            raise


class EnterCode(_WritesFailures, AuthenticateForm):
    """The second factor while signing in: a code of the app, or a recovery code."""

    code = CodeField(label=_("Code"))

    def clean_code(self) -> str:
        return str(self._recorded(super().clean_code))


class ProveByCode(_WritesFailures, ReauthenticateForm):
    """A code again, before something sensitive."""

    code = CodeField(label=_("Code"))

    def clean_code(self) -> str:
        return str(self._recorded(super().clean_code))


class UsePasskey(_WritesFailures, AuthenticateWebAuthnForm):
    """The answer of a passkey while signing in."""

    def clean_credential(self) -> Any:
        return self._recorded(super().clean_credential)


class ProveByPasskey(_WritesFailures, ReauthenticateWebAuthnForm):
    """The answer of a passkey before something sensitive."""

    def clean_credential(self) -> Any:
        return self._recorded(super().clean_credential)


class SetUpApp(ActivateTOTPForm):
    """The first code of a new authenticator app. Until it is right, the seed waits in the session, sealed."""

    code = CodeField(label=_("Code from the app"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super(ActivateTOTPForm, self).__init__(*args, **kwargs)
        session = context.request.session
        if not self.is_bound or SEED not in session:
            session[SEED] = sealing.seal(generate_totp_secret(), purpose=_SEED_PURPOSE)
        self.secret = sealing.unseal(session[SEED], purpose=_SEED_PURPOSE)


class AddPasskey(AddWebAuthnForm):
    """A new passkey with a name by which its owner tells it from others."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("For example the name of this computer or of the security key."),
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )

    def clean(self) -> dict[str, Any]:
        return dict(_readable(super().clean))


class ConfirmLoss(forms.Form):
    """What must be known before somebody's second factors are removed."""

    is_checked = forms.BooleanField(
        label=_("The data champion has met this person, or seen them by video, and knows who they are"),
        error_messages={"required": _("Ask the data champion to meet this person first")},
    )


class ChooseLanguage(forms.Form):
    """The language of pages and mail."""

    language = forms.ChoiceField(label=_("Language of pages and mail"), choices=settings.LANGUAGES)


class SwitchOrganisation(forms.Form):
    """Which of the organisations to act for. The caller gives the choices."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]


class AcceptStatement(forms.Form):
    """The affirmation itself; without the tick nobody goes on (ORG-007)."""

    accepted = forms.BooleanField(
        label=_("I have a valid business reason to enter and will use the records for the agreed purposes only"),
        error_messages={"required": _("Tick the box to enter")},
    )
