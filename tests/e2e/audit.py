"""What every page has to be, whoever looks at it and however wide the window is."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.e2e.site import repository
from tests.e2e.visitor import DESKTOP, WIDTHS, Visitor

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_AXE = repository() / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async (tags) => {
  const only = {type: "tag", values: tags};
  const found = await axe.run(document, {preload: false, resultTypes: ["violations"], runOnly: only});
  return found.violations.map((fault) => `${fault.id}: ${fault.help}\\n` + fault.nodes.slice(0, 4).map((node) =>
    `    ${node.target} ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`).join("\\n"));
}"""
_SHAPE = """() => {
  const root = document.documentElement;
  const late = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > root.clientWidth + 1 && getComputedStyle(element).position !== "absolute";
  });
  return {
    language: root.lang,
    title: document.title,
    headings: [...document.querySelectorAll("h1")].map((heading) => heading.innerText.trim()),
    styles: document.styleSheets.length && getComputedStyle(document.body).fontFamily,
    overflow: root.scrollWidth - root.clientWidth,
    wide: late.slice(0, 5).map((element) => element.outerHTML.slice(0, 160)),
    repeated: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, n, all) => all.indexOf(id) !== n),
  };
}"""


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def axe_faults(visitor: Visitor) -> list[str]:
    """Violations of accessibility that axe finds on the page as it is shown now."""
    page = visitor.page
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe())
    return list(page.evaluate(_RUN, list(STANDARDS)))


def shape_faults(visitor: Visitor, *, language: str = "en", names: tuple[str, ...] = ()) -> list[str]:
    """Faults of title, heading, language and width. `names` are those of people, which a title never holds."""
    shape: dict[str, Any] = visitor.page.evaluate(_SHAPE)
    title = shape["title"]
    faults = [
        (shape["language"] != language, f"the language is {shape['language']!r}, not {language!r}"),
        (not re.search(r"\S.* – \S", title), f"the title says nothing: {title!r}"),
        (any(name.casefold() in title.casefold() for name in names), f"a name is in the title: {title!r}"),
        (len(shape["headings"]) != 1, f"headings of the first level: {shape['headings']}"),
        ("Arial" not in str(shape["styles"]) and "arial" not in str(shape["styles"]), f"no styles: {shape['styles']}"),
        (shape["overflow"] > 0, f"{shape['overflow']} pixels too wide: {shape['wide']}"),
        (bool(shape["repeated"]), f"ids used twice: {shape['repeated']}"),
    ]
    return [text for is_wrong, text in faults if is_wrong]


def page_faults(visitor: Visitor, *, language: str = "en", names: tuple[str, ...] = ()) -> list[str]:
    """Everything that is wrong with the page in this window."""
    found = shape_faults(visitor, language=language, names=names) + visitor.policy_violations() + visitor.faults
    visitor.faults.clear()
    return found + axe_faults(visitor)


def must_be_sound(visitor: Visitor, name: str = "") -> None:
    """The page where the visitor stands has no fault at any width. Without scripts axe cannot run."""
    if not visitor.has_scripts:
        return
    faults = []
    for width in WIDTHS:
        visitor.is_at(width)
        faults += [f"{visitor.path} at {width[0]}: {fault}" for fault in page_faults(visitor)]
        if name:
            keep_picture(visitor, name)
    visitor.is_at(DESKTOP)
    assert not faults, "\n".join(faults)


def keep_picture(visitor: Visitor, name: str) -> None:
    """A picture of the page in the folder OPENSPONSOR_TEST_PICTURES, to be looked at by a person; else nothing."""
    folder = os.environ.get("OPENSPONSOR_TEST_PICTURES")
    size = visitor.page.viewport_size
    if folder and size:
        Path(folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
