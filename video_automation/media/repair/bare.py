"""Wraps pictures without times (H.264 or HEVC without a container) into MP4, so that they can be sought in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from video_automation.media.atomic_files import becoming
from video_automation.media.program import Tools
from video_automation.media.python import conversing

BARE: Final = ("h264", "hevc")
"""Demuxers of streams whose pictures have no times at all; FFmpeg therefore cannot seek in them."""
_CHILD = Path(__file__).with_name("bare_child.py")


def wrap(tools: Tools, path: Path, copy: Path, *, on_progress: Callable[[float], None]) -> None:
    """Wraps a bare stream, or an MXF with wrong times, into MP4 or MOV at `copy` in `tools.folder`, whole or not at all.

    Nothing is encoded. The pictures follow one another at the rate the stream tells, at 25 a second if it tells none.
    `on_progress` receives the share done, 0 to 1.

    Raises: as `media.python.conversing`.
    """
    readable = replace(tools, readable=(path,))
    with becoming(copy) as partial, conversing(readable, _CHILD, str(path.absolute()), partial.name) as ask:
        while (share := float(ask(b""))) < 1:
            on_progress(share)
