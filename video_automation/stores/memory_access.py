"""Keeps sessions and counts requests in this process, for tests."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from video_automation.access.repositories import Rate, Session


@dataclass
class MemorySessions:
    """A Sessions that ends with its process."""

    clock: Callable[[], float] = time.monotonic
    kept: dict[str, tuple[Session, float]] = field(default_factory=dict)
    """Sessions by name, each with when it ends."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, name: str, session: Session, *, for_s: int) -> None:
        """Keeps a session."""
        self.kept[name] = session, self.clock() + for_s

    def replace(self, name: str, before: Session, session: Session, *, for_s: int) -> bool:
        """Replaces a session by another."""
        with self._lock:
            there = self.get(name) == before
            if there:
                self.put(name, session, for_s=for_s)
        return there

    def get(self, name: str) -> Session | None:
        """The session of this name."""
        session, until = self.kept.get(name, (None, 0.0))
        return session if self.clock() < until else None

    def drop(self, name: str) -> None:
        """Removes a session."""
        with self._lock:
            self.kept.pop(name, None)


@dataclass
class MemoryThrottle:
    """A Throttle that ends with its process."""

    clock: Callable[[], float] = time.monotonic
    _due: dict[str, float] = field(default_factory=dict)
    _trusted: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, names: tuple[str, ...], rate: Rate) -> float:
        """Counts one request."""
        with self._lock:
            wait = max(self._wait(name, rate) for name in names)
            if not wait:
                for name in names:
                    self._due[name] = max(self._due.get(name, 0.0), self.clock()) + 60 / rate.a_minute
        return wait

    def _wait(self, name: str, rate: Rate) -> float:
        """The seconds until the next request is allowed."""
        now = self.clock()
        paid_to = max(self._due.get(name, 0.0), now)
        return max(0.0, paid_to - now - (rate.a_minute - 1) * 60 / rate.a_minute)

    def trust(self, name: str) -> None:
        """Remembers this name."""
        self._trusted.add(name)

    def trusted(self, name: str) -> bool:
        """Whether it is remembered."""
        return name in self._trusted
