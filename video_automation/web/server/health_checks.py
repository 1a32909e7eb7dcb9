"""Checks the parts of the service every second in the background, so that a health request never waits for them."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from video_automation.errors import PipelineError

LOOK_EVERY_S = 1.0
"""Seconds between two checks of a part."""
FIRST_CHECK_S = 1.0
"""Seconds a health request waits for the first result, counted from when the checks began."""
TRUSTED_S = 5.0
"""Seconds a result stays valid while a part does not respond."""


class Seen(NamedTuple):
    """The result of a check: whether a part works, and a short fact about it for a person."""

    ok: bool
    fact: str


class HealthCheck:
    """Checks one part of the service in a thread of its own, which starts with `begin` or the first `seen`."""

    def __init__(self, name: str, check: Callable[[], str]) -> None:
        self._check = check
        self._thread = threading.Thread(target=self._look, name=f"health-{name}", daemon=True)
        self._lock = threading.Lock()
        self._looked = threading.Event()
        self._began_at: float | None = None
        self._last = 0.0, Seen(ok=False, fact="It has not answered yet.")

    def begin(self) -> float:
        """Starts the checks unless they run already; gives the time they started, in monotonic seconds."""
        with self._lock:
            if self._began_at is None:
                self._began_at = time.monotonic()
                self._last = self._began_at, self._last[1]
                self._thread.start()
            return self._began_at

    def seen(self) -> Seen:
        """The last result; if that is too old, that the part does not respond."""
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
    """A `HealthCheck` for each name. A check gives a fact, or raises PipelineError, OSError or RuntimeError on failure."""
    return {name: HealthCheck(name, check) for name, check in checks.items()}


def begin_checks(of: Mapping[str, HealthCheck]) -> None:
    """Starts the checks of all parts, so that the first health request finds results."""
    for part in of.values():
        part.begin()


def check_results(of: Mapping[str, HealthCheck]) -> dict[str, Seen]:
    """The present result of each part; starts the checks if they do not run yet."""
    begin_checks(of)
    return {name: part.seen() for name, part in of.items()}


def run_check(check: Callable[[], str]) -> Seen:
    """Runs a check now; an error becomes a result that says so."""
    try:
        return Seen(ok=True, fact=check())
    except PipelineError as error:
        return Seen(ok=False, fact=error.sentence)
    except (OSError, RuntimeError) as error:
        return Seen(ok=False, fact=f"It cannot be looked at: {error}")
