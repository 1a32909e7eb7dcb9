"""Lists the segments of a video: values that describe one independent piece of work each, fit for any machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from video_automation.plan.brand.card_params import Card
from video_automation.plan.brand.logo_params import PlacedLogo
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.typefaces import OF_FONTS, Typefaces
from video_automation.render.drawing.drawing import DRAWN_COLOURS
from video_automation.render.encode import colour_filters
from video_automation.render.encode.chunking import GOP_S, chunks
from video_automation.render.encode.encoders import CHOSEN, Encoder
from video_automation.render.encode.reframe_filters import fitting

_VERSION = 5
"""Part of every id: raise it when the same plan would give other bytes."""
_CLEANING = 1
"""Likewise, of ids of sound that is cleaned."""


@dataclass(frozen=True, slots=True)
class PictureSegment:
    """A chunk of the picture of one video. Safe to make twice; its file proves that it is done."""

    id: str
    """A hash of everything that determines its bytes."""
    video: str
    """The name of its video."""
    span: FrameSpan
    """Its frames on the timeline of that video."""
    source: Source
    part: Timeline
    """The source frames it shows."""
    width: int
    height: int
    fitting: str
    """The filters that fit its picture into another shape; empty if the shape is unchanged."""
    captions: str
    """Its captions, as an ASS script; empty if there are none."""
    encoding: tuple[str, ...]
    """ffmpeg's arguments for the encoder."""
    reshaped: bool
    """Whether its shape differs from the source's, so that it is fitted at full size."""
    weight: int
    """Roughly what it costs, in encoded frames."""
    logo: PlacedLogo | None = None
    """The logo drawn into its picture, the file of which is `picture_name(...)` in the folder of segments."""
    gop_s: int = GOP_S
    """A picture that can be decoded by itself comes at least once in so many seconds."""
    kind: Literal["picture"] = "picture"

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of segments."""
        return f"{self.id}.mp4"

    @property
    def script_name(self) -> str:
        """The name of its captions' file, which exists while the segment is made."""
        return f"{self.id}.ass"

    @property
    def frames(self) -> int:
        """The number of its frames."""
        return self.span.length


@dataclass(frozen=True, slots=True)
class SoundSegment:
    """The whole sound of one video, silent under its cards. Safe to make twice; its file proves that it is done."""

    id: str
    """A hash of everything that determines its bytes."""
    video: str
    """The name of its video."""
    source: Source
    timeline: Timeline
    """The source frames whose sound is kept."""
    gain_db: float
    ceiling_dbtp: float
    target_lufs: float
    audio_kbps: int
    weight: int
    """Its rough cost, in encoded frames."""
    before: int = 0
    after: int = 0
    """How many frames are silent before the timeline, and after it."""
    cleaned: tuple[FrameSpan, ...] = ()
    """Where the noise of the source's sound is turned down."""
    kind: Literal["sound"] = "sound"

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of segments."""
        return f"{self.id}.mp4"

    @property
    def frames(self) -> int:
        """The number of its picture frames: none."""
        return 0


@dataclass(frozen=True, slots=True)
class CardSegment:
    """The picture of a card, before or after the timeline of one video. Safe to make twice; its file proves that it is done."""

    id: str
    """A hash of everything that determines its bytes."""
    video: str
    """The name of its video."""
    card: Card
    """What it shows; its file is `picture_name(...)` in the folder of segments."""
    rate: Fraction
    width: int
    height: int
    scaled: str
    """Options of `scale` for the colours of the video,"""
    tagged: str
    """and the filter that tags frames with them."""
    encoding: tuple[str, ...]
    """ffmpeg's arguments for the encoder."""
    weight: int
    """Roughly what it costs, in encoded frames."""
    gop_s: int = GOP_S
    """A picture that can be decoded by itself comes at least once in so many seconds."""
    kind: Literal["card"] = "card"

    @property
    def file_name(self) -> str:
        """The name of its file in the folder of segments."""
        return f"{self.id}.mp4"

    @property
    def frames(self) -> int:
        """The number of its frames."""
        return self.card.frames


Segment = Annotated[PictureSegment | SoundSegment | CardSegment, Field(discriminator="kind")]
_SEGMENT: TypeAdapter[Segment] = TypeAdapter(Segment)


def segment_json(segment: Segment) -> bytes:
    """A segment as JSON, to be made elsewhere."""
    return _SEGMENT.dump_json(segment)


def segment_from_json(text: bytes) -> Segment:
    """The segment in a JSON text that `segment_json` wrote. Raises pydantic's ValidationError for other texts."""
    return _SEGMENT.validate_json(text)


def picture_name(sha256: str) -> str:
    """The name of a logo's or a card's file, which has this hash, in the folder of segments."""
    return f"picture-{sha256}.png"


def segments(
    plan: EditPlan, rendition: Rendition, encoder: Encoder = CHOSEN, *, fonts: Mapping[str, Typefaces] = OF_FONTS
) -> tuple[Segment, ...]:
    """The segments of a rendition: its sound, if it has one, then its picture, cards included, in the order it is shown.

    `fonts` are the typefaces of the fonts its captions may be in.
    """
    begins = [span.start for span in rendition.framing.spans] if rendition.framing else []
    sound, parts = _sound(plan, rendition), chunks(rendition.timeline, begins, reach=plan.source.picture.reach)
    picture = tuple(_picture(plan.source, rendition, chunk, script(rendition, chunk, fonts), encoder) for chunk in parts)
    opening, closing = rendition.cards.opening, rendition.cards.closing
    before = (_card(plan.source, rendition, opening, encoder),) if opening else ()
    after = (_card(plan.source, rendition, closing, encoder),) if closing else ()
    shown = (*before, *picture, *after)
    return (sound, *shown) if sound else shown


def _card(source: Source, rendition: Rendition, card: Card, encoder: Encoder) -> CardSegment:
    """A card with the size, rate, colours and encoding of the video, so that both are joined by copying."""
    encoding, rate = encoder.arguments(rendition.encode), rendition.timeline.rate
    scaled, tagged = DRAWN_COLOURS if source.picture.drawn else colour_filters.for_video(source.picture)
    shown = (card, rate, rendition.width, rendition.height, scaled, tagged, encoding)
    return CardSegment(
        _id(("card", encoder.name, *shown)), rendition.name, *shown, weight=1 + card.frames // 4, gop_s=encoder.gop_s
    )


def _picture(source: Source, rendition: Rendition, chunk: FrameSpan, captions: str, encoder: Encoder) -> PictureSegment:
    part = rendition.timeline.slice(chunk)
    encoding = encoder.arguments(rendition.encode)
    fitted = fitting(rendition, chunk)
    content: tuple[object, ...] = (
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
    if source.picture.drawn:
        content = (*content, source.sound, source.cover)
    if rendition.logo:
        content = (*content, rendition.logo)
    dropped_inside = part.spans[-1].end - part.spans[0].start - part.frames
    return PictureSegment(
        _id(content),
        rendition.name,
        chunk,
        source,
        part,
        rendition.width,
        rendition.height,
        fitted,
        captions,
        encoding,
        reshaped=rendition.framing is not None,
        weight=chunk.length + dropped_inside // 4,
        logo=rendition.logo,
        gop_s=encoder.gop_s,
    )


def _sound(plan: EditPlan, rendition: Rendition) -> SoundSegment | None:
    if plan.source.sound is None or rendition.gain_db is None:
        return None
    target = plan.params.level.target_lufs
    level = (target, rendition.gain_db, rendition.ceiling_dbtp)
    source = (plan.source.id, plan.source.start_us, plan.source.sound, plan.source.picture.frames)
    content: tuple[object, ...] = ("sound", source, rendition.timeline, level, rendition.encode.audio_kbps)
    before, after = rendition.cards.before, rendition.cards.after
    if before or after:
        content = (*content, before, after)
    if plan.cleaned:
        content = (*content, plan.cleaned, _CLEANING)
    return SoundSegment(
        _id(content),
        rendition.name,
        plan.source,
        rendition.timeline,
        rendition.gain_db,
        rendition.ceiling_dbtp,
        target,
        rendition.encode.audio_kbps,
        weight=1 + rendition.timeline.frames // 16,
        before=before,
        after=after,
        cleaned=plan.cleaned,
    )


def _id(content: tuple[object, ...]) -> str:
    """A hash of everything that determines a segment's bytes: plans are plain values, so equal ones have equal texts."""
    return sha256(repr((_VERSION, content)).encode()).hexdigest()[:32]
