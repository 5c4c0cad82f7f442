import gettext
import os

from opensponsor.ops.translations import compile_changed

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Household"
msgstr "Aelwyd"

#, fuzzy
msgid "Host"
msgstr "Gwesteiwr?"
"""


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path):
    source = tmp_path / "cy" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    assert [compile_changed(tmp_path), compile_changed(tmp_path)] == [1, 0]
    source.write_text(CATALOGUE.replace("Aelwyd", "Teulu"))
    os.utime(source, (source.stat().st_mtime + 10,) * 2)
    assert compile_changed(tmp_path) == 1
    translation = gettext.GNUTranslations(source.with_suffix(".mo").open("rb"))
    assert translation.gettext("Household") == "Teulu"


def test_doubtful_translations_stay_out(tmp_path):
    source = tmp_path / "cy" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    compile_changed(tmp_path)
    assert gettext.GNUTranslations(source.with_suffix(".mo").open("rb")).gettext("Host") == "Host"
