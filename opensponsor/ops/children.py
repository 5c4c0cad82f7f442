"""The long-running parts that the supervisor looks after."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress

from opensponsor.ops.problems import Problem

# A part that dies this often within a minute will not get better by starting it again.
DEATHS_A_MINUTE = 5


class Deaths:
    """Counts how often a part died lately."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._times: deque[float] = deque(maxlen=DEATHS_A_MINUTE)

    def count(self) -> None:
        """Note one more. Raises Problem when there were too many within a minute."""
        self._times.append(time.monotonic())
        if len(self._times) == DEATHS_A_MINUTE and self._times[-1] - self._times[0] < 60:
            raise Problem(
                f"The {self.name} ended {DEATHS_A_MINUTE} times within a minute, so everything is stopped. "
                "The reason is in the lines above."
            )


class Child:
    """One command of ours in a process and session of its own, so that a Ctrl-C in the terminal does not reach it."""

    def __init__(self, name: str, words: list[str], variables: dict[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "opensponsor", *words]
        self._variables = variables
        self._deaths = Deaths(name)
        self.process = self._start()

    def heal(self) -> None:
        """Start the child again if it died. Raises Problem when it keeps dying."""
        code = self.process.poll()
        if code is None:
            return
        self.signal(signal.SIGKILL)
        self._deaths.count()
        say(f"The {self.name} ended unexpectedly (code {code}) and is started again.")
        self.process = self._start()

    def restart(self) -> None:
        """End the child by force and start it again, because what it held is gone."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.process = self._start()

    def signal(self, order: signal.Signals) -> None:
        """Send a signal to the child and to everything that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, order)

    def join(self, seconds: float) -> None:
        """Wait for the child, which was asked to end, and end it by force after `seconds`."""
        try:
            self.process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not end in time and is ended by force.")
        self.signal(signal.SIGKILL)
        self.process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, env=os.environ | self._variables, stdin=subprocess.DEVNULL, start_new_session=True
        )


def say(sentence: str) -> None:
    """Tell the operator at once, also through a pipe."""
    print(sentence, flush=True)
