"""One encoded output: its frames of the source, its size, loudness and encoding."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator

from video_automation.plan.brand.card_params import Cards
from video_automation.plan.brand.logo_params import PlacedLogo
from video_automation.plan.choices import LONG_VIDEO_STYLE, CaptionStyleName
from video_automation.plan.crop import Framing
from video_automation.plan.cues import Cue
from video_automation.plan.params import CaptionPlace, EncodeParams, LookParams
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.time import FrameSpan, ms_at
from video_automation.plan.timeline import Timeline


def _with_spans(framing: object) -> object:
    """A stored framing; if only the single layout of a whole video was stored, with one span of it."""
    return {"spans": [framing]} if isinstance(framing, dict) and "spans" not in framing else framing


@dataclass(frozen=True, slots=True)
class Rendition:
    """One video, encoded exactly once, straight from the source.

    Its text (`repr`) is part of the key a finished video is kept under. Fields that only decide what is drawn into its picture
    are left out of it: the keys of its segments have all that is drawn.
    """

    name: str
    """The file's name in the task's output folder: safe in any file system."""
    timeline: Timeline
    width: int
    height: int
    gain_db: float | None
    """The gain that brings its sound to the target loudness; None if the source has no sound."""
    ceiling_dbtp: float
    encode: EncodeParams
    cues: tuple[Cue, ...] = ()
    """Its captions, in order, without overlaps."""
    burn_in: bool = False
    """Whether they are drawn into the picture; else they are a text track beside it."""
    kind: Literal["main", "short"] = "main"
    framing: Annotated[Framing | None, BeforeValidator(_with_spans)] = None
    """How the picture fills a video of another shape; None if it is shown as it is."""
    style: CaptionStyleName = LONG_VIDEO_STYLE.name
    """The style of its captions: that of a long video, or a word-by-word style of clips."""
    captions_at: CaptionPlace = "low"
    """How high a clip's captions are."""
    look: LookParams = field(default_factory=LookParams, repr=False)
    """A person's changes to that style."""
    keywords: tuple[FrameSpan, ...] = field(default=(), repr=False)
    """The frames of the timeline in which key phrases are spoken, if these have a colour of their own."""
    logo: PlacedLogo | None = field(default=None, repr=False)
    """The logo drawn into its picture, if any."""
    cards: Cards = field(default_factory=Cards, repr=False)
    """The pictures shown before and after its timeline."""
    title: str = ""
    """The title drawn over its first seconds; empty for none."""
    language: str = UNKNOWN_LANGUAGE
    """The ISO 639 code of its captions' language; "und" if it is unknown."""

    @property
    def frames(self) -> int:
        """Its length in frames, with its cards."""
        return self.cards.before + self.timeline.frames + self.cards.after

    @property
    def duration_ms(self) -> int:
        """Its length in milliseconds, with its cards."""
        return ms_at(self.frames, self.timeline.rate)

    def shown_ms(self, frame: int) -> int:
        """When it shows a frame of its timeline, in milliseconds from its own start."""
        return ms_at(self.cards.before + frame, self.timeline.rate)
