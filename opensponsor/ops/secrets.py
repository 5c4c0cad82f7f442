"""Secrets that an installation makes for itself."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret in the file, made on first use, readable by its owner only. Whoever asks first makes it, whole."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".") as new:
            new.write(secrets.token_urlsafe(32))
            new.flush()
            os.fsync(new.fileno())
            with suppress(FileExistsError):
                os.link(new.name, file)
    return file.read_text()
