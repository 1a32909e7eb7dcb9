"""Who makes segments: the processes of this machine (`execution.local_pool`); what they need of each is in it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from video_automation.media.program import Tools
from video_automation.render.encode.segments import Segment


class Executor(Protocol):
    """Makes segments, several at a time."""

    def run(
        self,
        wanted: Sequence[Segment],
        source: Path,
        tools: Tools,
        *,
        on_frames: Callable[[Segment, int], None],
        on_done: Callable[[Segment], None],
    ) -> None:
        """Makes all segments, begun in this order, of the recording `source`; their files appear whole in `tools.folder`.

        `on_frames` hears, from any thread, how many frames of a segment are done; `on_done` hears, in this one, of each that is
        whole. The first error ends all and is raised.

        Raises:
            InputError: a part of the recording cannot be decoded.
            PipelineError: the first error of any segment; or the reason of `tools.stop`.
        """
