"""The end of a job's work before it is done: said once, with a reason, heard by everything that works on it."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from video_automation.errors import PipelineError


class Stop:
    """A request to end, at first unset. Once set, every program started under it is killed and `check` raises the reason."""

    def __init__(self) -> None:
        self._lock = threading.RLock()  # a signal handler may call `set` while its thread is in here
        self._reason: PipelineError | None = None
        self.programs: set[subprocess.Popen[bytes]] = set()
        """Those that run under it now."""

    def set(self, reason: PipelineError) -> None:
        """Ends the work for this reason; the first reason given holds."""
        with self._lock:
            self._reason = self._reason or reason
            for program in self.programs:
                program.kill()

    def check(self) -> None:
        """Raises the reason if the work has to end."""
        if self._reason:
            raise self._reason

    @contextmanager
    def kills(self, program: "subprocess.Popen[bytes]") -> Iterator[None]:
        """Kills the program if the end is asked for, or has been, while in the block."""
        with self._lock:
            self.programs.add(program)
            if self._reason:
                program.kill()
        try:
            yield
        finally:
            with self._lock:
                self.programs.discard(program)
