"""Puts pictures without times of their own (H.264 or HEVC without a container) into MP4, so that they can be sought in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from video_automation.media.atomic_files import becoming
from video_automation.media.program import Tools
from video_automation.media.python import conversing

BARE: Final = ("h264", "hevc")
"""Demuxers of streams whose pictures have no times at all, which FFmpeg therefore cannot seek in."""
_CHILD = Path(__file__).with_name("bare_child.py")


def wrap(tools: Tools, path: Path, copy: Path, *, on_progress: Callable[[float], None]) -> None:
    """Puts a bare stream, or an MXF with wrong times, into MP4 or MOV at `copy` in `tools.folder`, whole or not at all.

    Nothing is encoded. Its pictures come one after the other at the rate it tells, at 25 a second where it tells none.
    `on_progress` hears the share that is done, 0 to 1.

    Raises: as `media.python.conversing`.
    """
    readable = replace(tools, readable=(path,))
    with becoming(copy) as partial, conversing(readable, _CHILD, str(path.absolute()), partial.name) as ask:
        while (share := float(ask(b""))) < 1:
            on_progress(share)
