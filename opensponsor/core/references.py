"""References that people read aloud: letters and a number that no other record has."""

from django.db import connection


def next_reference(letters: str, sequence: str) -> str:
    """The letters and the next number of the database sequence, with six digits or more, such as WG000123.

    Numbers of changes that were rolled back are not given again, so that there may be gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return f"{letters}{cursor.fetchone()[0]:06d}"
