"""The edit plan: every decision of one job as one immutable value, saved as JSON."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from video_automation.errors import PlanError
from video_automation.plan.clip import Clip
from video_automation.plan.packaging import Packaging
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.still import Still
from video_automation.plan.time import FrameSpan


@dataclass(frozen=True, slots=True)
class Removal:
    """Frames of the source removed for another reason than silence, and the reason, for a person."""

    span: FrameSpan
    reason: str


def _with_tracks(source: object) -> object:
    """A stored source; if only its single sound track was stored, with a mix of that track."""
    sound = source.get("sound") if isinstance(source, dict) else None
    if not isinstance(source, dict) or not isinstance(sound, dict) or "tracks" in sound:
        return source
    return source | {"sound": {"tracks": [sound], "mix": [{"stream": sound.get("stream")}]}}


@dataclass(frozen=True, slots=True)
class EditPlan:
    """All that is made of a source, and the parameters behind it. Equal inputs give an equal plan."""

    source: Annotated[Source, BeforeValidator(_with_tracks)]
    renditions: tuple[Rendition, ...]
    params: Params
    remarks: tuple[str, ...] = ()
    """Sentences for the user about the decisions ("No speech was found: the video was left whole")."""
    removals: tuple[Removal, ...] = ()
    clips: tuple[Clip, ...] = ()
    """The clip behind each short video among the renditions."""
    stills: tuple[Still, ...] = ()
    packaging: Packaging = field(default_factory=Packaging)
    transcript: Transcript | None = None
    """The transcript, with its words aligned to the sound; None without transcription."""
    cleaned: tuple[FrameSpan, ...] = ()
    """Where the noise of the source's sound is turned down, in order and apart."""
    version: Literal[1] = 1

    @property
    def main(self) -> Rendition:
        """The long video. Raises PlanError if there is none."""
        video = next((rendition for rendition in self.renditions if rendition.kind == "main"), None)
        if video is None:
            raise PlanError("this plan makes no long video")
        return video

    def short(self, clip: Clip) -> Rendition:
        """The video of a clip."""
        return next(rendition for rendition in self.renditions if rendition.name.endswith(f"_{clip.name}.mp4"))

    def __post_init__(self) -> None:
        for rendition in self.renditions:
            timeline = rendition.timeline
            if timeline.source_id != self.source.id:
                raise PlanError(f"{rendition.name} is cut from a source this plan does not name")
            if timeline.spans[-1].end > self.source.picture.frames:
                raise PlanError(f"{rendition.name} asks for frames after the end of the source")
            if any(a.span.end > b.span.start for a, b in pairwise(rendition.cues)):
                raise PlanError(f"{rendition.name} has captions over one another")
            size = (self.source.picture.display_width, self.source.picture.display_height)
            spans = rendition.framing.spans if rendition.framing else ()
            if not all(path.inside(*size) for span in spans for path in span.crops):
                raise PlanError(f"{rendition.name} shows more than the picture")
            if spans and spans[-1].start >= timeline.frames:
                raise PlanError(f"{rendition.name} is framed after its end")


_PLAN = TypeAdapter(EditPlan)


def plan_json(plan: EditPlan) -> bytes:
    """The plan as JSON, the same bytes for the same plan."""
    return _PLAN.dump_json(plan, indent=1)


def plan_from_json(text: bytes) -> EditPlan:
    """The plan in a JSON text.

    Raises:
        PlanError: the text is no plan, or breaks one of its rules.
    """
    try:
        return _PLAN.validate_json(text)
    except ValidationError as error:
        raise PlanError(f"not a plan: {error.errors()[0]['msg']} at {error.errors()[0]['loc']}") from error
