"""Makes still pictures: one source frame each, whole or cut to the shape of a clip."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from video_automation.errors import ToolError
from video_automation.media.command import Command, source_args
from video_automation.media.ffmpeg import run
from video_automation.media.pictures.accurate_seek import on_grid, seek
from video_automation.media.pictures.upright import DECODING
from video_automation.media.program import Tools
from video_automation.media.refusing.refusals import undecodable
from video_automation.plan.source.recording import Source
from video_automation.plan.still import Box, Still
from video_automation.plan.time import FrameSpan, ms_at
from video_automation.plan.timeline import Timeline
from video_automation.render.captions import fonts
from video_automation.render.captions.headlines import headline_script
from video_automation.render.drawing.drawing import FOR_JPEG, Drawing, draw
from video_automation.render.encode import colour_filters
from video_automation.render.encode.picture import ordinary
from video_automation.render.encode.reframe_filters import DIMMED
from video_automation.render.encode.standing import reused_file

_SCRIPT = "headline.ass"
_QUALITY = "3"
"""JPEG quality, 2 to 31: 2 looks the same."""
_JPEG = (
    *("-frames:v", "1", "-fps_mode", "passthrough", "-c:v", "mjpeg", "-threads", "1", "-q:v", _QUALITY),
    *("-an", "-sn", "-dn", "-map_metadata", "-1", "-f", "image2", "-update", "1"),
)
"""The arguments that make the one frame a JPEG."""


def make_stills(source: Source, stills: Iterable[Still], path: Path, tools: Tools) -> tuple[Path, ...]:
    """Makes the missing stills of a source; returns their files, in `tools.folder`, each of which appears whole.

    Raises:
        InputError: the picture cannot be decoded there; else as `media.ffmpeg.run`.
    """
    return tuple(_made(source, still, path, tools) for still in stills)


def _made(source: Source, still: Still, path: Path, tools: Tools) -> Path:
    headline = headline_script(still) if still.headline else ""
    if source.picture.drawn:
        return _drawn(source, still, path, tools, headline)
    command = _command(source, still, path)
    content = (source.id, command, headline) if headline else (source.id, command)

    def make() -> Path:
        with _lettering(headline, tools) as able:
            return run(able, command)

    try:
        return reused_file(tools, command.output, content, make)
    except ToolError as error:
        if error.exit_status:
            raise
        raise undecodable(ms_at(still.frame, source.picture.rate)) from error


def _command(source: Source, still: Still, path: Path) -> Command:
    picture = source.picture
    shown = FrameSpan(still.frame, still.frame + 1)
    filters = (
        *ordinary(picture),
        f"scale={picture.display_width}:{picture.display_height}:{colour_filters.for_jpeg(picture)},setsar=1,format=yuv420p",
        *on_grid(picture, shown),
        f"select='eq(pts,{still.frame})'",
        _shape(still),
        _headline(still),
    )
    return Command(
        (
            *DECODING,
            *source_args(path, seek=seek(source, still.frame), start_us=source.start_us),
            *("-map", f"0:{picture.stream}", "-filter_threads", "1", "-vf", ",".join(filter(None, filters))),
            *_JPEG,
        ),
        still.name,
        1,
    )


@contextmanager
def _lettering(headline: str, tools: Tools) -> Iterator[Tools]:
    """The tools of a program that draws this script, which lies in their folder meanwhile, as its fonts do."""
    if not headline:
        yield tools
        return
    fonts.provide(tools.folder, (headline,))
    script = tools.folder / _SCRIPT
    script.write_text(headline, "utf-8")
    try:
        yield replace(tools, readable=(*tools.readable, *fonts.OF_PACKAGES, *fonts.OF_THE_MACHINE))
    finally:
        script.unlink()


def _headline(still: Still) -> str:
    """The filters that draw its headline, if it has one: at time 0, as the script has it."""
    return f"setpts=0,ass=f={_SCRIPT}:fontsdir={fonts.FOLDER}" if still.headline else ""


def _drawn(source: Source, still: Still, path: Path, tools: Tools, headline: str) -> Path:
    """A frame of a drawn picture, drawn at the still's own size."""
    shown = Timeline(source.id, source.picture.rate, (FrameSpan(still.frame, still.frame + 1),))
    drawing = Drawing(source, shown, still.width, still.height)
    filters = ",".join(filter(None, (FOR_JPEG, _headline(still))))
    command = Command((*drawing.arguments, "-filter_threads", "1", "-vf", filters, *_JPEG), still.name, 1)
    content = (drawing, command, headline) if headline else (drawing, command)

    def make() -> Path:
        with _lettering(headline, tools) as able:
            return draw(able, path, drawing, command)

    return reused_file(tools, still.name, content, make)


def _shape(still: Still) -> str:
    """The filters that turn its boxes into a picture of its size, or the whole frame into one over its blurred copy."""
    wide, high = still.width, still.height
    if not still.boxes:
        return (
            f"split[a][b];[a]scale={wide}:{high}:force_original_aspect_ratio=increase,crop={wide}:{high},gblur=sigma=40,lutyuv=y=val*{DIMMED}[blurred];"
            f"[b]scale={wide}:{high}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos[whole];"
            "[blurred][whole]overlay=(W-w)/2:(H-h)/2,format=yuvj420p"
        )
    if len(still.boxes) == 1:
        return f"{_cut(still.boxes[0])},scale={wide}:{high}:flags=lanczos,format=yuvj420p"
    upper = high // 4 * 2
    first, second = map(_cut, still.boxes)
    return (
        f"split[a][b];[a]{first},scale={wide}:{upper}:flags=lanczos[above];"
        f"[b]{second},scale={wide}:{high - upper}:flags=lanczos[below];[above][below]vstack,format=yuvj420p"
    )


def _cut(box: Box) -> str:
    return f"crop={box.width}:{box.height}:{box.x}:{box.y}:exact=1"
