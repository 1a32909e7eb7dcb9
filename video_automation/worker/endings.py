"""How a worker ends when told to: at TERM and Ctrl-C it hands its tasks back at once, at USR1 it finishes them first."""

import os
import signal
from typing import Any

from celery.signals import worker_ready
from celery.worker import state


@worker_ready.connect  # type: ignore[untyped-decorator]
def _listen(**_: Any) -> None:
    """Celery finishes tasks at TERM and Ctrl-C, however long that takes, and hands them back at QUIT alone."""
    hand_back = signal.getsignal(signal.SIGQUIT)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, hand_back)
    signal.signal(signal.SIGUSR1, _drain)


def _drain(*_: object) -> None:
    """Takes nothing new, and ends when what runs has ended: Celery's warm shutdown."""
    state.should_stop = os.EX_OK
