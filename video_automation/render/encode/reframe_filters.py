"""Compiles the framing of one chunk, a displayed picture in a video of another shape, into filters."""

from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.cropping import crop_filter

_SHARP = "flags=lanczos:out_range=limited"
_SMALL = 16
"""The background is blurred at this share of its size, where that costs next to nothing."""
DIMMED = 0.6
"""The brightness of the background, as a share of the picture's."""
_FREE_FROM, _FREE_TO = 0.14, 0.61
"""The part of an upright video's height that is free of captions and of the platforms' own controls."""


def fitting(rendition: Rendition, chunk: FrameSpan) -> str:
    """The filters for frames of the displayed size, counted from the chunk's first one; empty if none are needed.

    The layout is the same in the whole chunk.
    """
    if rendition.framing is None:
        return ""
    framed = rendition.framing.at(chunk.start)
    width, height = rendition.width, rendition.height
    if framed.layout == "crop":
        return f"{crop_filter(framed.crops[0], chunk)},scale={width}:{height}:{_SHARP},setsar=1"
    if framed.layout == "stack":
        upper = height // 4 * 2
        first, second = (crop_filter(path, chunk) for path in framed.crops)
        return (
            f"split[a][b];[a]{first},scale={width}:{upper}:{_SHARP},setsar=1[above];"
            f"[b]{second},scale={width}:{height - upper}:{_SHARP},setsar=1[below];[above][below]vstack"
        )
    small = f"{max(2, width // _SMALL // 2 * 2)}:{max(2, height // _SMALL // 2 * 2)}"
    return (
        f"split[a][b];[a]scale={small}:force_original_aspect_ratio=increase:flags=area,crop={small},"
        f"gblur=sigma=3,lutyuv=y=val*{DIMMED},scale={width}:{height}:flags=bicubic:out_range=limited,setsar=1[blurred];"
        f"[b]scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2:{_SHARP},setsar=1[whole];"
        f"[blurred][whole]overlay=(W-w)/2:{_height(rendition)},format=yuv420p"
    )


def _height(rendition: Rendition) -> str:
    """The vertical place of the whole picture: in the middle, or as far above as keeps it free of captions."""
    if not rendition.burn_in or rendition.height <= rendition.width:
        return "(H-h)/2"
    return f"'min((H-h)/2,max(H*{_FREE_FROM},H*{_FREE_TO}-h))'"
