"""What the front end ships: no fonts or crests that are not ours to use, nothing from elsewhere, and little of it."""

import json
import re
from pathlib import Path

import brotli
import pytest
from django.test import RequestFactory

from opensponsor.web.gallery import views

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "opensponsor" / "web" / "static" / "opensponsor"
TEMPLATES = ROOT / "opensponsor" / "web" / "templates"
KILOBYTE = 1024


def built(name: str) -> str:
    path = BUILT / name
    assert path.exists(), "run `npm ci --ignore-scripts && npm run build` in frontend/ first"
    return path.read_text(encoding="utf-8")


def weight(text: str) -> int:
    return len(brotli.compress(text.encode()))


def page(name: str) -> str:
    return views.page(RequestFactory().get(f"/gallery/{name}/"), name).content.decode()


@pytest.mark.parametrize(
    "words", ["GDS Transport", "@font-face", "crest", "crown", "data:", "url(http", "url(//", "@import"]
)
def test_the_style_sheet_holds_nothing_that_is_not_ours_or_not_here(words: str) -> None:
    assert words not in built("app.css")


def test_every_image_of_the_style_sheet_is_shipped() -> None:
    for address in re.findall(r"url\(([^)]*)\)", built("app.css")):
        assert (BUILT / address.strip("'\"")).exists(), address


@pytest.mark.parametrize("words", ["eval(", "new Function", "innerHTML"])
def test_the_script_makes_no_code_and_no_markup_from_text(words: str) -> None:
    assert words not in built("app.js")


def test_only_our_own_pictures_are_shipped() -> None:
    files = {str(path.relative_to(BUILT)) for path in BUILT.rglob("*") if path.is_file()}
    assert files == {"app.css", "app.js", "favicon.svg", "assets/images/icon-document.svg"}


def test_a_first_visit_is_light() -> None:
    style, script, html = weight(built("app.css")), weight(built("app.js")), weight(page("list"))
    assert style <= 25 * KILOBYTE
    assert script <= 20 * KILOBYTE
    assert html <= 8 * KILOBYTE
    assert style + script + html <= 60 * KILOBYTE
    assert len(page("list")) <= 80 * KILOBYTE


def test_packages_are_pinned_and_name_no_registry() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_templates_keep_to_the_content_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)
    assert not re.search(r"\|\s*safe\b|autoescape off|\|\s*safeseq", text)
