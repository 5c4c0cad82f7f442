"""Bytes to rows: what is accepted, what refuses a file, what refuses a row."""

import codecs
import csv
import gzip
import io
import json

import pytest

from opensponsor.feeds.reading import limits
from opensponsor.feeds.reading.files import File
from opensponsor.feeds.rules.refusals import FileRefused

KNOWN = frozenset({"key", "name"})
LONG = "x" * 130_000


def read(content, *, chunk=7, expected=frozenset()):
    """The rows as (line, values, reasons), and the file."""
    data = content if isinstance(content, bytes) else content.encode()
    chunks = [data[start : start + chunk] for start in range(0, len(data), chunk)]
    file = File(chunks, key="key", known=KNOWN, expected=expected)
    return [(row.line, dict(row.values), [(p.field, p.reason) for p in row.problems]) for row in file], file


def values(content, **options):
    return [(line, found) for line, found, problems in read(content, **options)[0] if not problems]


A1, A2 = {"key": "1", "name": "A"}, {"key": "2", "name": "B"}


@pytest.mark.parametrize("chunk", [1, 2, 3, 1000])
@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("key,name\n1,A\n2,B\n", [(2, A1), (3, A2)], id="plain"),
        pytest.param("\ufeffkey,name\n1,A\n", [(2, A1)], id="byte order mark"),
        pytest.param("key,name\r\n1,A\r\n2,B\r\n", [(2, A1), (3, A2)], id="CRLF"),
        pytest.param("key,name\r1,A\r2,B\r", [(2, A1), (3, A2)], id="CR"),
        pytest.param("key,name\r\n1,A\n2,B\r", [(2, A1), (3, A2)], id="mixed line ends"),
        pytest.param("key,name\n1,A\n2,B", [(2, A1), (3, A2)], id="no line end at the end"),
        pytest.param("name,key\nA,1\n", [(2, A1)], id="any order"),
        pytest.param("key\n1\n2\n", [(2, {"key": "1"}), (3, {"key": "2"})], id="missing column"),
        pytest.param("key,name\n1,\n", [(2, {"key": "1"})], id="empty cell"),
        pytest.param("key,name,more\n1,A,M\n", [(2, {**A1, "more": "M"})], id="unknown column"),
        pytest.param(' key , name\n1,"A"\n', [(2, A1)], id="spaces around names"),
        pytest.param(
            'key,name\n1,"A\r\nB\n\nC"\n2,B\n',
            [(2, {"key": "1", "name": "A\r\nB\n\nC"}), (6, A2)],
            id="line ends in it",
        ),
        pytest.param(
            'key,name\n1,"A ""B"", C"\n2,B\n', [(2, {"key": "1", "name": 'A "B", C'}), (3, A2)], id="quotation marks"
        ),
        pytest.param("\n\nkey,name\n\n1,A\n\n\n2,B\n\n", [(5, A1), (8, A2)], id="blank lines"),
        pytest.param(
            "key,name\n1,О'Коваль \u2028ї\n", [(2, {"key": "1", "name": "О'Коваль \u2028ї"})], id="letters of any kind"
        ),
        pytest.param('{"key":"1","name":"A"}\n{"key":"2","name":"B"}\n', [(1, A1), (2, A2)], id="JSON Lines"),
        pytest.param(
            '\ufeff\n {"key":"1","name":"A"}\r\n\r\n{"key":"2","name":"B"}', [(2, A1), (4, A2)], id="JSON CRLF"
        ),
        pytest.param('{"name":null,"key":1,"more":[1]}\n', [(1, {"key": 1, "more": [1]})], id="JSON kinds"),
    ],
)
def test_accepted(content, rows, chunk):
    assert values(content, chunk=chunk) == rows


def utf16(text):
    return text.encode("utf-16")


ZIP = io.BytesIO(b"PK\x03\x04" + bytes(40)).getvalue()


@pytest.mark.parametrize("chunk", [1, 1000])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "EMPTY", id="empty"),
        pytest.param(" \r\n\n", "EMPTY", id="blank"),
        pytest.param(codecs.BOM_UTF8, "EMPTY", id="byte order mark only"),
        pytest.param("key,name\n", "NO_ROWS", id="header only"),
        pytest.param("key,name", "NO_ROWS", id="header only, without line end"),
        pytest.param(utf16("key,name\n1,A\n"), "UTF16", id="UTF-16"),
        pytest.param("key,name\n1,A\n".encode("utf-16-le"), "UTF16", id="UTF-16 without mark"),
        pytest.param("key,name\n1,A\n".encode("utf-16-be"), "UTF16", id="UTF-16 the other way"),
        pytest.param("key,name\n1,Siân\n".encode("latin-1"), "NOT_UTF8", id="Latin-1"),
        pytest.param("key,name\n1,Коваль\n".encode("cp1251"), "NOT_UTF8", id="Windows-1251"),
        pytest.param("key,name\n1,Ко".encode()[:-1], "NOT_UTF8", id="cut within a letter"),
        pytest.param("key,name\n1,A\0B\n", "NUL_BYTES", id="NUL"),
        pytest.param("name,more\nA,B\n", "NO_KEY_COLUMN", id="no key column"),
        pytest.param("<html>\n<body>\n", "NO_KEY_COLUMN", id="a page"),
        pytest.param('{"name":"A"}\n{"name":"B"}\n', "NO_KEY_COLUMN", id="no key in JSON"),
        pytest.param("key;name\n1;A\n", "OTHER_SEPARATOR", id="semicolons"),
        pytest.param("name\tkey\nA\t1\n", "OTHER_SEPARATOR", id="tabs"),
        pytest.param("key,name,key\n1,A,2\n", "DUPLICATE_COLUMN", id="key twice"),
        pytest.param("key,name,name \n1,A,B\n", "DUPLICATE_COLUMN", id="name twice"),
        pytest.param("key," + ",".join(f"c{i}" for i in range(500)) + "\n1\n", "TOO_MANY_COLUMNS", id="columns"),
        pytest.param(ZIP, "SPREADSHEET", id="zip"),
        pytest.param(b"PK\x05\x06" + bytes(18), "SPREADSHEET", id="empty zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "SPREADSHEET", id="old spreadsheet"),
        pytest.param(gzip.compress(b"key,name\n1,A\n"), "ARCHIVE", id="gzip"),
        pytest.param(b"%PDF-1.7\n", "PDF", id="PDF"),
        pytest.param('[{"key":"1"}]', "JSON_ARRAY", id="JSON list"),
        pytest.param('{\n  "key": "1"\n}\n', "NOT_JSON_LINES", id="JSON over several lines"),
        pytest.param('{\n  "key": "1"\n}', "NOT_JSON_LINES", id="JSON over several lines, without line end"),
        pytest.param('{"key": "1', "TRUNCATED", id="only record short"),
        pytest.param('key,name\n1,A\n2,"B\n3,C\n', "TRUNCATED", id="open quotation mark"),
        pytest.param('key,name\n1,"', "TRUNCATED", id="quotation mark and nothing"),
        pytest.param("key,name\n1,A\n2", "TRUNCATED", id="last row short"),
        pytest.param('{"key":"1"}\n{"key":"2","na', "TRUNCATED", id="last record short"),
        pytest.param("key,name\n1,A\n2,\"" + "line\n" * 420_000 + '"\n', "RECORD_TOO_LONG", id="never closed"),
        pytest.param("key,name\n1," + "x" * 2_000_001, "RECORD_TOO_LONG", id="never ends"),
    ],
)  # fmt: skip
def test_a_file_is_refused_with_a_sentence(content, code, chunk):
    if len(content) > 100_000:
        chunk *= 100_000
    with pytest.raises(FileRefused) as refusal:
        read(content, chunk=chunk)
    assert refusal.value.code == code
    assert str(refusal.value).split(" (")[0].endswith(".")


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param("key,name\n1\n2,B\n3,C,D\n", [(line, [("", "WRONG_COLUMNS")]) for line in (2, 4)], id="cells"),
        pytest.param("key,name\n1,A\n2,B,C", [(3, [("", "WRONG_COLUMNS")])], id="more in the last row"),
        pytest.param(f"key,name\n1,{LONG}\n2,B\n", [(2, [("name", "TOO_LONG")])], id="long cell"),
        pytest.param(f'key,name\n1,"{LONG}\n{LONG}"\n2,B\n', [(2, [("name", "TOO_LONG")])], id="long quoted cell"),
        pytest.param(f'{{"key":"1","name":"{LONG}"}}\n{{"key":"2"}}\n', [(1, [("name", "TOO_LONG")])], id="long text"),
        pytest.param('{"key":"1"}\n{oops}\n{"key":"3"}\n', [(2, [("", "NOT_JSON")])], id="not JSON"),
        pytest.param('{"key":"1"}\n{"key":NaN}\n', [(2, [("", "NOT_JSON")])], id="not a number"),
        pytest.param('{"key":"1"}\n{"key":' + "9" * 5000 + "}\n", [(2, [("", "NOT_JSON")])], id="huge number"),
        pytest.param('{"key":"1"}\n' + "[" * 9000 + "\n", [(2, [("", "NOT_JSON")])], id="deep and open"),
        pytest.param(
            '{"key":"1"}\n{"key":' + "[" * 30 + "]" * 30 + "}\n", [(2, [("", "WRONG_COLUMNS")])], id="deep"
        ),
        pytest.param(
            '{"key":"1"}\n' + json.dumps({f"c{i}": "1" for i in range(501)}) + "\n", [(2, [("", "WRONG_COLUMNS")])],
            id="many fields",
        ),
        pytest.param('{"key":"1"}\n"text"\n[1]\n7\n', [(line, [("", "NOT_OBJECT")]) for line in (2, 3, 4)], id="no"),
    ],
)  # fmt: skip
def test_a_row_is_refused_and_the_others_are_read(content, rows):
    found, file = read(content, chunk=10_000)
    assert [(line, problems) for line, _, problems in found if problems] == rows
    assert file.rows == len(found) > len(rows)


def test_more_rows_than_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(values("key\n1\n2\n3\n")) == 3
    with pytest.raises(FileRefused) as refusal:
        read("key\n1\n2\n3\n4\n")
    assert refusal.value.code == "TOO_MANY_ROWS"


def test_more_lines_than_the_limit(monkeypatch):
    """A file of nothing but line ends takes time too."""
    monkeypatch.setattr(limits, "MAX_LINES", 4)
    assert len(values("key\n1\n\n3\n")) == 2
    with pytest.raises(FileRefused) as refusal:
        read("key\n1\n\n\n\n")
    assert refusal.value.code == "TOO_MANY_ROWS"


def test_more_bytes_than_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    assert len(values("key\n1\n2\n3\n")) == 3
    with pytest.raises(FileRefused) as refusal:
        read("key\n1\n2\n3\n4\n")
    assert refusal.value.code == "TOO_MANY_BYTES"


def test_the_limits_are_those_we_promise():
    assert (limits.MAX_BYTES, limits.MAX_ROWS) == (512 * 1024 * 1024, 1_000_000)
    assert (limits.MAX_FIELD, limits.MAX_COLUMNS) == (10_000, 500)
    assert csv.field_size_limit() == limits.MAX_RECORD


def test_a_file_is_never_read_ahead():
    """Rows come out while the file comes in."""
    taken = []

    def chunks():
        for number in range(1000):
            taken.append(number)
            yield b"key\n" if number == 0 else b"%d\n" % number

    rows = iter(File(chunks(), key="key", known=KNOWN, expected=frozenset()))
    for _ in range(5):
        next(rows)
    assert len(taken) < 20


def test_columns_that_are_not_known_are_reported_once():
    content = "key,name,b,a\n" + "1,A,x,y\n" * 3
    file = read(content, expected=frozenset({"name", "postcode"}))[1]
    assert file.notices == [
        {"code": "UNKNOWN_COLUMNS", "names": ["a", "b"], "count": 2},
        {"code": "MISSING_COLUMNS", "names": ["postcode"], "count": 1},
    ]
    assert read("key,name\n1,A\n")[1].notices == []
    assert read('{"key":"1","x":1}\n{"key":"1","y":1}\n')[1].notices[0]["names"] == ["x", "y"]


def test_a_notice_holds_a_few_names_only():
    names = [f"column {number:03d} " + "x" * 200 for number in range(100)]
    (notice,) = read("key," + ",".join(names) + "\n" + "1," + "," * 99 + "\n", chunk=999)[1].notices
    assert (notice["count"], len(notice["names"])) == (100, 50)
    assert max(map(len, notice["names"])) == 80
    with_surrogate = read('{"key":"1","\\ud800\\u0000":1}\n')[1].notices
    assert with_surrogate[0]["names"] == ["??"]


def test_a_table_where_none_is_expected():
    with pytest.raises(FileRefused) as refusal:
        read("key,name\n1,A\n", expected=None)
    assert refusal.value.code == "NOT_CSV_HERE"
    assert read('{"key":"1"}\n', expected=None)[1].rows == 1


def test_the_refusal_says_where():
    with pytest.raises(FileRefused) as refusal:
        read('key,name\n1,A\n2,"B\n3,C\n')
    assert refusal.value.details == {"line": 3}
    assert str(refusal.value).endswith("(line 3)")
