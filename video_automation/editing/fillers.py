"""Filler words: sounds like "um" that say nothing."""

import re
from collections.abc import Sequence

from video_automation.plan.edit import Removal
from video_automation.plan.params import SpeechParams
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline
from video_automation.plan.transcript import Word


def fillers(words: Sequence[Word], params: SpeechParams) -> tuple[Word, ...]:
    """The words that are to be cut out: those on the list, if that is wished for."""
    unwanted = {_bare(filler) for filler in params.fillers}
    return tuple(word for word in words if params.remove_fillers and _bare(word.text) in unwanted)


def removals(cut: Sequence[Word], timeline: Timeline) -> tuple[Removal, ...]:
    """What is missing of the source at each filler that was cut out, and why."""
    found = []
    for word in cut:
        middle = frame_at((word.start_ms + word.end_ms) // 2, timeline.rate)
        before = max((span.end for span in timeline.spans if span.end <= middle), default=0)
        after = min((span.start for span in timeline.spans if span.start > middle), default=None)
        if after is not None and timeline.timeline_frame(middle) is None:
            found.append(Removal(FrameSpan(before, after), f"The filler word “{_bare(word.text)}”."))
    return tuple(found)


def _bare(text: str) -> str:
    return re.sub(r"[^\w']", "", text).casefold()
