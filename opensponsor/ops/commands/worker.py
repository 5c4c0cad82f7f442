"""`opensponsor worker`: background jobs."""

import argparse

from opensponsor.ops.environment import application, require_server
from opensponsor.ops.parent import end_with_parent

STOP_SECONDS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at the same time (default: 4)")


def run(arguments: argparse.Namespace) -> int:
    require_server()
    end_with_parent()
    with application():
        from procrastinate import PsycopgConnector
        from procrastinate.contrib.django import app, connector_params

        # Django's own connection cannot wait for news of jobs.
        with app.replace_connector(PsycopgConnector(kwargs=connector_params("default"))):
            app.run_worker(
                concurrency=arguments.concurrency, delete_jobs="successful", shutdown_graceful_timeout=STOP_SECONDS
            )
    return 0
