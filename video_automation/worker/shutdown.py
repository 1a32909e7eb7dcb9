"""How a worker ends: at TERM and Ctrl-C it returns its tasks to the queue at once, at USR1 it finishes them first."""

import os
import signal
from typing import Any

from celery import bootsteps
from celery.signals import worker_shutting_down


class Endings(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery has no types
    """Hears these signals from before the worker looks for Redis, and after Celery has put its own handlers in place.

    Celery finishes tasks at TERM and Ctrl-C, however long that takes, and hands them back at QUIT alone.
    """

    def start(self, _worker: Any) -> None:
        """Listens."""
        from celery.apps import worker as program  # noqa: PLC0415  # as in `_drain`: a web process needs none of it

        hand_back = signal.getsignal(signal.SIGQUIT)

        def end(number: int, frame: Any) -> None:
            """Ends as Celery does, but tells all receivers of its signal first."""
            worker_shutting_down.send(sender=None, sig=signal.Signals(number).name, how="Cold", exitcode=os.EX_SOFTWARE)
            hand_back(number, frame)  # type: ignore[operator, misc]  # Celery has put it there

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        signal.signal(signal.SIGUSR1, _drain)
        program.safe_say = _say_nothing


def _drain(*_: object) -> None:
    """Accepts no new tasks, and ends after the running ones: Celery's warm shutdown."""
    from celery.worker import state  # noqa: PLC0415

    state.should_stop = os.EX_OK
    worker_shutting_down.send(sender=None, sig="SIGUSR1", how="Warm", exitcode=os.EX_OK)


def _say_nothing(*_: object) -> None:
    """Replaces Celery's message about each signal, which would ask for a second Ctrl-C in vain."""
