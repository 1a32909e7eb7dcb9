"""Tells of a change of a plan what it comes to: how much is kept, what has to be encoded, how long that takes."""

from collections import Counter
from collections.abc import Set
from contextlib import suppress
from dataclasses import dataclass
from math import ceil

from video_automation.editing.flattening import flatten, looks
from video_automation.errors import DamagedError, PipelineError
from video_automation.jobs.model import Job
from video_automation.jobs.revisions import stored
from video_automation.jobs.run.manifest import Manifest, read
from video_automation.jobs.workspace import Workspace
from video_automation.plan.document import Document
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.seen import Sight
from video_automation.plan.time import ms_at
from video_automation.render.encode.rendering import segment_stands
from video_automation.render.encode.segments import segments

_USUAL_SHARE = 0.5
"""How long rendering takes where nothing is known yet, as a share of the length of what is rendered."""
_LEAST_S = 2
"""What a run takes that encodes nothing: to begin, to join, to check."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What a change comes to. `segments` are pieces of picture, each encoded by itself."""

    kept_ms: int
    removed_ms: int
    segments: int
    to_encode: int
    seconds: int
    """An estimate."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a person has changed: whether the captions, and which clips, by their names."""

    captions: bool
    clips: Set[str]


def effort(workspace: Workspace, job: Job, document: Document) -> Effort:
    """What making a document comes to, of a job whose result is there or not.

    Nobody has looked at the picture yet: it is taken for equal, so that nothing changes of a clip that stays where it is.
    """
    made = _rendered(workspace, job)
    present = _pieces(document)
    missing = present - (_pieces(made) if made else Counter())
    for segment_id, length in tuple(missing):
        if segment_stands(workspace.work, segment_id):
            del missing[segment_id, length]
    frames = sum(length * count for (_, length), count in missing.items())
    rate = document.source.picture.rate
    kept_ms = ms_at(document.timeline.frames, rate)
    seconds = ms_at(frames, rate) / 1000 * _pace(workspace, job)
    return Effort(
        kept_ms=kept_ms,
        removed_ms=max(0, document.source.duration_ms - kept_ms),
        segments=present.total(),
        to_encode=missing.total(),
        seconds=ceil(_LEAST_S + seconds),
    )


def changed(workspace: Workspace, job: Job) -> Changed:
    """What a person has changed of the captions and clips that are served; nothing where that cannot be told any more."""
    with suppress(PipelineError):
        if document := stored.document_at(workspace, job, job.rendered_revision):
            own = document.captions is not None or bool(document.corrections)
            return Changed(own, {clip.name for clip in document.clips if clip not in document.decided})
    return Changed(captions=False, clips=frozenset())


def _rendered(workspace: Workspace, job: Job) -> Document | None:
    """The document that the present result was made of."""
    return None if job.rendered_revision is None else stored.document_at(workspace, job, job.rendered_revision)


def _pieces(document: Document) -> Counter[tuple[str, int]]:
    """The pieces of picture of a document with their lengths in frames, as if there were nothing to see or hear in it."""
    blank = flatten(document, Hearing(), {span: Sight(span, (), ()) for span in looks(document)})
    found = (segment for rendition in blank.renditions for segment in segments(blank, rendition))
    return Counter((segment.id, segment.frames) for segment in found if segment.kind == "picture")


def _pace(workspace: Workspace, job: Job) -> float:
    """How many seconds rendering took for each second of video, the last time."""
    with suppress(FileNotFoundError, DamagedError):
        made = read(workspace.result(job).manifest)
        spent = dict(made.stats.seconds).get("render", 0.0)
        lasts = _lasting_ms(made) / 1000
        if spent and lasts:
            return spent / lasts
    return _USUAL_SHARE


def _lasting_ms(made: Manifest) -> int:
    return sum(artifact.duration_ms or 0 for artifact in made.artifacts)
