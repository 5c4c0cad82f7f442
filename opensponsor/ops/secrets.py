"""Secrets that an installation makes for itself."""

import os
import secrets
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The secret in the file, made on first use, readable by its owner only; never half a secret."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(32))
            handle.flush()
            os.fsync(handle.fileno())
        new.rename(file)
    return file.read_text()
