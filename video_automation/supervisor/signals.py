"""Signals as events to wait for: none interrupts our work, none is lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ASKED = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
"""Signals that ask us to end."""
DRAIN = signal.SIGUSR1
"""The signal that asks us to end once the work that is begun is done."""
_AWAITED = ASKED | {DRAIN, signal.SIGCHLD}


@contextmanager
def signals_held() -> Iterator[None]:
    """Blocks the signals that `wait` returns, within the block."""
    ignored = {signal.SIGHUP} if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else set()  # started by nohup
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED - ignored)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wait(seconds: float | None) -> int | None:
    """The next blocked signal, or None after so many seconds (None: never). One SIGCHLD may stand for several children."""
    if seconds is None:
        return signal.sigwaitinfo(_AWAITED).si_signo
    info = signal.sigtimedwait(_AWAITED, max(0.0, seconds))
    return info.si_signo if info else None
