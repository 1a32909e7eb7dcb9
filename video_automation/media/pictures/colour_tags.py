"""Finds the colour space of a video: from its tags if they are credible, else from what is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, cast

import av
import av.logging
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer
from av.error import FFmpegError

from video_automation.plan.source.recording import Matrix, Primaries

Transfer = Literal["sdr", "pq", "hlg"]
_MATRICES: dict[int, Matrix] = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_OTHER_MATRICES = {
    8: "YCgCo",
    10: "BT.2020 with constant luminance",
    11: "SMPTE ST 2085",
    12: "derived from their primaries",
    13: "derived from their primaries, with constant luminance",
    14: "ICtCp",
    15: "IPT-C2",
    16: "YCgCo-R",
    17: "YCgCo-R",
}
_UNSPECIFIED = 2
_PRIMARIES: dict[int, Primaries] = {
    1: "bt709",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte170m",
    9: "bt2020",
    11: "smpte431",
    12: "smpte432",
}
_MATRIX_OF: dict[Primaries, Matrix] = {
    "bt709": "bt709",
    "bt470bg": "bt470bg",
    "smpte170m": "smpte170m",
    "bt2020": "bt2020nc",
    "smpte431": "bt709",
    "smpte432": "bt709",
}
_TRANSFERS: dict[int, Transfer] = {16: "pq", 18: "hlg"}
"""All numbers are from ITU-T H.273."""
_SD = (1280, 576)
"""A picture narrower than this and no higher is standard definition."""
_WRITTEN_MATRIX = re.compile(r"\bmatrix_coefficients\b.* = (\d+)")
_DOLBY_5 = re.compile(r"^\s+DOVI configuration record: .*\bprofile: 5,", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour space of a picture, with the fields of `plan.source.recording.Picture`."""

    transfer: Transfer
    matrix: Matrix
    primaries: Primaries


def unusual(video: InputContainer, stream: av.VideoStream, frame: av.VideoFrame) -> str:
    """The name of a video's colour system if it cannot be shown correctly; empty if it can."""
    with _heard():
        told = cast("Any", video).dumps_format()  # the stub lacks it
    if _DOLBY_5.search(told):
        return "Dolby Vision profile 5"
    return "" if frame.format.is_rgb else _OTHER_MATRICES.get(_tag(frame.colorspace, stream.codec_context.colorspace), "")


def colours(stream: av.VideoStream, frame: av.VideoFrame, packet: av.Packet[Any] | None) -> Colours:
    """The colour space of a video; `packet` is its first key packet."""
    context = stream.codec_context
    transfer: Transfer = _TRANSFERS.get(_tag(frame.color_trc, context.color_trc), "sdr")
    primaries = _PRIMARIES.get(_tag(frame.color_primaries, context.color_primaries))
    if frame.format.is_rgb:
        return Colours(transfer, "bt709", "bt709")
    matrix = _MATRICES.get(_tag(frame.colorspace, context.colorspace))
    if matrix is None:
        # an encoder that describes its colours at all, even wrongly, uses today's
        described = primaries or ("bt709" if packet and _is_described(stream, packet) else None)
        matrix = _MATRIX_OF[described] if described else _usual_matrix(frame)
    return Colours(transfer, matrix, primaries or _usual_primaries(frame, matrix))


def _tag(of_frame: int, of_stream: int) -> int:
    return int(of_stream if of_frame == _UNSPECIFIED else of_frame)


def _is_described(stream: av.VideoStream, packet: av.Packet[Any]) -> bool:
    """Whether the coded picture names a matrix, even an unknown one: decoders do not pass that on."""
    with _heard(), av.logging.Capture() as said, suppress(FFmpegError):
        BitStreamFilterContext("trace_headers", stream).filter(packet)
    written = [int(found[1]) for _, _, line in said if (found := _WRITTEN_MATRIX.search(line))]
    return bool(written) and written[-1] != _UNSPECIFIED


@contextmanager
def _heard() -> Iterator[None]:
    """Has FFmpeg's libraries log what PyAV usually silences."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        yield
    finally:
        av.logging.set_level(level)


def _usual_matrix(frame: av.VideoFrame) -> Matrix:
    if frame.width >= _SD[0] or frame.height > _SD[1]:
        return "bt709"
    return "bt470bg" if frame.height == _SD[1] else "smpte170m"


def _usual_primaries(frame: av.VideoFrame, matrix: Matrix) -> Primaries:
    """The primaries of a picture that names none: only television sizes have others than BT.709."""
    if matrix == "bt2020nc":
        return "bt2020"
    if matrix in ("bt470bg", "smpte170m"):
        by_height: dict[int, Primaries] = {480: "smpte170m", 486: "smpte170m", 576: "bt470bg"}
        return by_height.get(frame.height, "bt709")
    return "bt709"
