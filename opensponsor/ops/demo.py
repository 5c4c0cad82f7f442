"""The demonstration: invented people and organisations, and how to sign in as one of them."""


def load() -> None:
    """Nothing yet."""
