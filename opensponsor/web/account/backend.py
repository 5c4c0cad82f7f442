"""Checking passwords."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest

from opensponsor.core import statements
from opensponsor.core.actor import Scope
from opensponsor.core.statements import Given
from opensponsor.identity.models import User
from opensponsor.identity.services import sign_in
from opensponsor.web.account import provider


class PasswordBackend(AuthenticationBackend):
    """E-mail and password, in installations without an identity provider (ruling C-114)."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """The user whose password this is; one whose account is closed comes as a stashed user, see the library."""
        return None if provider.configured() else super().authenticate(request, **credentials)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        # A password hashed with weaker parameters is hashed anew when it is right, which is a write to the account.
        if isinstance(user, User) and getattr(context.request, "actor", None) is None:
            sign_in.act_as_person(user)
        return super()._check_password(user, password)

    def _mitigate_timing_attack(self, password: str) -> None:
        sign_in.act_as_nobody()
        super()._mitigate_timing_attack(password)

    def user_can_authenticate(self, user: Any) -> bool:
        """Suspended accounts and those of leavers are closed."""
        return isinstance(user, User) and sign_in.may_sign_in(user)

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session whatever the state of the account: the gate ends sessions, and says why in the
        history."""
        return next(iter(statements.run(_user, Scope(), id=user_id)), None)


def _user(scope: Scope) -> QuerySet[User]:
    """A user by their id, whoever asks."""
    return User.objects.filter(pk=Given("id"))
