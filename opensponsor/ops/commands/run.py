"""`opensponsor run`: the whole product on one machine."""

import argparse
import os

from opensponsor.ops.supervisor import Options, supervise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=int, help="the port to listen on (default: 8000, or a free one when it is taken)"
    )
    parser.add_argument(
        "--web-workers",
        type=int,
        default=min(2, os.cpu_count() or 1),
        help="web server processes (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    supervise(Options(host=arguments.host, port=arguments.port, web_workers=arguments.web_workers))
    return 0
