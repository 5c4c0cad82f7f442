"""A child that does not outlive its supervisor, even one that was killed and could not say good-bye."""

import os
import signal
import threading
import time

SECONDS = 0.5


def end_with_parent() -> None:
    """From now on this process asks itself to end as soon as its parent is gone."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
