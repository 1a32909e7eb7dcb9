"""What the codec of a track is called, also of one nobody here can read. Used in the probe's own process alone."""

from __future__ import annotations

import re

import av.logging
from av.container import InputContainer

from video_automation.media.track import Stream


def codec_name(film: InputContainer, stream: Stream) -> str:
    """As FFmpeg calls it; where that does not know it, the four letters the file has for it; else "unknown"."""
    if stream.codec_context:
        return str(stream.codec_context.codec.canonical_name)
    level = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)  # the text is logged, and gathered from there
    try:
        text = film.dumps_format()  # type: ignore[attr-defined]  # it is there
    finally:
        av.logging.set_level(level)
    found = re.search(
        rf"^ *Stream #0:{stream.index}\b[^:]*: \w+: (\w+)[^(,\n]*(?:\((?:\w+\) \()?(\w{{4}}) /)?", text, re.MULTILINE
    )
    name, letters = found.groups() if found else ("none", None)
    return str(letters or "unknown") if name == "none" else str(name)
