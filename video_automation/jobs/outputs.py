"""What a job leaves beside its films: captions and transcript as files, and the manifest of everything."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from video_automation.editing.sentences import sentences
from video_automation.jobs.manifest import Artifact, Manifest, Stats, sha256, write
from video_automation.jobs.model import Stage
from video_automation.jobs.whole import put
from video_automation.jobs.workspace import Workspace
from video_automation.plan.edit import EditPlan, plan_json
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import ms_at
from video_automation.render.fonts import missing
from video_automation.render.texts import srt, vtt
from video_automation.render.transcripts import film_transcript, transcript_json, transcript_text

_SHOWN_LETTERS = 20


def finish(decided: EditPlan, workspace: Workspace, seconds: dict[Stage, float]) -> Manifest:
    """Puts the films of a plan, which are in the folder of work, and all that stands beside them into the folder of outputs.

    Gives the manifest, which is written last: until then what was there before counts. `seconds` is what each stage took.
    """
    texts = tuple(_texts(decided))
    for rendition in decided.renditions:
        shutil.move(workspace.work / rendition.name, workspace.output / rendition.name)
    for artifact, content in texts:
        put(content, workspace.output / artifact.name)
    put(plan_json(decided), workspace.plan)
    films = (_film(rendition) for rendition in decided.renditions)
    beside = (Artifact("plan.json", "plan", "application/json"), Artifact("task.log", "log", "text/plain"))
    listed = (*films, *(artifact for artifact, _ in texts), *beside)
    whole = tuple(_weighed(artifact, workspace.output / artifact.name) for artifact in listed)
    made = Manifest(decided.main.name, whole, _stats(decided, seconds), (*decided.remarks, *_strange_letters(decided)))
    write(made, workspace.manifest)
    return made


def _strange_letters(decided: EditPlan) -> Iterator[str]:
    """A sentence on characters of drawn captions that our font lacks, if there are any."""
    drawn = (rendition.cues for rendition in decided.renditions if rendition.burn_in)
    strange = missing(line for cues in drawn for cue in cues for line in cue.lines)
    if strange:
        shown = strange[:_SHOWN_LETTERS] + ("…" if len(strange) > _SHOWN_LETTERS else "")
        yield f"The captions have characters our font lacks ({shown}); another font of this machine shows them, if it has one."


def _texts(decided: EditPlan) -> Iterator[tuple[Artifact, bytes]]:
    main, said = decided.main, decided.transcript
    stem = Path(main.name).stem
    if main.cues:
        yield Artifact(f"{stem}.srt", "captions", "application/x-subrip"), srt(main).encode()
        yield Artifact(f"{stem}.vtt", "captions", "text/vtt"), vtt(main).encode()
    if said and said.words:
        told = film_transcript(said.language, sentences(said.words), main.timeline)
        yield Artifact(f"{stem}.transcript.json", "transcript", "application/json"), transcript_json(told)
        yield Artifact(f"{stem}.txt", "transcript", "text/plain"), transcript_text(told).encode()


def _film(rendition: Rendition) -> Artifact:
    return Artifact(
        rendition.name, "video", "video/mp4", duration_ms=_ms(rendition), width=rendition.width, height=rendition.height
    )


def _weighed(artifact: Artifact, file: Path) -> Artifact:
    return replace(artifact, bytes=file.stat().st_size, sha256=sha256(file))


def _stats(decided: EditPlan, seconds: dict[Stage, float]) -> Stats:
    main = decided.main
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
