"""The product and the floor, each on a web server of the same kind, and a client that keeps its connection."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from opensponsor.ops.addresses import answers

HOST = "127.0.0.1"
PRODUCT = "opensponsor.config.wsgi:application"
FLOOR = "bench.floor_app:application"
PROCESSES = 2
_START_SECONDS = 60
_SERVE = "import sys; from opensponsor.ops.webserver import serve; serve(%r, int(sys.argv[2]), %d, sys.argv[1])"


@contextmanager
def serving(target: str, environment: dict[str, str]) -> Iterator[int]:
    """The port on which the application answers meanwhile."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", _SERVE % (HOST, PROCESSES), target, str(port)]
    server = subprocess.Popen(command, env=os.environ | environment)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not answers(HOST, port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"  {target} did not start.")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


class Connection:
    """A connection to one of the servers. The client does next to nothing, so that it does not weigh on the rates."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection((HOST, port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, cookie: str = "") -> bytes:
        """The body of the page."""
        return self._ask(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n\r\n".encode(), b"200")

    def post(self, path: str, form: str, cookie: str) -> bytes:
        """Send a form that is answered by going on to another page."""
        content = form.encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\nContent-Length: {len(content)}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        return self._ask((head + kind).encode() + content, b"302")

    def _ask(self, request: bytes, status: bytes) -> bytes:
        self._socket.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
        parts, got = [body], len(body)
        while got < length:
            parts.append(self._more())
            got += len(parts[-1])
        if lines[0].split()[1] != status:
            where = next((line for line in lines if line.startswith(b"location:")), b"")
            raise SystemExit(f"  {request[:200]!r} was answered by {lines[0]!r} {where!r}")
        return b"".join(parts)

    def _more(self) -> bytes:
        got = self._socket.recv(1 << 18)
        if not got:
            raise SystemExit("  The server hung up.")
        return got


def rate(port: int, path: str, cookie: str, *, users: int, seconds: float) -> float:
    """Pages a second that so many users get who ask again at once."""
    counts, began = [0] * users, time.perf_counter()

    def ask(number: int) -> None:
        connection = Connection(port)
        while time.perf_counter() - began < seconds:
            connection.get(path, cookie)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 120)
    return sum(counts) / (time.perf_counter() - began)
