"""Writes captions as files for players: SRT and WebVTT. No text in a caption can break their format."""

import re

from video_automation.plan.cues import Cue
from video_automation.plan.rendition import Rendition

NO_BRACES = str.maketrans("{}", "()")
"""Players hide text in braces, in SRT and in the text tracks ffmpeg makes; neither format has an escape."""
_JOINER = "\u2060"
"""An invisible character that separates two others that would form a command: SRT has no other escape."""
_COMMANDS = re.compile(r"<(?=\S)|\\|--(?=>)|&(?=#|[a-zA-Z]+;)")


def srt(rendition: Rendition) -> str:
    """The captions of a video as SRT."""
    blocks = (
        "\n".join((str(number), _times(cue, rendition, ","), *map(_broken, cue.plain_lines), ""))
        for number, cue in enumerate(_shown(rendition), 1)
    )
    return "\n".join(blocks)


def vtt(rendition: Rendition) -> str:
    """The captions of a video as WebVTT."""
    blocks = ("\n".join((_times(cue, rendition, "."), *map(_escaped, cue.plain_lines), "")) for cue in _shown(rendition))
    return "\n".join(("WEBVTT\n", *blocks))


def _shown(rendition: Rendition) -> tuple[Cue, ...]:
    return tuple(cue for cue in rendition.cues if cue.plain_lines)


def _times(cue: Cue, rendition: Rendition, point: str) -> str:
    return " --> ".join(_time(rendition.shown_ms(frame), point) for frame in (cue.span.start, cue.span.end))


def _time(ms: int, point: str) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def _broken(line: str) -> str:
    return _COMMANDS.sub(rf"\g<0>{_JOINER}", line.translate(NO_BRACES))


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
