"""Looking for names: which rows words find, and which of them come first.

People type a name as they heard or read it. A word finds names that have it, that begin with it, and that sound like it
in another romanisation. Only where no row has all the words in such a way does a word also find what begins to sound
like it and what is one typing error off: where somebody is found as typed, those are other people.

The conditions are put together as text: as query sets they would take longer to make than PostgreSQL takes to answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, F, Field, Func, Q, QuerySet, TextField
from django.db.models.expressions import Combinable

from opensponsor.core.given_names import all_forms
from opensponsor.core.names import left_by_one_error, one_error_off, search_form, sounds
from opensponsor.saved_views.definitions import NameSearch

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of a statement with its values; {name}, {sound} and {reference} stand for the columns."""

    text: str
    values: tuple[str, ...] = ()


def _joined(between: str, pieces: Iterable[_Text]) -> _Text:
    found = list(pieces)
    return _Text(between.join(f"({one.text})" for one in found), tuple(value for one in found for value in one.values))


def found(rows: QuerySet[Any], words: str, search: NameSearch) -> QuerySet[Any]:
    """The rows in which every word is found. Of many words the first eight count."""
    looked_for = _words(words)
    if not looked_for:
        return rows
    as_typed = _all_found(looked_for, search, _as_typed)
    nearly = _all_found(looked_for, search, _nearly)
    return rows.filter(Q(as_typed) | (~Exists(rows.filter(as_typed)) & Q(nearly)))


def best_match(words: str, search: NameSearch) -> Combinable:
    """What sorts rows by how well they fit, then by name.

    Each word counts 4 where the name has it, 3 where a word of the name begins with it, 2 where one is a typing error
    off, 1 where one sounds the same. What is left of 999 has three figures always, and sorts as a text does.
    """
    looked_for = _words(words)
    points = _joined(" + ", map(_points_of_word, looked_for)) if looked_for else _Text("0")
    text = f"(999 - ({points.text}))::text || ' ' || coalesce({{name}}, '')"
    return _Columns(search, looked_for, _Text(text, points.values), TextField())


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it was typed: the parts that it has as a name ("Koval-Bondar" has two), or what it is as a reference.

    A reference has a figure in it, and stands with strokes or without, as letters quote numbers.
    """

    parts: tuple[str, ...]
    references: tuple[str, ...]


def _words(words: str) -> tuple[_Word, ...]:
    typed = words.replace("\x00", "").split()[:MOST_WORDS]
    return tuple(_Word(tuple(search_form(one).split()), _references(one)) for one in typed)


def _references(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((typed, typed.replace("-", "")))) if any(map(str.isdigit, typed)) else ()


class _Columns(Func):
    """A piece of a statement about the columns in which names are looked for."""

    def __init__(
        self, search: NameSearch, words: Iterable[_Word], piece: _Text, output_field: "Field[Any, Any]"
    ) -> None:
        # The table of the reference is joined only where a word may be one.
        paths = [search.name, search.sound, *([search.reference] if any(word.references for word in words) else [])]
        super().__init__(*map(F, paths), output_field=output_field)
        self.piece = piece

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_options: Any) -> tuple[str, tuple[str, ...]]:
        """The piece, with the columns in it."""
        columns = [compiler.compile(one)[0] for one in self.get_source_expressions()]
        return f"({self.piece.text.format(**dict(zip(_NAMES, columns, strict=False)))})", self.piece.values


_NAMES = ("name", "sound", "reference")


def _all_found(words: Iterable[_Word], search: NameSearch, find: Callable[[str], _Text]) -> _Columns:
    return _Columns(search, words, _joined(" AND ", (_found(word, find) for word in words)), BooleanField())


def _found(word: _Word, find: Callable[[str], _Text]) -> _Text:
    in_name = [_joined(" AND ", map(find, word.parts))] if word.parts else []
    refers = [_Text("starts_with(upper({reference}), upper(%s))", (one,)) for one in word.references]
    return _joined(" OR ", [*in_name, *refers]) if in_name or refers else _Text("false")


def _as_typed(part: str) -> _Text:
    # Three letters are the beginning of a name, and sound like too many; so does whatever sounds like a single one.
    alike = [_has_sound(one) for one in sounds(part) if len(part) > 3 and _is_telling(one)]
    return _joined(" OR ", [_begins(part), *alike, *_other_forms(part)])


def _nearly(part: str) -> _Text:
    alike = [_has_sound(one.rstrip() if _is_telling(one) else one) for one in sounds(part)]
    return _joined(" OR ", [_begins(part), *alike, *_other_forms(part), *_one_error_off(part)])


def _is_telling(sound: str) -> bool:
    return len(sound.strip()) > 1


def _has_sound(sound: str) -> _Text:
    return _Text("{sound} LIKE %s", (f"%{sound}%",))


def _begins(part: str) -> _Text:
    return _Text("{name} LIKE %s OR {name} LIKE %s", (f"{part}%", f"% {part}%"))


def _other_forms(part: str) -> list[_Text]:
    forms = all_forms(part)
    return [_Text("{name} ~ %s", (_whole(f"(?:{forms})"),))] if forms else []


def _one_error_off(part: str) -> list[_Text]:
    pattern = one_error_off(part)
    if not pattern:
        return []
    left = tuple(f"%{letters}%" for letters in left_by_one_error(part))
    text = "({name} LIKE %s OR {name} LIKE %s OR {name} LIKE %s) AND {name} ~ %s"
    return [_Text(text, (*left, _whole(pattern)))]


def _whole(pattern: str) -> str:
    return f"(^| ){pattern}( |$)"


def _points_of_word(word: _Word) -> _Text:
    in_name = _joined(" + ", map(_points_of_part, word.parts)) if word.parts else _Text("0")
    if not word.references:
        return in_name
    whole = _joined(" OR ", [_Text("upper({reference}) = upper(%s)", (one,)) for one in word.references])
    begins = _joined(" OR ", [_Text("starts_with(upper({reference}), upper(%s))", (one,)) for one in word.references])
    return _Text(
        f"CASE WHEN {whole.text} THEN 4 WHEN {begins.text} THEN 3 ELSE {in_name.text} END",
        (*whole.values, *begins.values, *in_name.values),
    )


def _points_of_part(part: str) -> _Text:
    # No letter of a word in its form for searching means anything else in a regular expression.
    steps = [(4, _Text("{name} ~ %s", (_whole(part),))), (3, _begins(part))]
    steps += [(2, one) for one in _one_error_off(part)]
    steps += [(1, one) for one in (*map(_has_sound, sounds(part)), *_other_forms(part))]
    cases = " ".join(f"WHEN {one.text} THEN {points}" for points, one in steps)
    return _Text(f"CASE {cases} ELSE 0 END", tuple(value for _points, one in steps for value in one.values))
