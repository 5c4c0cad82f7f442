"""The whole product as `make run` starts it: seconds until the first page answers, memory at rest, weight of a page."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import weight
from opensponsor.ops.addresses import answers, choose_port
from opensponsor.ops.cluster import short_folder

HOST = "127.0.0.1"
START_SECONDS = 300
REST_SECONDS = 15


def measure() -> None:
    """Start on an empty folder, start again, and look at the second one at rest."""
    base = Path(tempfile.mkdtemp(prefix="os-bench-", dir=short_folder()))
    base.chmod(0o755)
    try:
        with _running(base / "var") as (_, seconds, _port):
            print(f"  first start, with everything installed: {seconds:.1f} s (whole `make run`: at most 180 s)")
        with _running(base / "var") as (process, seconds, port):
            print(f"  second start: {seconds:.1f} s (at most 10 s)")
            time.sleep(REST_SECONDS)
            _print_memory(process)
            weight.measure(HOST, port)
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _running(var: Path) -> Iterator[tuple[psutil.Process, float, int]]:
    port = choose_port(HOST, None)
    environment = os.environ | {"OPENSPONSOR_VAR": str(var), "OPENSPONSOR_ENVIRONMENT": "demo"}
    command = [sys.executable, "-m", "opensponsor", "run", f"--port={port}"]
    began = time.monotonic()
    started = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not answers(HOST, port):
            if started.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise SystemExit("  OpenSponsor did not start.")
            time.sleep(0.05)
        yield psutil.Process(started.pid), time.monotonic() - began, port
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(60)


def _print_memory(process: psutil.Process) -> None:
    """Memory as the share of each process (PSS), so that what several share counts once."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        share = one.memory_full_info().pss
        total += share
        name = " ".join(one.cmdline()[:4]).replace(sys.executable, "python")
        print(f"    {share / 1e6:6.1f} MB  {name[-60:]}")
    print(f"  memory at rest: {total / 1e6:.0f} MB (at most 400 MB)")
