"""A step of the work that observes something in a video: its version, its inputs, its function."""

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
    """What an observer is given: a video, the job's parameters and tools, and earlier observations."""

    tools: Tools
    path: Path
    """The file to read."""
    source: Source
    params: Params
    model: SpeechModel
    before: Observations
    on_text: Callable[[str], None] = lambda _: None
    """Receives the text that is transcribed so far, all of it each time."""


@dataclass(frozen=True, slots=True)
class Observer(Generic[T]):
    """One step that observes. Its result is kept under the source, its sound mix, `inputs` and `version`."""

    kind: type[T]
    """The type of its result: a frozen dataclass, kept as JSON."""
    version: int
    """Raise this when the same video gives other observations: earlier ones are then made anew."""
    observe: Callable[[Given, Callable[[float], None]], T]
    """Does the step; reports the share of it that is done, 0 to 1."""
    inputs: Callable[[Given], tuple[str | int, ...]] = lambda _: ()
    """What else its result depends on: settings, and the versions of steps it uses."""
    wanted: Callable[[Params], bool] = lambda _: True
    """Whether a job with these parameters needs it."""
