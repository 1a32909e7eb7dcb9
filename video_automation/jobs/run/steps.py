"""The steps of the work on a video, one record each. Progress, time left, pages, API and watchdog derive from this table."""

from dataclasses import dataclass
from typing import Literal

_LONGEST_AS_USUAL = 4
"""A silent step may take so many times as long as it usually does before it counts as standing still."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to do of a job, in seconds of video.

    Where pictures are decoded or made, a second is 30 pictures of 1280 x 720; larger ones, and more of them, count as more.
    """

    recording_s: float
    speech_s: float
    """The recording where it is transcribed, else 0."""
    passages_s: float
    """What is looked at."""
    videos_s: float
    """What is rendered: the long video and all clips."""
    cleaned_s: float = 0.0
    """The recording where its noise is found, else 0."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work on a video. What it costs was measured on talks with two cores.

    A step of one process is slowed less by a busy machine than one that loses its second core: its cost is in between.
    """

    name: str
    """What the API calls it; the stage of a job that is at it."""
    doing: str
    """What happens, for a person: stands on the page, and begins the sentence about progress."""
    start_ms: int
    """How long it takes with the shortest video, in milliseconds: to start its programs, to load its model."""
    cost_ms: int
    """How much longer for each minute of what it goes through."""
    over: Literal["recording", "speech", "cleaned", "passages", "videos"] = "recording"
    """What it goes through."""
    silent: bool = False
    """Whether it takes longer with longer videos, and does not say meanwhile how far it is."""
    observer: str | None = None
    """The module whose `OBSERVER` does this step, where it only observes. Workers import it; a web process never does."""

    @property
    def of_all(self) -> bool:
        """Whether it goes through the clips, too: its seconds are those of all videos together, not those of the recording."""
        return self.over in ("passages", "videos")

    def usual_s(self, extent: Extent, share: float = 0.0) -> float:
        """How many seconds it usually goes on, of a job of this extent, after so large a share of it; 0 has its start, too."""
        seconds: float = getattr(extent, f"{self.over}_s")
        start_ms = self.start_ms if seconds and not share else 0
        return (start_ms + (1 - share) * self.cost_ms * seconds / 60) / 1000


STEPS = (
    Step("probe", "Looking at the video", start_ms=300, cost_ms=500),
    Step("listen", "Listening", start_ms=150, cost_ms=900, observer="video_automation.analysis.hearing"),
    Step(
        *("transcribe", "Transcribing"),
        start_ms=3_500,
        cost_ms=5_000,
        over="speech",
        observer="video_automation.analysis.speech.transcription",
    ),
    Step(
        *("speakers", "Telling speakers apart"),
        start_ms=300,
        cost_ms=2_000,
        over="speech",
        observer="video_automation.analysis.speakers.telling_apart",
    ),
    Step(
        *("clean", "Finding noise"),
        start_ms=800,
        cost_ms=10_000,
        over="cleaned",
        observer="video_automation.analysis.noise_measuring",
    ),
    Step("plan", "Deciding what to cut", start_ms=100, cost_ms=100, silent=True),
    Step("look", "Looking for faces", start_ms=500, cost_ms=4_600, over="passages"),
    Step("render", "Rendering", start_ms=3_000, cost_ms=14_000, over="videos"),
    Step("assemble", "Putting it together", start_ms=400, cost_ms=100),
)
"""All steps, in their order. Those that observe come before the plan."""
QUEUED, DONE = "queued", "done"
"""What a job is at before the first step and after the last."""
STAGES = (QUEUED, *(step.name for step in STEPS), DONE)
"""All a job can be at, in this order."""
STEP_AT = {step.name: step for step in STEPS}
"""The step a job is at, by its stage; it is at none where it waits or is done."""
_USUAL = Extent(recording_s=300, speech_s=300, passages_s=150, videos_s=600)
"""A talk of five minutes with five clips."""
USUAL_WORK_SHARE = sum(step.usual_s(_USUAL) for step in STEPS) / _USUAL.recording_s
"""Seconds of work for each second of video, as measured."""


def overall_share(step: Step, share: float) -> float:
    """The finished share of the whole work on a usual talk, 0 to 1, after this share of a step and all steps before it."""
    costs = [one.usual_s(_USUAL) for one in STEPS]
    at = STEPS.index(step)
    return (sum(costs[:at]) + costs[at] * share) / sum(costs)


def still_limit_s(step: Step, least_s: float, video_ms: int | None) -> float:
    """How many seconds a step may show no progress: `least_s`, or longer for a long video in a silent step.

    `video_ms` is how long the video is; None where that is not known yet.
    """
    usual_s = step.cost_ms * (video_ms or 0) / 60_000 / 1000
    return least_s + (_LONGEST_AS_USUAL * usual_s if step.silent else 0.0)
