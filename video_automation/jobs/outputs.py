"""What a job leaves beside its films: captions and transcript as files, and the manifest of everything."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from video_automation.editing.sentences import sentences
from video_automation.jobs.manifest import Artifact, Manifest, Stats, sha256
from video_automation.jobs.model import Stage
from video_automation.jobs.workspace import Workspace
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import ms_at
from video_automation.render.texts import srt, transcript_json, transcript_text, vtt


def write_texts(decided: EditPlan, folder: Path) -> None:
    """Writes the captions and the transcript of a plan's film into a folder: those files that there is something to put in."""
    for artifact, text in _texts(decided):
        (folder / artifact.name).write_text(text, encoding="utf-8", newline="\n")


def manifest(decided: EditPlan, workspace: Workspace, seconds: dict[Stage, float], *, remarks: tuple[str, ...]) -> Manifest:
    """The manifest of the films and files of a plan, which are all there. `seconds` is what each stage took."""
    films = (_film(rendition) for rendition in decided.renditions)
    beside = (
        Artifact("plan.json", "plan", "application/json"),
        Artifact("task.log", "log", "text/plain"),
    )
    listed = (*films, *(artifact for artifact, _ in _texts(decided)), *beside)
    whole = tuple(_weighed(artifact, workspace.output / artifact.name) for artifact in listed)
    return Manifest(decided.renditions[0].name, whole, _stats(decided, seconds), remarks)


def _texts(decided: EditPlan) -> Iterator[tuple[Artifact, str]]:
    main, said = decided.renditions[0], decided.transcript
    stem = Path(main.name).stem
    if main.cues:
        yield Artifact(f"{stem}.srt", "captions", "application/x-subrip"), srt(main)
        yield Artifact(f"{stem}.vtt", "captions", "text/vtt"), vtt(main)
    if said and said.words:
        parts = sentences(said.words)
        yield Artifact(f"{stem}.transcript.json", "transcript", "application/json"), transcript_json(said, parts, main.timeline)
        yield Artifact(f"{stem}.txt", "transcript", "text/plain"), transcript_text(said, parts, main.timeline)


def _film(rendition: Rendition) -> Artifact:
    return Artifact(
        rendition.name, "video", "video/mp4", duration_ms=_ms(rendition), width=rendition.width, height=rendition.height
    )


def _weighed(artifact: Artifact, file: Path) -> Artifact:
    return replace(artifact, bytes=file.stat().st_size, sha256=sha256(file))


def _stats(decided: EditPlan, seconds: dict[Stage, float]) -> Stats:
    main = decided.renditions[0]
    spans, frames = main.timeline.spans, decided.source.picture.frames
    kept_ms, source_ms = _ms(main), decided.source.duration_ms
    return Stats(
        source_ms=source_ms,
        kept_ms=kept_ms,
        removed_ms=max(0, source_ms - kept_ms),
        cuts=len(spans) - 1 + (spans[0].start > 0) + (spans[-1].end < frames),
        seconds=tuple(seconds.items()),
    )


def _ms(rendition: Rendition) -> int:
    return ms_at(rendition.timeline.frames, rendition.timeline.rate)
