"""The encoders of pictures, one record each, and the one in use.

To add one, add its record to `ENCODERS`: no other code knows its name or arguments. Every encoder makes H.264 in 4:2:0 and 8
bits, since chunks are joined by copying and every player shows that format.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from video_automation.plan.params import EncodeParams
from video_automation.render.encode.chunking import GOP_S


@dataclass(frozen=True, slots=True)
class Encoder:
    """One way to encode a picture."""

    name: str
    """Part of the id of each segment it makes, so that segments of two encoders are never mixed up."""
    arguments: Callable[[EncodeParams], tuple[str, ...]]
    """What makes ffmpeg use it, for frames of yuv420p in memory; without how often key frames come."""
    sessions: int | None = None
    """How many of it may run at a time; None: as many as there are cores."""
    gop_s: int = GOP_S
    """A picture that can be decoded by itself comes at least once in so many seconds."""

    def at_once(self, cores: int) -> int:
        """How many of it run at a time on this many free cores."""
        return cores if self.sessions is None else min(cores, self.sessions)


_ALWAYS_THREE_B_FRAMES = ("-b_strategy", "0", "-weightp", "none")
"""Deciding how many, and weighing for fades, takes `superfast` a seventh of its time; talks look no better for it."""


def _x264(encode: EncodeParams) -> tuple[str, ...]:
    """One thread each, since one encoder runs on each core."""
    return (
        *("-c:v", "libx264", "-threads", "1", "-preset", encode.preset, "-crf", str(encode.crf), "-profile:v", "high"),
        *(_ALWAYS_THREE_B_FRAMES if encode.preset == "superfast" else ()),
        *("-a53cc", "0"),
    )


ENCODERS: Mapping[str, Encoder] = MappingProxyType(
    {encoder.name: encoder for encoder in (Encoder("libx264", _x264), Encoder("libx264-seekable", _x264, gop_s=1))}
)
CHOSEN = ENCODERS["libx264"]
"""The one all results are encoded by."""
SEEKABLE = ENCODERS["libx264-seekable"]
"""The one proxies are encoded by: a player that jumps about has little to decode before it shows something."""
