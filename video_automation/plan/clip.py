"""A short clip: its stretch of the source, its title, and why it was chosen."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import chain, count

from video_automation.plan.choices import ClipStyleName, LayoutName
from video_automation.plan.params import CaptionPlace, LookParams
from video_automation.plan.still import Thumbnail

SHORTEST_CLIP_MS, LONGEST_CLIP_MS = 1_000, 600_000
"""The least and the greatest length of a clip that a person asks for; of a recording under two seconds, half of it will do."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One argument for or against a clip."""

    name: str
    score: int
    """In percent."""
    reason: str
    """One line, for a person."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A passage of the source worth showing on its own, from `start_ms` on, up to `end_ms`."""

    name: str
    """The stem of its file names: "short_01" for the best. Empty for a candidate that is not made."""
    start_ms: int
    end_ms: int
    title: str
    """Empty if nothing is said in it."""
    score: int
    """In percent; 100 for a clip without signals."""
    signals: tuple[Signal, ...] = ()
    """Empty for a clip that was asked for with the upload, and for one in which nothing is said."""
    style: ClipStyleName | None = None
    """The style of its captions, if one was asked for."""
    layout: LayoutName | None = None
    """How its picture is fitted, if that was asked for."""
    captions_at: CaptionPlace | None = None
    """How high its captions are, if that was asked for."""
    look: LookParams | None = None
    """Changes to the style of its captions, over those of all clips."""
    thumbnail: Thumbnail | None = None
    """A person's wish for its cover, if there is one."""
    id: str = ""
    """The clip's identity in its video; it stays when the clip's place, name or rank changes."""


def clip_id(start_ms: int, end_ms: int, taken: Container[str] = ()) -> str:
    """The id of a new clip of this stretch of the source, different from those in `taken`."""
    first = f"{start_ms}-{end_ms}"
    return next(made for made in chain((first,), (f"{first}-{n}" for n in count(2))) if made not in taken)
