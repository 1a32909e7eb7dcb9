"""Decodes an untrusted picture and encodes it anew. Run by `media.brand.brand_reading` in its own process, never imported.

    python picture_child.py FILE MOST_PIXELS LONGEST_SIDE

It prints a line of JSON, the size in pixels of a PNG that follows, whose longer side is LONGEST_SIDE at most; or what is wrong
with the picture, as `{"problem": ...}`. Any exception is a picture that cannot be decoded.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from io import BytesIO

import av
import av.subtitles.codeccontext  # PyAV would otherwise import these after file access is closed
import av.subtitles.stream
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from video_automation.media import sandbox

_KINDS = ((b"\x89PNG\r\n\x1a\n", "png_pipe", "png"), (b"\xff\xd8\xff", "jpeg_pipe", "mjpeg"), (b"RIFF", "webp_pipe", "webp"))
"""How each kind of picture begins, and what reads it."""


def main(path: str, most_pixels: int, longest: int) -> None:
    """Prints the answer."""
    with open(path, "rb") as file:  # noqa: PTH123  # pathlib says no more
        content = file.read()
    sandbox.confine((), ())
    kind = next(((reader, decoder) for begin, reader, decoder in _KINDS if content.startswith(begin)), None)
    if kind is None:
        sys.stdout.buffer.write(_told({"problem": "no_picture"}))
        return
    frame = _decoded(content, *kind, most_pixels)
    if frame is None:
        sys.stdout.buffer.write(_told({"problem": "too_many_pixels"}))
        return
    small = _scaled(frame, longest)
    sys.stdout.buffer.write(_told({"width": small.width, "height": small.height}) + _png(small))


def _decoded(content: bytes, reader: str, decoder: str, most_pixels: int) -> VideoFrame | None:
    """The picture; None if it has more pixels than it may."""
    options = {"format_whitelist": reader, "codec_whitelist": decoder}
    most = {"max_pixels": str(most_pixels)}
    with av.open(BytesIO(content), "r", format=reader, container_options=options, options=most) as file:
        assert isinstance(file, InputContainer)
        stream = file.streams.video[0]
        stream.codec_context.thread_count = 1
        if stream.codec_context.width * stream.codec_context.height > most_pixels:
            return None
        return next(iter(file.decode(stream)))


def _scaled(frame: VideoFrame, longest: int) -> VideoFrame:
    share = min(1.0, longest / max(frame.width, frame.height))
    return frame.reformat(
        max(1, round(frame.width * share)), max(1, round(frame.height * share)), "rgba", interpolation="LANCZOS"
    )


def _png(frame: VideoFrame) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = frame.width, frame.height, "rgba", Fraction(1)
    frame.pts = 0
    return b"".join(bytes(packet) for part in (frame, None) for packet in encoder.encode(part))


def _told(answer: dict[str, str | int]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
