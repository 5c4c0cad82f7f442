"""Static files, gathered and compressed once for the web server."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Gather the static files if one is newer than the last gathering; returns whether it did."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    stamp = manifest.stat().st_mtime if manifest.exists() else 0.0
    if all(Path(path).stat().st_mtime <= stamp for path in _sources()):
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    return True


def _sources() -> list[str]:
    return [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
