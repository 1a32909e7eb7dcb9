"""Makes frames of a recording of sound alone: ffmpeg is given drawn masks in place of a decoded picture, and colours them."""

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

_GROUND, _BARS = (14, 27, 32), (94, 234, 212)
"""Red, green and blue of the ground and of the bars, 0 to 255."""
_TOLD_FRAMES = 15
"""Progress is told once in so many frames."""
FOR_VIDEO = "scale=out_color_matrix=bt709:out_range=limited,setsar=1,format=yuv420p"
"""The filter that makes frames of a video of a drawing."""
FOR_JPEG = "scale=out_color_matrix=bt470bg:out_range=full,setsar=1,format=yuvj420p"
"""The filter that makes a JPEG of a drawing: its colours are always full-range BT.601."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The frames of a timeline, drawn in a size in pixels."""

    source: Source
    timeline: Timeline
    width: int
    height: int

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments of ffmpeg for the masks that `draw` writes, as its only input."""
        size = f"{self.strip.width}x{self.strip.height}"
        told = ("-pixel_format", "gray", "-video_size", size, "-framerate", str(self.timeline.rate))
        return ("-f", "rawvideo", *told, "-i", "pipe:0")

    @property
    def filters(self) -> str:
        """The filters that make whole frames, in RGB, of the masks."""
        strip = self.strip
        ramps = (f"{name}={ground}+{bar - ground}*val/255" for name, ground, bar in zip("rgb", _GROUND, _BARS, strict=True))
        return f"format=gbrp,pad={self.width}:{self.height}:{strip.x}:{strip.y},lutrgb={':'.join(ramps)}"

    @property
    def strip(self) -> Strip:
        """The part of each frame that the bars take."""
        return Strip.of(self.width, self.height)


def draw(
    tools: Tools, path: Path, drawing: Drawing, command: Command, *, on_frames: Callable[[int], None] = lambda _: None
) -> Path:
    """Runs a command whose input is `drawing.arguments`; returns its output in `tools.folder`.

    `path` is the recording; `on_frames` receives how many frames are done.

    Raises: as `media.ffmpeg.run`.
    """
    timeline, strip = drawing.timeline, drawing.strip
    every = FrameSpan(timeline.spans[0].start, timeline.spans[-1].end)
    stretch = heard_span(every, timeline.rate)
    with samples(tools, path, drawing.source, [stretch]) as sound, writing(tools, command) as out:
        for frame, levels in enumerate(heights(sound, every, timeline.rate), every.start):
            done = timeline.timeline_frame(frame)
            if done is not None:
                out.write(mask(levels, strip).tobytes())
                if done % _TOLD_FRAMES == 0:
                    on_frames(done)
    return tools.folder / command.output
