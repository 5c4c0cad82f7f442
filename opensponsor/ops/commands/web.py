"""`opensponsor web`: the web server alone, for a server with a process manager of its own."""

import argparse

from opensponsor.ops.environment import require_server
from opensponsor.ops.webserver import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument("--web-workers", type=int, default=2, help="processes (default: 2)")


def run(arguments: argparse.Namespace) -> int:
    require_server()
    serve(arguments.host, arguments.port, arguments.web_workers)
    return 0
