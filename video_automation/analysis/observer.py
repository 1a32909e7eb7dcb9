"""What a step of the work is that observes something in a video: its version, what it depends on, its function."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.media.program import Tools
from video_automation.plan.params import Params
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """What an observer is given: a video, what is wanted of it, and what was observed before."""

    tools: Tools
    path: Path
    """The file to read."""
    source: Source
    params: Params
    model: SpeechModel
    before: Observations


@dataclass(frozen=True, slots=True)
class Observer(Generic[T]):
    """One step that observes. What it gives is kept under the source, the sound heard of it, `inputs` and `version`."""

    kind: type[T]
    """What it gives: a frozen dataclass, kept as JSON."""
    version: int
    """Raised when it comes to see something else in the same video: what it saw before is then looked at anew."""
    observe: Callable[[Given, Callable[[float], None]], T]
    """Does the step; tells the share of it that is done, 0 to 1."""
    inputs: Callable[[Given], tuple[str | int, ...]] = lambda _: ()
    """What else decides what it sees: settings, the versions of steps it goes by."""
    wanted: Callable[[Params], bool] = lambda _: True
    """Whether anybody needs it."""
