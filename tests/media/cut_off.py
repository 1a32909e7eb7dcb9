"""Interrupts work after it has saved something so many times, as the time limit of a task does."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from video_automation.errors import TimeUpError
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools

T = TypeVar("T")


def cut_off(work: Callable[[Tools], T], folder: Path, video: Path, *, at_most: int = 10**6) -> tuple[T | None, int]:
    """The result of the work, and how many times it saved something; None as result if it was interrupted (`at_most`)."""
    stop, count = Stop(), 0

    def saved() -> None:
        nonlocal count
        count += 1
        if count == at_most:
            stop.set(TimeUpError("enough"))

    try:
        return work(Tools(folder, (video,), stop, saved=saved)), count
    except TimeUpError:
        return None, count
