"""What a speech model has answered about a recording, noted as it comes: who goes on from there asks nothing twice."""

from collections.abc import Sequence
from typing import Any

from video_automation.analysis.notes import Notes

Asked = Sequence[str | int | None]
"""What an answer was to: plain values."""


class OtherQuestionError(Exception):
    """What is asked now is not what was asked before: these answers are of no use."""


class Answers:
    """Answers in the order of their questions: first those noted before, one after the other, then new ones.

    A note is a list of what was asked and the answer; or a number where so many windows are done with: nothing is asked about
    those again.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.windows, self.count = 0, 0
        """Windows that are done with, and answers there are, at first."""
        for note in notes:
            if isinstance(note, int):
                self.windows = note
            else:
                self.count += 1
        self._before = (note for note in notes if not isinstance(note, int))

    def next(self, asked: Asked) -> Any:
        """The answer noted before to this question, the next one; None where there are no more.

        Raises:
            OtherQuestionError: the next answer is to something else.
        """
        question, answer = next(self._before, (None, None))
        if question not in (None, list(asked)):
            raise OtherQuestionError
        return answer

    def add(self, asked: Asked, answer: object) -> None:
        """Notes an answer, after all that are there."""
        self._notes.add([list(asked), answer])

    def done_with(self, windows: int) -> None:
        """Notes that the first so many windows are done with."""
        if windows > self.windows:
            self._notes.add(windows)
