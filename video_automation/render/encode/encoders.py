"""The encoders of pictures, one record each, and the one that is used.

To add one, add its record to `ENCODERS`: nothing else knows what it is called or which arguments it takes. Every encoder gives
H.264 in 4:2:0 and 8 bits, since chunks are joined by copy and players show that everywhere.
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
    """Part of the id of every unit it makes, so that units of two encoders never stand for each other."""
    arguments: Callable[[EncodeParams], tuple[str, ...]]
    """What makes ffmpeg use it, for frames of yuv420p in memory; without how often key frames come."""
    sessions: int | None = None
    """How many of it may run at a time; None: as many as there are cores."""
    gop_s: int = GOP_S
    """A picture that can be decoded by itself comes at least once in so many seconds."""

    def at_once(self, cores: int) -> int:
        """How many of it run at a time where so many cores are free."""
        return cores if self.sessions is None else min(cores, self.sessions)


def _x264(encode: EncodeParams) -> tuple[str, ...]:
    """With one thread, since as many run side by side as there are cores."""
    return (
        *("-c:v", "libx264", "-threads", "1", "-preset", encode.preset, "-crf", str(encode.crf), "-profile:v", "high"),
        *("-a53cc", "0"),
    )


ENCODERS: Mapping[str, Encoder] = MappingProxyType(
    {encoder.name: encoder for encoder in (Encoder("libx264", _x264), Encoder("libx264-seekable", _x264, gop_s=1))}
)
CHOSEN = ENCODERS["libx264"]
"""The one all results are encoded by."""
SEEKABLE = ENCODERS["libx264-seekable"]
"""The one proxies are encoded by: a player that jumps about has little to decode before it shows something."""
