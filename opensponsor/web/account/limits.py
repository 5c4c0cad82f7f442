"""How often somebody may try to sign in: slow for attackers, never in the way of people at their usual place.

Passwords are guessed against one account, sprayed over many, or both from many addresses. Each way has its counter. A
network from which an account was signed in to before is counted by itself only, so that no attack from elsewhere
locks its owner out.
"""

import ipaddress
from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from opensponsor.core.limits import Limit

WINDOW = 15 * 60
# One network at one account; any number of networks at one account; one network at any accounts; everybody together.
PAIR = Limit("sign-in.pair", 5, WINDOW)
ACCOUNT = Limit("sign-in.account", 20, WINDOW)
NETWORK = Limit("sign-in.network", 50, WINDOW)
EVERYWHERE = Limit("sign-in.everywhere", settings.MOST_FAILED_SIGN_INS, WINDOW)
_KNOWN_FOR = 90 * 24 * 60 * 60


def network_of(request: HttpRequest) -> str:
    """The address of the client; of IPv6 the /64, within which anybody has as many addresses as they like."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    # A server that listens on both kinds of address names an IPv4 client like this.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


@dataclass(slots=True)
class Attempt:
    """One try at one account from one network. `begin`, then `succeeded` if the password was right."""

    email: str
    network: str
    _taken: list[tuple[Limit, tuple[str, ...]]] = field(default_factory=list)
    # The counter that refused, if it refused for the first time in its window: reason for one line in the history.
    newly_full: str = ""

    def begin(self) -> bool:
        """Count the try; whether it may be looked at."""
        counters: list[tuple[Limit, tuple[str, ...]]] = [(PAIR, (self.email, self.network))]
        if not is_known(self.email, self.network):
            counters += [(ACCOUNT, (self.email,)), (NETWORK, (self.network,)), (EVERYWHERE, ())]
        return all(self._take(limit, subject) for limit, subject in counters)

    def _take(self, limit: Limit, subject: tuple[str, ...]) -> bool:
        number = limit.take(*subject)
        self._taken.append((limit, subject))
        if number == limit.allowed + 1:
            self.newly_full = limit.name
        return number <= limit.allowed

    def succeeded(self) -> None:
        """Uncount the try. Earlier failures stay counted, or an attacker would reset them with an account of their
        own."""
        for limit, subject in self._taken:
            limit.give_back(*subject)


def remember(email: str, network: str) -> None:
    """Both factors were given from this network: the owner of the account works there."""
    cache.set(_known_key(email, network), 1, timeout=_KNOWN_FOR)


def is_known(email: str, network: str) -> bool:
    """Whether the account was signed in to from this network within the last 90 days."""
    return cache.get(_known_key(email, network)) is not None


def _known_key(email: str, network: str) -> str:
    return "sign-in.known:" + salted_hmac("web.account.limits", f"{email} {network}", algorithm="sha256").hexdigest()
