"""How old somebody is on a day."""

import datetime as dt

ADULT = 18


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March where a year has no such day."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def last_adult_birthday(day: dt.date) -> dt.date:
    """The birth date of the youngest adult of the day: whoever was born later is under 18."""
    year = day.year - ADULT
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)
