"""One child process: it leads its own session, never outlives us, and is asked to end before it is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from video_automation.media.sandbox import die_with_parent


class Child:
    """A running program, at the head of a session of its own; it reads nothing, and writes to our standard error."""

    def __init__(self, argv: tuple[str, ...], env: Mapping[str, str]) -> None:
        """Starts it, with `env` over our own environment. Only for a process without other threads: it forks.

        Raises:
            OSError: the program cannot be started.
        """
        self._program = subprocess.Popen(
            argv,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            start_new_session=True,
            preexec_fn=partial(_prepare, os.getpid()),  # noqa: PLW1509  # safe where there is one thread
        )

    @property
    def pid(self) -> int:
        """Its process id, which is also that of its group."""
        return self._program.pid

    def ended(self) -> int | None:
        """Its exit status once it has ended (-N: by signal N), what it left running having been killed; None while it runs."""
        if self._program.returncode is None and os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            os.killpg(self.pid, signal.SIGKILL)  # not reaped yet, so the number cannot mean anybody else
            self._program.wait()
        return self._program.returncode

    def ask(self, number: int) -> None:
        """Sends a signal to it alone, not to its children."""
        if self._program.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kills it and its process group, and reaps it."""
        if self._program.returncode is None:
            os.killpg(self.pid, signal.SIGKILL)
            self._program.wait()


def _prepare(parent: int) -> None:
    """Prepares a child between fork and exec: it dies with us, and receives the signals that we block."""
    die_with_parent(parent)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
