"""Makes frames of a recording of sound alone: ffmpeg is given drawn frames in place of decoded ones."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video_automation.media.audio.sound import samples
from video_automation.media.command import Command
from video_automation.media.ffmpeg import writing
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.drawing.bars import Strip, heard_span, heights, mask
from video_automation.render.drawing.canvas import Canvas
from video_automation.render.drawing.cover import covered

_TOLD_FRAMES = 15
"""Progress is told once in so many frames."""
FOR_VIDEO = "setparams=range=limited:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
"""The filter that tags frames with the colours they are drawn in."""
DRAWN_COLOURS = ("out_color_matrix=bt709:out_range=limited", f"setsar=0,{FOR_VIDEO}")
"""For another picture in the same video: options of `scale`, and the filters that tag it. Drawn frames name no pixel aspect."""
FOR_JPEG = "scale=in_color_matrix=bt709:out_color_matrix=bt470bg:in_range=limited:out_range=full,format=yuvj420p"
"""The filter for a JPEG, which has no colour tags: its colours are always full-range BT.601."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The frames of a timeline, drawn in a size in pixels, both even."""

    source: Source
    timeline: Timeline
    width: int
    height: int

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments of ffmpeg for the frames that `draw` writes, as its only input."""
        size = f"{self.width}x{self.height}"
        told = ("-pixel_format", "yuv420p", "-video_size", size, "-framerate", str(self.timeline.rate))
        return ("-f", "rawvideo", *told, "-i", "pipe:0")


def draw(
    tools: Tools, path: Path, drawing: Drawing, command: Command, *, on_frames: Callable[[int], None] = lambda _: None
) -> Path:
    """Runs a command whose input is `drawing.arguments`; returns its output in `tools.folder`.

    `path` is the recording; `on_frames` receives how many frames are done.

    Raises: as `media.ffmpeg.run`.
    """
    timeline, size = drawing.timeline, (drawing.width, drawing.height)
    cover = covered(tools, path, drawing.source, *size)
    canvas, strip = cover or Canvas.plain(*size), Strip.of(*size, below=cover is not None)
    every = FrameSpan(timeline.spans[0].start, timeline.spans[-1].end)
    stretch = heard_span(every, timeline.rate)
    with samples(tools, path, drawing.source, [stretch]) as sound, writing(tools, command) as out:
        for frame, levels in enumerate(heights(sound, every, timeline.rate), every.start):
            done = timeline.timeline_frame(frame)
            if done is not None:
                out.write(canvas.painted(mask(levels, strip), strip.x, strip.y))
                if done % _TOLD_FRAMES == 0:
                    on_frames(done)
    return tools.folder / command.output
