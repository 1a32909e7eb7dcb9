"""The types of what rendering a change of a plan takes, and the function that makes these values."""

from typing_extensions import TypedDict

from video_automation.jobs.revisions.changes import Change
from video_automation.jobs.revisions.effort import Effort
from video_automation.web.schemas.answers import described


@described
class SegmentsAnswer(TypedDict):
    """How many segments the video has, and how many of them must be encoded. Each segment is encoded by itself."""

    total: int
    to_encode: int


@described
class TouchedAnswer(TypedDict):
    """Of which videos the picture or the sound changes once a revision is rendered."""

    video: bool
    clips: tuple[str, ...]
    """The ids of clips of which it does, or which are new."""


@described
class EffortAnswer(TypedDict):
    """What rendering a revision would change and take. Keys are null if the plan must be decided anew first."""

    revision: int
    kept_ms: int | None
    removed_ms: int | None
    segments: SegmentsAnswer | None
    estimate_seconds: int | None
    touched: TouchedAnswer | None


def effort_answer(change: Change, effort: Effort | None) -> EffortAnswer:
    """What rendering a change would take."""
    return {
        "revision": change.job.revision,
        "kept_ms": effort.kept_ms if effort else None,
        "removed_ms": effort.removed_ms if effort else None,
        "segments": {"total": effort.segments, "to_encode": effort.to_encode} if effort else None,
        "estimate_seconds": effort.seconds if effort else None,
        "touched": {"video": effort.video, "clips": effort.clips} if effort else None,
    }
