"""Stops a job's work early: a stop is requested once, with a reason, and reaches everything that works on the job."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from video_automation.errors import PipelineError


class Stop:
    """A request to stop, at first unset. Setting it kills every program started under it; `check` then raises the reason."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a signal handler may call `set` while its thread is in here
        self._reason: PipelineError | None = None
        self.programs: set[subprocess.Popen[bytes]] = set()
        """The programs running under it now."""

    def set(self, reason: PipelineError) -> None:
        """Stops the work for this reason; the first reason given counts."""
        with self._lock:
            self._reason = self._reason or reason
            for program in self.programs:
                program.kill()

    def check(self) -> None:
        """Raises the reason if the work has to stop."""
        if self._reason:
            raise self._reason

    @contextmanager
    def kills(self, program: "subprocess.Popen[bytes]") -> Iterator[None]:
        """Kills the program if a stop is requested during the block, or was before."""
        with self._lock:
            self.programs.add(program)
            if self._reason:
                program.kill()
        try:
            yield
        finally:
            with self._lock:
                self.programs.discard(program)
