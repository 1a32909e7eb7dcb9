"""Makes a document from a job of the version before: its plan, and a person's changes in files beside the recording."""

from dataclasses import asdict, dataclass, replace

from pydantic import TypeAdapter, ValidationError

from video_automation.editing.captions.placing import on_source
from video_automation.editing.deciding import looked_at
from video_automation.editing.edits.applying import all_applied
from video_automation.errors import DamagedError, RequestError
from video_automation.jobs.model import Job
from video_automation.jobs.workspace import PLAN, Workspace
from video_automation.plan.choices import ClipStyleName, LayoutName
from video_automation.plan.clip import Clip, clip_id
from video_automation.plan.document import Cut, Document, words_key
from video_automation.plan.edit import EditPlan, plan_from_json
from video_automation.plan.edits import Captions, ClipSet, Edit
from video_automation.plan.time import FrameSpan


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was wanted of a clip; what is None stays as it was decided. Times are of the source."""

    start_ms: int | None = None
    end_ms: int | None = None
    title: str | None = None
    style: ClipStyleName | None = None
    layout: LayoutName | None = None


_WISHES = TypeAdapter(dict[str, _Wish])
_CAPTIONS, _CLIPS = "captions", "clips"
"""The files of a person's wishes, beside the source."""


def of_former_version(workspace: Workspace, job: Job) -> Document | None:
    """The document of a job that was done by the version before; None where it was not, or with other parameters.

    Raises:
        DamagedError, PlanError: what is kept of it cannot be read.
    """
    key = f"{workspace.output}{PLAN}"
    if job.result or not job.output_filename or not workspace.storage.find(key):
        return None
    plan = plan_from_json(workspace.storage.read(key))
    if job.params != plan.params:
        return None
    document = replace(document_of(plan), params=job.params)
    for edit in _wishes(workspace, document):
        try:
            document, _ = all_applied(document, (edit,))
        except RequestError:  # the version before had left it out, too
            continue
    lost = document.caption_remarks  # which the plan tells of, too
    return replace(document, remarks=tuple(remark for remark in document.remarks if remark not in lost))


def document_of(plan: EditPlan) -> Document:
    """The document of a plan."""
    clips = _with_ids(plan.clips)
    main, packed = plan.main, plan.packaging
    return Document(
        source=plan.source,
        params=plan.params,
        transcript=plan.transcript,
        words_key=words_key(plan.transcript),
        cuts=tuple(_cuts(plan)),
        clips=clips,
        packaging=replace(packed, description=_without_chapters(packed.description, len(packed.chapters))),
        captions=on_source(main.cues, main.timeline) if _is_written(plan) else None,
        remarks=plan.remarks,
        decided=clips,
        looked_at=() if clips else looked_at(main.timeline, plan.source.picture.frames),
    )


def _is_written(plan: EditPlan) -> bool:
    """Whether its captions are a person's: of those no word says when it is spoken."""
    return bool(plan.main.cues) and not any(cue.words for cue in plan.main.cues)


def _with_ids(clips: tuple[Clip, ...]) -> tuple[Clip, ...]:
    made: list[Clip] = []
    for clip in clips:
        made.append(replace(clip, id=clip_id(clip.start_ms, clip.end_ms, {other.id for other in made})))
    return tuple(made)


def _cuts(plan: EditPlan) -> list[Cut]:
    reasons = {removal.span: removal.reason for removal in plan.removals}
    cuts, at = [], 0
    for start, end in (*((span.start, span.end) for span in plan.main.timeline.spans), (plan.source.picture.frames, None)):
        if at < start:
            gap = FrameSpan(at, start)
            cuts.append(
                Cut(gap, "filler", reasons[gap].partition("“")[2].rstrip("”.")) if gap in reasons else Cut(gap, "pause")
            )
        at = end or start
    return cuts


def _without_chapters(description: str, chapters: int) -> str:
    """The description without the lines of its chapters, which stand at its end."""
    return description.rpartition("\n\n")[0] if chapters else description


def _wishes(workspace: Workspace, document: Document) -> list[Edit]:
    """What a person has asked for in the version before."""
    storage, captions, clips = workspace.storage, f"{workspace.input}{_CAPTIONS}", f"{workspace.input}{_CLIPS}"
    found: list[Edit] = []
    if storage.find(captions):
        found.append(Captions(vtt=storage.local(captions).read_text(encoding="utf-8")))
    if storage.find(clips):
        try:
            wishes = _WISHES.validate_json(storage.read(clips))
        except ValidationError as error:
            raise DamagedError("The wishes about this task's clips cannot be read.") from error
        ids = {clip.name: clip.id for clip in document.clips}
        found += (ClipSet(clip=ids[name], **asdict(wish)) for name, wish in wishes.items() if name in ids)
    return found
