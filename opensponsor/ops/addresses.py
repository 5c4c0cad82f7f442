"""Where the web server listens, and whether it answers."""

import http.client
import socket
import time

from opensponsor.ops.problems import Problem

USUAL_PORT = 8000
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only compared with what the operator asked for
LEFTOVER_SECONDS = 2


def choose_port(host: str, asked: int | None) -> int:
    """The port asked for, which must be free; else the usual one, or any free one."""
    if asked is not None:
        if not is_free(host, asked):
            raise Problem(f"Port {asked} of {host} is taken by another program.")
        return asked
    deadline = time.monotonic() + LEFTOVER_SECONDS  # the web server of a killed supervisor needs a moment to notice
    while time.monotonic() < deadline:
        if is_free(host, USUAL_PORT):
            return USUAL_PORT
        time.sleep(0.2)
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there, with whatever page."""
    connection = http.client.HTTPConnection("127.0.0.1" if host == EVERYWHERE else host, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
