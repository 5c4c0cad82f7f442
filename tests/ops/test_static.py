import os
import time

from opensponsor.ops.static import collect


def test_files_are_gathered_when_one_is_newer_and_only_then(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "gathered"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert [collect(), collect()] == [True, False]
    os.utime(source / "page.css", (time.time() + 60,) * 2)
    assert collect()
