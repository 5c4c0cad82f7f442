"""Our answers to the questions of the sign-in library about second factors."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from opensponsor.identity.services import second_factors


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds are sealed, and the last second factor stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("The code is wrong or was used already. Wait for the next one, then try again."),
        "cannot_delete_authenticator": gettext_lazy(
            "This is your only second factor. Add another one before you remove it."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed before it is stored."""
        return second_factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored seed."""
        return second_factors.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second factor remains (ORG-024)."""
        return any(factor.pk != authenticator.pk for factor in second_factors.factors_of(authenticator.user))

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls us."""
        return str(settings.SERVICE_NAME)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name for a passkey whose owner gave it none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom passkeys belong to: this host, by the name of the service."""
        return {"id": context.request.get_host().partition(":")[0], "name": settings.SERVICE_NAME}


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor after any first one, unless an identity provider that is trusted with it has
    asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not getattr(request, "provider_asked_twice", False) and bool(super()._should_handle(request))
