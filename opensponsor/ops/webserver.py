"""The web server: granian with WSGI, a few processes of several threads each."""

import importlib
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from opensponsor.ops.parent import end_with_parent

THREADS = 8


def serve(host: str, port: int, processes: int, target: str = "opensponsor.config.wsgi:application") -> None:
    """Serve until asked to end. A process that dies is replaced."""
    end_with_parent()
    server = Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=_load)


def _load(target: str) -> Any:
    """Runs in each process: it ends with the main one, and loads the application."""
    end_with_parent()
    module, name = target.split(":")
    return getattr(importlib.import_module(module), name)
