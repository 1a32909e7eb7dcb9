"""Lists the units of rendering: pieces of work whose finished file stands for itself."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_captions import script
from video_automation.render.encode.chunking import chunks
from video_automation.render.encode.encoders import CHOSEN, Encoder
from video_automation.render.encode.reframe_filters import fitting

_VERSION = 4
"""Part of every id: raise it when the same plan would give other bytes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A chunk of picture, or the whole sound, of one rendition. Safe to make twice; its file is its proof.

    `span` are frames of the rendition's timeline. `weight` is roughly what it costs, in encoded frames.
    """

    id: str
    kind: Literal["picture", "sound"]
    rendition: Rendition
    span: FrameSpan
    weight: int
    fitting: str = ""
    """The filters that fit its picture into another shape; empty where it keeps its own."""
    captions: str = ""
    """What is drawn into it, as an ASS script; empty where nothing is."""
    encoding: tuple[str, ...] = ()
    """ffmpeg's arguments for the encoder of its picture."""

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of units."""
        return f"{self.id}.mp4"

    @property
    def script_name(self) -> str:
        """The name of its captions' file, which is there while it is made."""
        return f"{self.id}.ass"


def units(plan: EditPlan, rendition: Rendition, encoder: Encoder = CHOSEN) -> tuple[Unit, ...]:
    """The units of a rendition: its sound, if it has one, then its picture in the order of the timeline."""
    sound, parts = _sound(plan, rendition), chunks(rendition.timeline, reach=plan.source.picture.reach)
    picture = tuple(_picture(plan.source, rendition, chunk, encoder) for chunk in parts)
    return (sound, *picture) if sound else picture


def _picture(source: Source, rendition: Rendition, chunk: FrameSpan, encoder: Encoder) -> Unit:
    part = rendition.timeline.slice(chunk)
    encoding = encoder.arguments(rendition.encode)
    fitted, captions = fitting(rendition, chunk), script(rendition, chunk)
    content = (
        "picture",
        source.id,
        source.container,
        source.start_us,
        source.picture,
        part,
        rendition.width,
        rendition.height,
        encoder.name,
        encoding,
        fitted,
        captions,
    )
    dropped_inside = part.spans[-1].end - part.spans[0].start - part.frames
    weight = chunk.length + dropped_inside // 4
    return Unit(_id(content), "picture", rendition, chunk, weight, fitted, captions, encoding)


def _sound(plan: EditPlan, rendition: Rendition) -> Unit | None:
    if plan.source.sound is None or rendition.gain_db is None:
        return None
    level = (plan.params.level.target_lufs, rendition.gain_db, rendition.ceiling_dbtp)
    source = (plan.source.id, plan.source.start_us, plan.source.sound, plan.source.picture.frames)
    content = ("sound", source, rendition.timeline, level, rendition.encode.audio_kbps)
    whole = FrameSpan(0, rendition.timeline.frames)
    return Unit(_id(content), "sound", rendition, whole, 1 + whole.length // 16)


def _id(content: tuple[object, ...]) -> str:
    """A hash of everything that decides a unit's bytes: plans are plain values, so their texts are equal when they are."""
    return sha256(repr((_VERSION, content)).encode()).hexdigest()[:32]
