"""The steps of the work on a video, one record each. Progress, time left, pages, API and watchdog derive from this table."""

from dataclasses import dataclass

_LONGEST_AS_USUAL = 4
"""A silent step may take so many times as long as it usually does before it counts as standing still."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work on a video."""

    name: str
    """What the API calls it; the stage of a job that is at it."""
    doing: str
    """What happens, for a person: stands on the page, and begins the sentence about progress."""
    cost_ms: int
    """How long it takes for each minute of video, in milliseconds, as measured on talks with two cores."""
    of_all: bool = False
    """Whether it goes through the clips, too: its seconds are those of all videos together, not those of the recording."""
    silent: bool = False
    """Whether it takes longer with longer videos, and does not say meanwhile how far it is."""
    observer: str | None = None
    """The module whose `OBSERVER` does this step, where it only observes. Workers import it; a web process never does."""


STEPS = (
    Step("probe", "Looking at the video", cost_ms=250),
    Step("listen", "Listening", cost_ms=500, observer="video_automation.analysis.hearing"),
    Step("transcribe", "Transcribing", cost_ms=2_500, observer="video_automation.analysis.speech.transcription"),
    Step("plan", "Deciding what to cut", cost_ms=250, silent=True),
    Step("look", "Looking for faces", cost_ms=3_000, of_all=True),
    Step("render", "Rendering", cost_ms=18_250, of_all=True),
    Step("assemble", "Putting it together", cost_ms=250),
)
"""All steps, in their order. Those that observe come before the plan."""
QUEUED, DONE = "queued", "done"
"""What a job is at before the first step and after the last."""
STAGES = (QUEUED, *(step.name for step in STEPS), DONE)
"""All a job can be at, in this order."""
STEP_AT = {step.name: step for step in STEPS}
"""The step a job is at, by its stage; it is at none where it waits or is done."""
_WHOLE_MS = sum(step.cost_ms for step in STEPS)
USUAL_WORK_SHARE = _WHOLE_MS / 60_000
"""Seconds of work for each second of video, as measured."""


def overall_share(step: Step, share: float) -> float:
    """The finished share of the whole work, 0 to 1, after this share of a step and all steps before it."""
    before_ms = sum(earlier.cost_ms for earlier in STEPS[: STEPS.index(step)])
    return (before_ms + step.cost_ms * share) / _WHOLE_MS


def still_limit_s(step: Step, least_s: float, video_ms: int | None) -> float:
    """How many seconds a step may show no progress: `least_s`, or longer for a long video in a silent step.

    `video_ms` is how long the video is; None where that is not known yet.
    """
    usual_s = step.cost_ms * (video_ms or 0) / 60_000 / 1000
    return least_s + (_LONGEST_AS_USUAL * usual_s if step.silent else 0.0)
