"""Compiles a chunk of picture into one ffmpeg command that gives exactly the planned frames."""

from fractions import Fraction
from pathlib import Path

from video_automation.media.command import Command, source_args
from video_automation.media.pictures.accurate_seek import on_grid, seek
from video_automation.media.pictures.upright import DECODING, upright
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions import fonts
from video_automation.render.encode import colour_filters
from video_automation.render.encode.chunking import gop_frames
from video_automation.render.encode.units import Unit


def command(source: Source, unit: Unit, path: Path) -> Command:
    """What encodes the frames of a picture unit, and nothing else."""
    rendition = unit.rendition
    part = rendition.timeline.slice(unit.span)
    return Command(
        (
            # with `start_us`, times in the filters are those of the source wherever decoding begins
            *DECODING,
            *source_args(path, seek=seek(source, part.spans[0].start), start_us=source.start_us),
            *("-map", f"0:{source.picture.stream}", "-filter_threads", "1", "-vf", _filters(source.picture, unit, part)),
            *("-fps_mode", "passthrough"),
            *unit.encoding,
            *_key_frames(rendition),
            *("-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4"),
        ),
        unit.file_name,
        part.frames,
    )


def ordinary(picture: Picture) -> tuple[str, ...]:
    """The filters that make ordinary frames of a source's: upright, whole, even in size, of standard range and gamut."""
    return (*upright(picture), colour_filters.narrowed(picture))


def _filters(picture: Picture, unit: Unit, part: Timeline) -> str:
    """The filters, in order; from `fps` on, a frame's time is its number in the source."""
    rendition = unit.rendition
    scaled, tagged = colour_filters.for_video(picture)
    steps = [
        *ordinary(picture),
        f"scale={_sized(picture, rendition)}:{scaled},setsar=1,format=yuv420p",
        # a frame that stays for long is scaled before it is repeated: repetitions share its memory
        *on_grid(picture, FrameSpan(part.spans[0].start, part.spans[-1].end)),
        "select='" + "+".join(f"between(pts,{span.start},{span.end - 1})" for span in part.spans) + "'",
        "setpts=N",
        unit.fitting,
        # frames now count from 0, as the captions of a chunk do
        f"ass=f={unit.script_name}:fontsdir={fonts.FOLDER}" if unit.captions else "",
        # last, since a filter that joins pictures forgets these
        tagged,
    ]
    return ",".join(step for step in steps if step)


def _sized(picture: Picture, rendition: Rendition) -> str:
    """The size frames have before they are fitted into another shape: the video's own where they are not."""
    if rendition.framing is None:
        return f"{rendition.width}:{rendition.height}"
    return f"{picture.display_width}:{picture.display_height}"


def _key_frames(rendition: Rendition) -> tuple[str, ...]:
    """How often they come, and a clock that counts frames."""
    rate = rendition.timeline.rate
    return ("-g", str(gop_frames(rate)), "-flags", "+cgop", "-enc_time_base:v", str(1 / Fraction(rate)))
