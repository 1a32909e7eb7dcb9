"""One encoded output: which frames of the source, how large, how loud, how encoded."""

from dataclasses import dataclass

from video_automation.plan.captions import Cue
from video_automation.plan.params import EncodeParams
from video_automation.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Rendition:
    """One film to be made, encoded exactly once, straight from the source."""

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
