"""Work addresses: one spelling, and whether an address belongs to an organisation."""

from collections.abc import Iterable


def normalised(address: str) -> str:
    """The one spelling under which an address is kept."""
    return address.strip().lower()


def domain_of(address: str) -> str:
    """What stands behind the last @."""
    return normalised(address).rpartition("@")[2]


def belongs(address: str, domains: Iterable[str]) -> bool:
    """Whether the address is of one of the domains; where an organisation names none, every address is.

    The whole domain must agree: neither `council.example.org` nor `not-a-council.example` is `council.example`.
    """
    known = {domain.strip().lower().lstrip("@") for domain in domains}
    return not known or domain_of(address) in known
