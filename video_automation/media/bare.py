"""Puts a bare stream of pictures (H.264 or HEVC without a container) into MP4, so that it has times and can be sought in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from video_automation.media.program import Tools
from video_automation.media.python import conversing

BARE: Final = ("h264", "hevc")
"""Demuxers of streams whose pictures have no times at all, which FFmpeg therefore cannot seek in."""
WRAPPED: Final = "wrapped.mp4"
_CHILD = Path(__file__).with_name("bare_child.py")


def wrap(tools: Tools, path: Path, *, on_progress: Callable[[float], None]) -> Path:
    """A copy of a bare stream in MP4, `WRAPPED` in `tools.folder`, which appears whole; nothing is encoded.

    Its pictures come one after the other at the rate the stream tells, at 25 a second where it tells none. `on_progress`
    hears the share that is done, 0 to 1.

    Raises: as `media.python.conversing`.
    """
    whole, partial = tools.folder / WRAPPED, tools.folder / f"{WRAPPED}.part"
    try:
        with conversing(replace(tools, readable=(path,)), _CHILD, str(path.absolute()), partial.name) as ask:
            while (share := float(ask(b""))) < 1:
                on_progress(share)
        partial.rename(whole)
    finally:
        partial.unlink(missing_ok=True)
    return whole
