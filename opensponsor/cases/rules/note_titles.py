"""The title a note starts with."""

MOST_CHARACTERS = 120


def initials_of(name: str) -> str:
    """The first letters of the words of a name, in capitals: "Siân Lloyd-Jones" gives "SL"."""
    return "".join(word[0] for word in name.split()).upper()


def prefilled_title(organisation_name: str, user_name: str) -> str:
    """The organisation and the initials of the author, as in "Conwy CC – SL" (NOTE-003). The author may change it."""
    return f"{organisation_name} – {initials_of(user_name)}"[:MOST_CHARACTERS]
