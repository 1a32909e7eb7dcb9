"""Shows the cover of a recording of sound alone: small and whole, over its large, blurred and dimmed self."""

import logging
from pathlib import Path

from video_automation.errors import LimitError, ToolError
from video_automation.media.command import source_args
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source
from video_automation.render.drawing.canvas import Canvas

log = logging.getLogger(__name__)

_SIDE, _SIDE_WIDE = 0.36, 0.46
"""The longer side of the small cover, as a share of the picture's height, in others and in wide pictures,"""
_MOST_ACROSS = 0.52
"""and at most this share of the width."""
_TOP, _TOP_TALL = 0.08, 0.14
"""Where it begins, as a share of the height; in tall pictures platforms cover what is above."""
_TALL = 1.5
"""How many times as high as wide a tall picture is."""
_LARGEST_PX = 1024
"""The longer side to which a cover is scaled first, in pixels."""
_DIMMED = 0.4
"""The brightness and the colour of the large one, as shares of the cover's."""


def covered(tools: Tools, path: Path, source: Source, width: int, height: int) -> Canvas | None:
    """A frame of this size that shows the cover; None if there is none, or it cannot be decoded.

    It is decoded by ffmpeg, restricted as for any part of a recording.
    """
    if source.cover is None:
        return None
    args = (
        *source_args(path),
        *("-map", f"0:{source.cover}", "-frames:v", "1", "-filter_threads", "1", "-vf", _filters(width, height)),
        *("-an", "-sn", "-dn", "-f", "rawvideo", "-pix_fmt", "yuv420p"),
    )
    try:
        with ffmpeg_output(tools, args) as stream:
            raw = stream.read(width * height * 3 // 2)
    except (ToolError, LimitError) as error:
        log.info("The cover is left out: %s", error)
        return None
    return Canvas.of(raw, width, height) if len(raw) == width * height * 3 // 2 else None


def _filters(width: int, height: int) -> str:
    """The filters that make the frame of the decoded cover."""
    side = 2 * round(min(height * (_SIDE_WIDE if width > height else _SIDE), width * _MOST_ACROSS) / 2)
    top = round(height * (_TOP_TALL if height > _TALL * width else _TOP))
    small = f"{max(2, width // 32 * 2)}:{max(2, height // 32 * 2)}"
    whole = f"{_LARGEST_PX}:{_LARGEST_PX}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    return (
        f"scale={whole}:out_color_matrix=bt709:out_range=limited,setsar=1,format=yuv420p,split[a][b];"
        f"[a]scale={small}:force_original_aspect_ratio=increase:flags=area,crop={small},gblur=sigma=6,"
        f"lutyuv=y=16+(val-16)*{_DIMMED}:u=128+(val-128)*{_DIMMED}:v=128+(val-128)*{_DIMMED},"
        f"scale={width}:{height}:flags=bicubic,setsar=1[ground];"
        f"[b]scale={side}:{side}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,setsar=1[cover];"
        f"[ground][cover]overlay=(W-w)/2:{top}+({side}-h)/2,format=yuv420p"
    )
