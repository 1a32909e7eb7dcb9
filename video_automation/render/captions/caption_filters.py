"""Draws captions into a picture: each of their looks once, or all of them anew in each frame."""

from fractions import Fraction

from pysubs2 import SSAFile

from video_automation.media.command import sum_of
from video_automation.render.captions import fonts

_FRAMES_FOR_A_LOOK = 16
"""Captions that look different more than once in so many frames are drawn anew in each: looks cost more than they save."""


def drawn_anew(file: str) -> str:
    """The filter that has libass draw the captions of a script file in each frame; frames count from 0."""
    return f"ass=f={file}:fontsdir={fonts.FOLDER}"


def captioned(script: str, file: str, *, size: tuple[int, int], rate: Fraction, frames: int, matrix: str) -> str:
    """The filters that draw captions into `frames` frames, which count from 0: 8-bit 4:2:0, of limited range and this matrix.

    libass draws a caption anew in each frame, although nothing of it moves. So it draws each look over nothing but zeros and
    over nothing but 255: the first is what the look adds to a picture, and their difference is the share of the picture that is
    still seen through it. With both, each frame takes one multiplication and one addition, and differs by 2 of 255 at most.
    """
    looks = changes(script, rate, frames)
    if len(looks) * _FRAMES_FOR_A_LOOK > frames:
        return drawn_anew(file)
    shown = sum_of([f"eq(n,{frame})" for frame in looks])
    return (
        f"format=yuv420p[bare];color=s={size[0]}x{size[1]}:r={rate},trim=end_frame={frames},select='{shown}',format=yuv420p,"
        f"setparams=colorspace={matrix}:range=limited,split[first][second];"
        f"[first]lutyuv=y=0:u=0:v=0,{drawn_anew(file)},split[added][added_too];"
        f"[second]lutyuv=y=255:u=255:v=255,{drawn_anew(file)}[over_white];"
        "[over_white][added_too]blend=all_mode=difference[seen];"
        "[bare][seen]blend=all_mode=multiply[dimmed];[dimmed][added]blend=all_mode=addition"
    )


def changes(script: str, rate: Fraction, frames: int) -> tuple[int, ...]:
    """The frames, of so many, from which on the captions of a libass script look different; the first is 0."""
    events = SSAFile.from_string(script, "ass").events
    borders = {_first_frame(ms, rate) for event in events for ms in (event.start, event.end)}
    return tuple(sorted({0} | {frame for frame in borders if frame < frames}))


def _first_frame(ms: int, rate: Fraction) -> int:
    """The first frame that is not before a time, as libass counts; at 60 frames a second and fewer, none is right at it."""
    return max(0, -(-ms * rate.numerator // (1000 * rate.denominator)))
