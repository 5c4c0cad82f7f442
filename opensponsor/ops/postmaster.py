"""Finding and ending the processes of an embedded server, whoever started it.

PostgreSQL writes the number of its main process to `postmaster.pid`. After a crash that number may belong to any other
program, so a process counts only if it works inside the data folder, which nothing but PostgreSQL does.
"""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

ORPHAN_SECONDS = 60
# Fast, immediate, and the last resort, each with the seconds it is given.
ORDERS = ((signal.SIGINT, 60), (signal.SIGQUIT, 20), (signal.SIGKILL, 5))


def find(data: Path) -> psutil.Process | None:
    """The main process of the server on these data, or None when it does not run."""
    try:
        process = psutil.Process(int(_lines(data)[0]))
        return process if process.cwd() == str(data) else None
    except (IndexError, ValueError, psutil.Error):
        return None


def socket_folder(data: Path) -> Path | None:
    """The folder of the socket of the server that runs, or last ran, on these data."""
    lines = _lines(data)
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def end(main: psutil.Process) -> None:
    """End a server: running transactions are rolled back, committed ones are kept."""
    for order, seconds in ORDERS:
        with suppress(psutil.NoSuchProcess):
            main.send_signal(order)
        if _has_ended(main, seconds):
            return


def clear(data: Path) -> None:
    """Remove what a killed server left behind: its other processes, and a process number that would forbid a start."""
    for order in (signal.SIGTERM, signal.SIGKILL):
        orphans = [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(data)]
        for process in orphans:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(order)
        psutil.wait_procs(orphans, timeout=ORPHAN_SECONDS)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _has_ended(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # Ended but not collected counts: in a container nobody may ever collect it.
        with suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.02)
                continue
        return True
    return False
