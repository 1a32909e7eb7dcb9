"""Saves a speech model's answers about a recording as they come, so that an interrupted run asks nothing twice."""

from collections.abc import Sequence
from typing import Any

from video_automation.analysis.notes import Notes

Asked = Sequence[str | int | None]
"""The question of an answer: plain values."""


class OtherQuestionError(Exception):
    """The saved answers belong to other questions, so they cannot be used."""


class Answers:
    """Answers in the order of their questions: first the saved ones, one after the other, then new ones.

    A note is either a list of a question and its answer, or the number of windows that are done: nothing more is asked about
    those windows.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.windows, self.count = 0, 0
        """At the start: the number of windows done, and of answers saved."""
        for note in notes:
            if isinstance(note, int):
                self.windows = note
            else:
                self.count += 1
        self._before = (note for note in notes if not isinstance(note, int))

    def next(self, asked: Asked) -> Any:
        """The saved answer to the next question; None if there are no more.

        Raises:
            OtherQuestionError: the next answer belongs to another question.
        """
        question, answer = next(self._before, (None, None))
        if question not in (None, list(asked)):
            raise OtherQuestionError
        return answer

    def add(self, asked: Asked, answer: object) -> None:
        """Saves an answer after the existing ones."""
        self._notes.add([list(asked), answer])

    def done_with(self, windows: int) -> None:
        """Notes that this many windows, from the first, are done."""
        if windows > self.windows:
            self._notes.add(windows)
