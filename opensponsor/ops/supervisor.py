"""`make run`: PostgreSQL, the web server and the job worker under one parent that starts, heals and stops them."""

import os
import signal
import time
from dataclasses import dataclass
from types import FrameType

from opensponsor.ops import environment
from opensponsor.ops.addresses import answers, choose_port
from opensponsor.ops.children import Child, Deaths, say
from opensponsor.ops.cluster import Cluster
from opensponsor.ops.lock import only_one
from opensponsor.ops.problems import Problem

TURN_SECONDS = 0.2
STOP_SECONDS = 30
WEB_SECONDS = 60
WORKER = "job worker"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the supervisor to end: Ctrl-C, a closed terminal, or a process manager."""


@dataclass(frozen=True)
class Options:
    """What `run` was asked for; without a port, any free one will do."""

    host: str
    port: int | None
    web_workers: int


def supervise(options: Options) -> None:
    """Run the product until somebody asks it to end. Raises Problem when a part cannot start or keeps dying."""
    with only_one(environment.var_folder()):
        cluster: Cluster | None = None
        children: list[Child] = []
        try:
            for number in SIGNALS:
                signal.signal(number, _stop)
            if not environment.uses_own_server():
                cluster = environment.embedded_cluster()
                say(f"Starting PostgreSQL {cluster.binaries.version}.")
                cluster.start()
                os.environ |= environment.secret_variables(cluster.home)
            _prepare(cluster, children)
            _serve(options, cluster, children)
            _watch(cluster, children)
        except Stopped:
            say("Stopping.")
        finally:
            _stop_everything(cluster, children)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _prepare(cluster: Cluster | None, children: list[Child]) -> None:
    """Migrate and load what the first page needs, in a process of its own, which gives its memory back."""
    step = Child("preparation", ["prepare"], environment.database_variables(cluster) if cluster else {})
    children.append(step)
    if step.process.wait() != 0:
        raise Problem("The database could not be prepared; the reason is above. Nothing else was started.")
    children.remove(step)


def _serve(options: Options, cluster: Cluster | None, children: list[Child]) -> None:
    """Start the web server and the worker, without the owner's address, and return when the first page answers."""
    port = choose_port(options.host, options.port)
    # By name rather than by number, because passkeys belong to a name.
    address = f"http://{'localhost' if options.host == '127.0.0.1' else options.host}:{port}"
    variables = {"OPENSPONSOR_PUBLIC_URL": os.environ.get("OPENSPONSOR_PUBLIC_URL") or address}
    if cluster is not None:
        variables["DATABASE_URL"] = environment.database_variables(cluster)["DATABASE_URL"]
    os.environ.pop("DATABASE_OWNER_URL", None)
    web = ["web", f"--host={options.host}", f"--port={port}", f"--web-workers={options.web_workers}"]
    children.append(Child("web server", web, variables))
    children.append(Child(WORKER, ["worker"], variables))
    deadline = time.monotonic() + WEB_SECONDS
    while not answers(options.host, port):
        if time.monotonic() > deadline:
            raise Problem(f"The web server did not answer within {WEB_SECONDS} seconds.")
        for child in children:
            child.heal()
        time.sleep(TURN_SECONDS)
    say(f"\nOpenSponsor is ready: {address}/\nCtrl-C stops it; what was entered is kept.\n")


def _watch(cluster: Cluster | None, children: list[Child]) -> None:
    """Look after everything for ever; an exception is the way out."""
    deaths = Deaths("PostgreSQL server")
    while True:
        if cluster is not None and cluster.has_died():
            deaths.count()
            say("PostgreSQL ended unexpectedly and is started again; no saved work is lost.")
            cluster.start()
            # The web server's pool finds new connections by itself; the worker would wait for its dead ones.
            next(child for child in children if child.name == WORKER).restart()
        for child in children:
            child.heal()
        time.sleep(TURN_SECONDS)


def _stop_everything(cluster: Cluster | None, children: list[Child]) -> None:
    """Stop the web server and the worker, then the database. A second Ctrl-C does not interrupt this."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.signal(signal.SIGTERM)
    for child in children:
        child.join(deadline - time.monotonic())
    if cluster is not None:
        cluster.stop()
