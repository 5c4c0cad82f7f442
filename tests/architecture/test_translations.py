"""Every sentence of every page exists in Welsh."""

import ast
import re
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from opensponsor.ops import messages

TEMPLATES = messages.PACKAGE / "web" / "templates"
# The gallery shows components to those who build pages; its invented content is English only.
PAGES = [file for file in sorted(TEMPLATES.rglob("*.html")) if file.parent.name != "gallery"]
_BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment.*?endcomment\s*%}", re.S
)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]+>|&[a-z]+;", re.S)
_WORD = re.compile(r"[A-Za-z]{3,}[^\n]*")
# Names, the same in every language.
_NAMES = {"OpenSponsor", "Cymraeg", "English"}


def unmarked(template: str) -> list[str]:
    """Words of a template that stand outside every translation tag."""
    text = _TAG.sub("\n", _BLOCK.sub("\n", template))
    return [words.strip() for words in _WORD.findall(text) if words.strip() not in _NAMES]


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\([a-z_]+\)[sd]|{[a-z_]+}", text))


@pytest.mark.parametrize("file", PAGES, ids=[str(file.relative_to(TEMPLATES)) for file in PAGES])
def test_no_sentence_escapes_translation(file: Path) -> None:
    assert unmarked(file.read_text(encoding="utf-8")) == []


def test_an_unmarked_sentence_would_be_found() -> None:
    assert unmarked("<p>{% translate 'Yes' %} Households of {{ name }}</p>") == ["Households of"]


def hidden_in_f_strings(source: str) -> list[str]:
    """What is said within an f-string, where the catalogue finds it from Python 3.12 on only."""
    inside = (part for one in ast.walk(ast.parse(source)) if isinstance(one, ast.JoinedStr) for part in ast.walk(one))
    return [
        ast.unparse(part)
        for part in inside
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in messages.FUNCTIONS
    ]


def test_no_sentence_is_hidden_in_an_f_string() -> None:
    found = {
        str(file): hidden_in_f_strings(file.read_text(encoding="utf-8")) for file in messages.PACKAGE.rglob("*.py")
    }
    assert {file: calls for file, calls in found.items() if calls} == {}
    assert hidden_in_f_strings("""f"{name} ({_('lead')})" """) == ["_('lead')"]


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else() -> None:
    said = {(message.id, message.context) for message in messages.gather() if message.id}
    known = {(message.id, message.context) for message in messages.current() if message.id}
    assert said - known == set(), "run `make messages` and translate what it adds"
    assert known - said == set(), "run `make messages`"


def test_every_sentence_has_welsh() -> None:
    missing = [
        message.id for message in messages.current() if message.id and not messages.is_translated(message.string)
    ]
    assert missing == []


def test_welsh_keeps_every_placeholder() -> None:
    wrong = []
    for message in messages.current():
        if not message.id:
            continue
        # Of a sentence with a number, the one of many is compared with each of the five that Welsh has.
        of_many = message.id if isinstance(message.id, str) else message.id[1]
        forms = [message.string] if isinstance(message.string, str) else message.string
        if any(placeholders(form) != placeholders(of_many) for form in forms):
            wrong.append(message.id)
    assert wrong == []


def test_a_number_chooses_its_welsh_form() -> None:
    compiled = BytesIO()
    write_mo(compiled, messages.current())
    compiled.seek(0)
    form = GNUTranslations(compiled).ngettext
    shown = [form("%(number)s record", "%(number)s records", n) % {"number": n} for n in (0, 1, 2, 3, 5, 6)]
    assert shown == ["0 cofnod", "1 cofnod", "2 gofnod", "3 chofnod", "5 cofnod", "6 chofnod"]


def test_drafts_are_marked_for_a_translator() -> None:
    """Nobody who translates for a living has read this catalogue yet; remove a mark when somebody has."""
    marked = [message for message in messages.current() if messages.DRAFT in message.user_comments]
    assert marked, "the drafts lost their marks"
