"""Draws a logo into a picture."""

from video_automation.plan.brand.logo_params import PlacedLogo
from video_automation.render.encode.segments import picture_name


def overlaid(logo: PlacedLogo | None, matrix: str) -> str:
    """The filters that draw a logo into a YUV picture of this colour matrix and limited range; empty if there is none.

    The logo's file is in the folder that ffmpeg runs in. It is one frame, which stays over all frames of the picture.
    """
    if logo is None:
        return ""
    opacity = f",colorchannelmixer=aa={logo.opacity / 100:g}" if logo.opacity < 100 else ""
    return (
        f"null[bare];movie={picture_name(logo.sha256)},format=rgba{opacity},"
        f"scale={logo.width}:{logo.height}:flags=lanczos:out_color_matrix={matrix}:out_range=limited,format=yuva420p[logo];"
        f"[bare][logo]overlay={logo.x}:{logo.y}:eof_action=repeat:format=yuv420"
    )
