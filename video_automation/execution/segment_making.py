"""Makes the file of one segment."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from video_automation.errors import ToolError
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.media.refusing.refusals import undecodable
from video_automation.plan.time import ms_at
from video_automation.render.captions import fonts
from video_automation.render.drawing.drawing import draw
from video_automation.render.encode import levelled_sound, picture
from video_automation.render.encode.segments import CardSegment, PictureSegment, Segment, SoundSegment


def make_segment(segment: Segment, source: Path, tools: Tools, on_frames: Callable[[int], None]) -> None:
    """Makes the file of a segment in `tools.folder`, whole or not at all; `on_frames` receives the number of finished frames.

    Raises:
        InputError: this part of the recording cannot be decoded.
        Others as `media.ffmpeg.run`.
    """
    if isinstance(segment, SoundSegment):
        levelled_sound.make_sound(segment, source, tools)
    elif isinstance(segment, CardSegment):
        run(tools, picture.card_command(segment), on_frames=on_frames)
    else:
        _make_picture(segment, source, tools, on_frames)


def _make_picture(segment: PictureSegment, source: Path, tools: Tools, on_frames: Callable[[int], None]) -> None:
    captions = tools.folder / segment.script_name
    if segment.captions:
        captions.write_text(segment.captions, "utf-8")
        tools = replace(tools, readable=(*tools.readable, *fonts.OF_PACKAGES, *fonts.OF_THE_MACHINE))
    command, drawing = picture.command(segment, source), picture.drawing_of(segment)
    try:
        if drawing:
            draw(tools, source, drawing, command, on_frames=on_frames)
        else:
            run(tools, command, on_frames=on_frames)
    except ToolError as error:
        if error.exit_status:
            raise
        raise undecodable(ms_at(segment.part.spans[0].start, segment.part.rate)) from error
    finally:
        captions.unlink(missing_ok=True)
    on_frames(segment.frames)
