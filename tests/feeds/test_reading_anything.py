"""Whatever comes in: a declared refusal, or rows within the limits; and what was written is read back."""

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from opensponsor.feeds.codes import Reason, Refusal
from opensponsor.feeds.reading import limits
from opensponsor.feeds.reading.files import File
from opensponsor.feeds.rules.refusals import FileRefused

# Pieces of which files are made, so that more than noise is tried.
PIECES = st.sampled_from(
    [b"key", b"name", b",", b'"', b"\n", b"\r", b"\r\n", b"{", b"}", b"[", b":", b'"key":"1"', b'{"key":"1"}\n',
     b"key,name\n", b"1,A\n",
     b"\xef\xbb\xbf", "Ї".encode(), b"\xd0", b"\\u0000", b"\\ud800", b"NaN", b"1e999", b"\0", b" ", b";"]
)  # fmt: skip
ANYTHING = st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=40)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def read(chunks, expected=frozenset()):
    file = File(chunks, key="key", known=frozenset({"key"}), expected=expected)
    return list(file), file


@settings(max_examples=600, deadline=None)
@given(ANYTHING, st.sampled_from([None, frozenset(), frozenset({"name"})]))
def test_any_bytes_are_rows_or_a_declared_refusal(chunks, expected):
    try:
        rows, file = read(chunks, expected)
    except FileRefused as refusal:
        assert refusal.code in Refusal.values
        assert str(refusal)
        return
    size = sum(map(len, chunks))
    assert file.rows == len(rows) <= size
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    assert all(line <= size for line in lines)
    for row in rows:
        assert len(row.values) <= limits.MAX_COLUMNS
        assert {problem.reason for problem in row.problems} <= set(Reason.values)
        assert row.is_row or row.problems


@settings(max_examples=200, deadline=None)
@given(ANYTHING, st.integers(1, 9))
def test_how_the_bytes_are_cut_makes_no_difference(chunks, size):
    whole = b"".join(chunks)

    def outcome(pieces):
        try:
            return read(pieces)[0]
        except FileRefused:
            # A file with several faults is refused for the one that is met first.
            return "refused"

    assert outcome([whole]) == outcome([whole[start : start + size] for start in range(0, len(whole), size)])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
    st.integers(1, 50),
)
def test_a_table_is_read_as_it_was_written(cells, line_end, quoting, with_mark, size):
    file = io.StringIO(newline="")
    # What is not quoted in spite of a line end would be another table.
    is_split = any(end in cell for row in cells for cell in row for end in "\r\n")
    csv.writer(file, lineterminator=line_end, quoting=csv.QUOTE_ALL if is_split else quoting).writerows(
        [("key", "name", "other"), *(("1", *row) for row in cells)]
    )
    data = file.getvalue().encode("utf-8-sig" if with_mark else "utf-8")
    rows, _ = read([data[start : start + size] for start in range(0, len(data), size)])
    assert [(row.values.get("name", ""), row.values.get("other", "")) for row in rows] == cells


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.dictionaries(TEXT.filter(lambda name: name != "key"), JSON, max_size=4), min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_records_are_read_as_they_were_written(records, is_ascii, line_end):
    written = [{"key": "1", **record} for record in records]
    text = line_end.join(json.dumps(record, ensure_ascii=is_ascii) for record in written)
    rows, _ = read([text.encode()])
    filled = [{name: value for name, value in one.items() if value not in (None, "")} for one in written]
    assert [dict(row.values) for row in rows] == filled
    assert [row.line for row in rows] == list(range(1, len(written) + 1))
