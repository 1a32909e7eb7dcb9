"""Captions of one video: their text, and when each is shown, on the video's own clock."""

import unicodedata
from dataclasses import dataclass

from video_automation.plan.text.script import joined
from video_automation.plan.time import FrameSpan

DASH = "- "
"""Stands before the first words of another speaker."""
_NO_TEXT = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Unicode's control characters, surrogates, line separators and paragraph separators."""
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that change the direction of writing; with them a text can look like another one."""


def plain_line(text: str) -> str:
    """The text on one line without control characters, for untrusted text; empty if nothing is left."""
    seen = "".join(" " if unicodedata.category(c) in _NO_TEXT else c for c in text.translate(_TURNING))
    return " ".join(seen.split())


@dataclass(frozen=True, slots=True)
class CueWord:
    """One word of a cue, and the frames of the timeline in which it is spoken."""

    span: FrameSpan
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: lines of text, from its first to its last frame on the timeline."""

    span: FrameSpan
    lines: tuple[str, ...]
    """At least one, none empty, without line breaks within; plain text, as a person typed or said it."""
    words: tuple[CueWord, ...] = ()
    """When each of its words is spoken; empty if a person has written it."""

    @property
    def text(self) -> str:
        """Its lines joined to one."""
        return joined(self.lines)

    @property
    def plain_lines(self) -> tuple[str, ...]:
        """Its lines made safe to show with `plain_line`, without those that become empty."""
        return tuple(filter(None, map(plain_line, self.lines)))
