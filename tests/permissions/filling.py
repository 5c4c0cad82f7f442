"""Filling in whatever form a page has, as somebody would who wants to get on."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT = "Plausible words"


@dataclass
class Form:
    """A form of a page that is sent: where to, and the fields as they would be sent."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Filler(HTMLParser):
    """Reads the forms of a page and fills them in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            if self._form is not None:
                self.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._field(self._form, tag, given)
        elif self._form is not None and tag == "option" and self._select and given.get("value"):
            self._form.fields[self._select] = given["value"]

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given["name"]
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            form.fields[name] = TEXT
        elif tag == "input" and name != "csrfmiddlewaretoken":
            value = _value(name, given)
            if value is not None:
                form.fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


_BY_PART = {"day": "3", "month": "2", "year": "2025", "starts_at": "10:30"}
_BY_TYPE = {"email": "plausible@example.test", "tel": "07700 900123", "number": "1", "time": "10:30"}


def _value(name: str, given: dict[str, str]) -> str | None:
    """What is typed into an input; None for one that is left out."""
    kind = given.get("type", "text")
    if kind in {"hidden", "radio", "checkbox", "submit"}:
        return given.get("value", "on" if kind == "checkbox" else "")
    if given.get("value") and kind != "password":
        return given["value"]
    for part, value in _BY_PART.items():
        if name.endswith(part):
            return value
    return _BY_TYPE.get(kind, TEXT)


def forms_of(html: str) -> list[Form]:
    """The forms of a page that are sent with POST, filled in."""
    filler = Filler()
    filler.feed(html)
    return filler.forms


def form_for(html: str, path: str) -> dict[str, str]:
    """The fields of the form that a page sends to itself, or to `path`; nothing where it has none."""
    own = [form for form in forms_of(html) if form.action in {"", "."} or form.action.split("?")[0] == path]
    return max((form.fields for form in own), key=len, default={})
