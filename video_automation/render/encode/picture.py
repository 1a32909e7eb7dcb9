"""Compiles a picture segment, or a card, into one ffmpeg command that makes exactly the planned frames."""

from fractions import Fraction
from pathlib import Path

from video_automation.media.command import Command, source_args, sum_of
from video_automation.media.pictures.accurate_seek import on_grid, seek
from video_automation.media.pictures.upright import DECODING, upright
from video_automation.plan.source.recording import Picture
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.caption_filters import captioned, drawn_anew
from video_automation.render.drawing.drawing import FOR_VIDEO, Drawing
from video_automation.render.encode import colour_filters
from video_automation.render.encode.chunking import gop_frames
from video_automation.render.encode.logo_filters import overlaid
from video_automation.render.encode.segments import CardSegment, PictureSegment, picture_name


def command(segment: PictureSegment, path: Path) -> Command:
    """The command that encodes exactly the frames of a segment."""
    drawing = drawing_of(segment)
    return Command(
        (
            *(drawing.arguments if drawing else _decoded(segment, path)),
            *("-filter_threads", "1", "-vf", _drawn_filters(segment) if drawing else _filters(segment)),
            *("-fps_mode", "passthrough"),
            *segment.encoding,
            *_joinable(segment.part.rate, segment.gop_s),
        ),
        segment.file_name,
        segment.part.frames,
    )


def card_command(segment: CardSegment) -> Command:
    """The command that encodes a card: its picture, whole and as large as fits, in the middle of its colour."""
    card, size = segment.card, f"{segment.width}:{segment.height}"
    colour = f"color=c=0x{card.colour[1:]}:s={segment.width}x{segment.height}:r={segment.rate}"
    below = "trim=end_frame=1,format=gbrp[below]"
    picture = f"movie={picture_name(card.sha256)},format=gbrap"
    shown = f"scale={size}:force_original_aspect_ratio=decrease:flags=lanczos,setsar=1[shown]"
    frame = f"[below][shown]overlay=(W-w)/2:(H-h)/2:format=gbrp,scale={size}:{segment.scaled},setsar=1,format=yuv420p"
    frames = f"loop=loop={card.frames - 1}:size=1,settb={1 / segment.rate},setpts=N"
    filters = f"{below};{picture},{shown};{frame},{frames},{segment.tagged}"
    return Command(
        (
            *("-f", "lavfi", "-i", colour, "-filter_threads", "1", "-vf", filters, "-fps_mode", "passthrough"),
            *segment.encoding,
            *_joinable(segment.rate, segment.gop_s),
        ),
        segment.file_name,
        card.frames,
    )


def ordinary(picture: Picture) -> tuple[str, ...]:
    """The filters that make ordinary frames of a source's: upright, whole, even in size, of standard range and gamut."""
    return (*upright(picture), colour_filters.narrowed(picture))


def drawing_of(segment: PictureSegment) -> Drawing | None:
    """What is drawn for a segment of a recording of sound alone; None if its picture is decoded."""
    if not segment.source.picture.drawn:
        return None
    return Drawing(segment.source, segment.part, segment.width, segment.height)


def _decoded(segment: PictureSegment, path: Path) -> tuple[str, ...]:
    """The input that decodes the source's picture, from before the segment's first frame on."""
    source = segment.source
    # with `start_us`, times in the filters are those of the source wherever decoding begins
    opened = source_args(path, seek=seek(source, segment.part.spans[0].start), start_us=source.start_us)
    return (*DECODING, *opened, "-map", f"0:{source.picture.stream}")


def _drawn_filters(segment: PictureSegment) -> str:
    """The filters for the drawn frames of a segment, which count from 0."""
    captions = drawn_anew(segment.script_name) if segment.captions else ""
    return ",".join(filter(None, (captions, overlaid(segment.logo, "bt709"), FOR_VIDEO)))


def _captions(segment: PictureSegment) -> str:
    """The filters that draw its captions, which count frames from 0, as those of a chunk do; empty if there are none."""
    if not segment.captions:
        return ""
    return captioned(
        segment.captions,
        segment.script_name,
        size=(segment.width, segment.height),
        rate=segment.part.rate,
        frames=segment.part.frames,
        matrix=colour_filters.matrix(segment.source.picture),
    )


def _filters(segment: PictureSegment) -> str:
    """The filters, in order; from `fps` on, a frame's time is its number in the source."""
    picture, part = segment.source.picture, segment.part
    scaled, tagged = colour_filters.for_video(picture)
    size = (picture.display_width, picture.display_height) if segment.reshaped else (segment.width, segment.height)
    steps = [
        *ordinary(picture),
        f"scale={size[0]}:{size[1]}:{scaled},setsar=1,format=yuv420p",
        # a frame that stays for long is scaled before it is repeated: its copies share memory
        *on_grid(picture, FrameSpan(part.spans[0].start, part.spans[-1].end)),
        f"select='{sum_of([f'between(pts,{span.start},{span.end - 1})' for span in part.spans])}'",
        "setpts=N",
        segment.fitting,
        _captions(segment),
        overlaid(segment.logo, colour_filters.matrix(picture)),
        # last, since filters that join pictures drop these tags
        tagged,
    ]
    return ",".join(step for step in steps if step)


def _joinable(rate: Fraction, gop_s: int) -> tuple[str, ...]:
    """Arguments that make a file of picture alone that can be joined to others: when key frames come, and a clock of frames."""
    keys = ("-g", str(gop_frames(rate, gop_s)), "-flags", "+cgop", "-enc_time_base:v", str(1 / Fraction(rate)))
    return (*keys, "-an", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-f", "mp4")
