"""Looks at the parts of the service each second, so that whoever asks how they are waits for none of them."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from video_automation.errors import PipelineError

LOOK_EVERY_S = 1.0
"""How often each part is looked at, between two looks."""
FIRST_CHECK_S = 1.0
"""How long after it was begun answers wait for what is not known yet."""
TRUSTED_S = 5.0
"""How long what was seen stands for a part that does not answer now."""


class Seen(NamedTuple):
    """Whether a part works, and a fact about it for a person."""

    ok: bool
    fact: str


class HealthCheck:
    """One part of the service, looked at by a thread of its own from when it is begun or somebody first asks."""

    def __init__(self, name: str, check: Callable[[], str]) -> None:
        self._check = check
        self._thread = threading.Thread(target=self._look, name=f"health-{name}", daemon=True)
        self._lock = threading.Lock()
        self._looked = threading.Event()
        self._began_at: float | None = None
        self._last = 0.0, Seen(ok=False, fact="It has not answered yet.")

    def begin(self) -> float:
        """Has it looked at from now on, if it is not yet; gives the moment (monotonic) that began."""
        with self._lock:
            if self._began_at is None:
                self._began_at = time.monotonic()
                self._last = self._began_at, self._last[1]
                self._thread.start()
            return self._began_at

    def seen(self) -> Seen:
        """What was seen last; that it does not answer, where that was too long ago."""
        self._looked.wait(max(0.0, self.begin() + FIRST_CHECK_S - time.monotonic()))
        at, found = self._last
        ago_s = time.monotonic() - at
        return found if ago_s <= TRUSTED_S else Seen(ok=False, fact=f"It has not answered for {ago_s:.0f} seconds.")

    def _look(self) -> None:
        while True:
            found = run_check(self._check)
            self._last = time.monotonic(), found
            self._looked.set()
            time.sleep(LOOK_EVERY_S)


def checks_named(checks: Mapping[str, Callable[[], str]]) -> dict[str, HealthCheck]:
    """The parts of these names; each check gives a fact, or raises a PipelineError or what the system raises."""
    return {name: HealthCheck(name, check) for name, check in checks.items()}


def begin_checks(of: Mapping[str, HealthCheck]) -> None:
    """Has the parts looked at from now on, so that even the first answer comes at once."""
    for part in of.values():
        part.begin()


def check_results(of: Mapping[str, HealthCheck]) -> dict[str, Seen]:
    """What is known of each part now."""
    begin_checks(of)
    return {name: part.seen() for name, part in of.items()}


def run_check(check: Callable[[], str]) -> Seen:
    """What a check finds."""
    try:
        return Seen(ok=True, fact=check())
    except PipelineError as error:
        return Seen(ok=False, fact=error.sentence)
    except (OSError, RuntimeError) as error:
        return Seen(ok=False, fact=f"It cannot be looked at: {error}")
