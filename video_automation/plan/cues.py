"""Captions of one video: what is shown when, on the video's own clock."""

import unicodedata
from dataclasses import dataclass

from video_automation.plan.text.script import joined
from video_automation.plan.time import FrameSpan

_NO_TEXT = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Unicode's control characters, halves of characters, ends of lines and of paragraphs."""
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that turn the direction of writing, with which a text can look like another."""


def plain_line(text: str) -> str:
    """The text on one line without control characters, whoever wrote it: empty where nothing is left."""
    seen = "".join(" " if unicodedata.category(c) in _NO_TEXT else c for c in text.translate(_TURNING))
    return " ".join(seen.split())


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
        return joined(self.lines)

    @property
    def plain_lines(self) -> tuple[str, ...]:
        """Its lines as they can be shown, whoever wrote them: those of which `plain_line` leaves something."""
        return tuple(filter(None, map(plain_line, self.lines)))
