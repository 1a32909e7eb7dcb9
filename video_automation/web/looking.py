"""Looks at the parts of the service without ever waiting long for one of them: each has a thread of its own."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from video_automation.errors import PipelineError

_PATIENCE_S, _FIRST_PATIENCE_S = 0.015, 2.0
"""How long all parts together are waited for; longer the first time, when nothing is known of them."""
_TRUSTED_S = 5.0
"""How long what was seen before stands for a part that does not answer now."""


class Seen(NamedTuple):
    """Whether a part works, and a fact about it for a person."""

    ok: bool
    fact: str


class Part:
    """One part of the service, looked at whenever somebody asks and the look before has ended."""

    def __init__(self, name: str, check: Callable[[], str]) -> None:
        self._check, self._pool = check, ThreadPoolExecutor(1, thread_name_prefix=f"health-{name}")
        self._look: Future[Seen] | None = None
        self._since = self._seen_at = time.monotonic()
        self._seen: Seen | None = None

    def begin(self) -> None:
        """Looks, unless the look before has not ended yet."""
        if self._look is None or self._look.done():
            self._since = time.monotonic()
            self._look = self._pool.submit(seen, self._check)

    def seen(self, until: float) -> Seen:
        """What is seen by this moment (monotonic); else what was seen a few seconds ago, or that it does not answer."""
        assert self._look
        now = time.monotonic()
        patience_s = max(0.0, until - now) if self._seen else _FIRST_PATIENCE_S
        try:
            self._seen, self._seen_at = self._look.result(patience_s), time.monotonic()
        except TimeoutError:
            if self._seen and now - self._seen_at < _TRUSTED_S:
                return self._seen
            return Seen(ok=False, fact=f"It has not answered for {time.monotonic() - self._since:.0f} seconds.")
        return self._seen


def parts(checks: Mapping[str, Callable[[], str]]) -> dict[str, Part]:
    """The parts of these names; each check gives a fact, or raises a PipelineError."""
    return {name: Part(name, check) for name, check in checks.items()}


def look(at: Mapping[str, Part]) -> dict[str, Seen]:
    """What is seen of each part now, within some 20 ms, also where one of them hangs."""
    until = time.monotonic() + _PATIENCE_S
    for part in at.values():
        part.begin()
    return {name: part.seen(until) for name, part in at.items()}


def seen(check: Callable[[], str]) -> Seen:
    """What a check finds."""
    try:
        return Seen(ok=True, fact=check())
    except PipelineError as error:
        return Seen(ok=False, fact=error.sentence)
