"""CSV: a row of names, then rows of as many cells, separated by commas."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

from opensponsor.feeds.codes import Reason, Refusal
from opensponsor.feeds.reading import limits
from opensponsor.feeds.reading.lines import Lines
from opensponsor.feeds.reading.rows import Row, broken, too_long
from opensponsor.feeds.rules.refusals import FileRefused

# A field of any length within a record is read, so that it can be refused with its line and its name.
csv.field_size_limit(limits.MAX_RECORD)


def read_table(lines: Lines, key: str) -> Iterator[tuple[Sequence[str], Row | None]]:
    """First the names of the columns with no row, then each row with them. Blank lines are left out."""
    records = _records(lines)
    _, header = next(records, (1, []))
    names = _checked(header, key)
    yield names, None
    for line, cells in records:
        yield names, _row(line, names, cells, lines)


def _records(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """The line that each record begins on, and its cells."""
    reader = csv.reader(lines)
    while True:
        lines.begin_record()
        line = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(Refusal.RECORD_TOO_LONG, line=line) from error
        if lines.is_over:
            # The reader asked for more: a quotation mark is still open.
            raise FileRefused(Refusal.TRUNCATED, line=line)
        if any(cells) or len(cells) > 1:
            yield line, cells


def _checked(header: Sequence[str], key: str) -> list[str]:
    """The names without the spaces around them. Raises FileRefused where they cannot name the columns."""
    names = [name.strip() for name in header]
    if len(names) > limits.MAX_COLUMNS:
        raise FileRefused(Refusal.TOO_MANY_COLUMNS)
    if key not in names:
        is_other = len(names) == 1 and key in names[0].replace("\t", ";").replace('"', "").split(";")
        raise FileRefused(Refusal.OTHER_SEPARATOR if is_other else Refusal.NO_KEY_COLUMN, column=key)
    name, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise FileRefused(Refusal.DUPLICATE_COLUMN, column=name[: limits.MAX_NAME])
    return names


def _row(line: int, names: Sequence[str], cells: Sequence[str], lines: Lines) -> Row:
    if len(cells) != len(names):
        if len(cells) < len(names) and not lines.is_ended:
            raise FileRefused(Refusal.TRUNCATED, line=line)
        return broken(line, Reason.WRONG_COLUMNS, f"{len(cells)} / {len(names)}")
    values = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
    # No field is longer than its row, and hardly a row is as long as a field may be.
    return Row(line, values, too_long(values) if lines.taken > limits.MAX_FIELD else ())
