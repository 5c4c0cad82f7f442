"""Bytes to lines of text: UTF-8 with or without its mark, and line ends of any kind, even mixed."""

import codecs
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from opensponsor.feeds.codes import Refusal
from opensponsor.feeds.reading import limits
from opensponsor.feeds.rules.refusals import FileRefused

# What other kinds of files begin with.
_BEGINNINGS = {
    b"PK\x03\x04": Refusal.SPREADSHEET,
    b"PK\x05\x06": Refusal.SPREADSHEET,
    b"PK\x07\x08": Refusal.SPREADSHEET,
    b"\xd0\xcf\x11\xe0": Refusal.SPREADSHEET,
    b"%PDF": Refusal.PDF,
    b"\x1f\x8b": Refusal.ARCHIVE,
    b"BZh": Refusal.ARCHIVE,
    b"\xfd7zXZ": Refusal.ARCHIVE,
    b"7z\xbc\xaf": Refusal.ARCHIVE,
    b"Rar!": Refusal.ARCHIVE,
    b"\x28\xb5\x2f\xfd": Refusal.ARCHIVE,
    b"\xff\xfe": Refusal.UTF16,
    b"\xfe\xff": Refusal.UTF16,
}
_LONGEST_BEGINNING = max(map(len, _BEGINNINGS))


class Lines(Iterator[str]):
    """The lines of a file with their ends, decoded while they come; a line end inside quotation marks ends one too.

    `number` is that of the last line handed out, `taken` the characters of the record so far. `is_over` says that
    another was asked for and there was none, and `is_ended` whether the last one had a line end. Raises FileRefused for
    what is not text and for what is too much.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.number = 0
        self.is_over = False
        self.is_ended = True
        self.taken = 0
        self._lines: Iterator[str] = _split(_decode(_checked(chunks)))

    def begin_record(self) -> None:
        """From here on count the characters of a new record."""
        self.taken = 0

    def put_back(self, line: str) -> None:
        """Hand the last line out again."""
        self._lines = chain([line], self._lines)
        self.number -= 1
        self.taken = 0

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.is_over = True
            raise
        self.number += 1
        if self.number > limits.MAX_LINES:
            raise FileRefused(Refusal.TOO_MANY_ROWS)
        self.taken += len(line)
        if self.taken > limits.MAX_RECORD:
            raise FileRefused(Refusal.RECORD_TOO_LONG, line=self.number)
        self.is_ended = line.endswith(("\n", "\r"))
        return line


def _checked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, once their beginning and their number are known to be acceptable."""
    beginning, size = b"", 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.MAX_BYTES:
            raise FileRefused(Refusal.TOO_MANY_BYTES)
        if len(beginning) < _LONGEST_BEGINNING:
            beginning += chunk
            if len(beginning) < _LONGEST_BEGINNING:
                continue
            _check_beginning(beginning)
            yield beginning
        else:
            yield chunk
    if len(beginning) < _LONGEST_BEGINNING:
        _check_beginning(beginning)
        yield beginning


def _check_beginning(beginning: bytes) -> None:
    for known, refusal in _BEGINNINGS.items():
        if beginning.startswith(known):
            raise FileRefused(refusal)
    # UTF-16 without its mark: every other byte of plain text is nought.
    if beginning[:1] == b"\0" or beginning[1:2] == b"\0":
        raise FileRefused(Refusal.UTF16)


def _decode(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    # Holds a carriage return back until it is known whether a line feed follows; changes nothing.
    whole_ends = io.IncrementalNewlineDecoder(None, translate=False)
    try:
        for chunk in chunks:
            yield _without_nul(whole_ends.decode(decoder.decode(chunk)))
        yield _without_nul(whole_ends.decode(decoder.decode(b"", final=True), final=True))
    except UnicodeDecodeError as error:
        raise FileRefused(Refusal.NOT_UTF8) from error


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise FileRefused(Refusal.NUL_BYTES)
    return text


def _split(texts: Iterable[str]) -> Iterator[str]:
    """Lines, whatever the pieces they come in; not at the further line ends that str.splitlines knows."""
    pending = ""
    for text in texts:
        line = ""
        for line in io.StringIO(pending + text, newline=""):
            if line.endswith(("\n", "\r")):
                yield line
        pending = "" if line.endswith(("\n", "\r")) else line
        if len(pending) > limits.MAX_RECORD:
            raise FileRefused(Refusal.RECORD_TOO_LONG)
    if pending:
        yield pending
