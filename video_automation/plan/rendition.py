"""One encoded output: which frames of the source, how large, how loud, how encoded."""

from dataclasses import dataclass
from typing import Literal

from video_automation.plan.choices import LONG_VIDEO_STYLE, CaptionStyleName
from video_automation.plan.crop import Framing
from video_automation.plan.cues import Cue
from video_automation.plan.params import EncodeParams
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.timeline import Timeline

CaptionPlace = Literal["low", "middle", "high"]


@dataclass(frozen=True, slots=True)
class Rendition:
    """One video to be made, encoded exactly once, straight from the source."""

    name: str
    """The file's name in the task's output folder: safe in any file system."""
    timeline: Timeline
    width: int
    height: int
    gain_db: float | None
    """What brings its sound to the target loudness; None where the source has no sound."""
    ceiling_dbtp: float
    encode: EncodeParams
    cues: tuple[Cue, ...] = ()
    """Its captions in order, none over another."""
    burn_in: bool = False
    """Whether they are drawn into the picture; else they are a text track beside it."""
    kind: Literal["main", "short"] = "main"
    framing: Framing | None = None
    """How the picture fills a video of another shape; None where it is shown as it is."""
    style: CaptionStyleName = LONG_VIDEO_STYLE.name
    """How its captions look: those of a long video, or word by word as clips have them."""
    captions_at: CaptionPlace = "low"
    """How high up a clip's captions are."""
    title: str = ""
    """Drawn over its first seconds; empty for none."""
    language: str = UNKNOWN_LANGUAGE
    """What its captions are in, as ISO 639 names it; "und" where nobody can tell."""
