"""Captions of one film: what is shown when, on the film's own clock."""

from dataclasses import dataclass

from video_automation.plan.time import FrameSpan


@dataclass(frozen=True, slots=True)
class CueWord:
    """One word of a cue, and the frames of the timeline in which it is spoken."""

    span: FrameSpan
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: lines of text, from its first frame on the timeline up to its last."""

    span: FrameSpan
    lines: tuple[str, ...]
    """At least one, none empty, without line breaks within; plain text, as a person typed or said it."""
    words: tuple[CueWord, ...] = ()
    """When each word of it is spoken; none where a person has written it."""

    @property
    def text(self) -> str:
        """All its lines as one."""
        return " ".join(self.lines)
