"""The outputs of a job: videos, stills, captions, transcript, edit lists, and their manifest."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path

from video_automation.editing.captions.new_terms import new_terms
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.publishing.publishing_text import chapter_starts
from video_automation.editing.speech.sentences import sentences
from video_automation.errors import DamagedError
from video_automation.jobs.catalog.spoken_words import SPOKEN, spoken_file
from video_automation.jobs.model import Job, Stage
from video_automation.jobs.run.manifest import (
    Artifact,
    MadeClip,
    Manifest,
    Stats,
    VideoChapter,
    manifest_json,
    read_manifest,
    sha256,
)
from video_automation.jobs.workspace import LOG, MANIFEST, OFFERED, PLAN, SAID, Workspace
from video_automation.plan.clip import Clip
from video_automation.plan.edit import EditPlan, plan_json
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.still import Still
from video_automation.plan.text.script import script_name
from video_automation.plan.time import ms_at
from video_automation.render.captions.fonts import on_this_machine
from video_automation.render.captions.lettering import missing_glyphs
from video_automation.render.captions.sidecar_captions import srt, vtt
from video_automation.render.captions.transcripts import VideoTranscript, transcript_json, transcript_text, video_transcript
from video_automation.render.edit_lists.all_formats import edit_lists
from video_automation.render.encode.standing import FORMER, note_of

_SHOWN_LETTERS = 20
_HELP = "A font for most scripts comes with Debian's fonts-noto-core, for emoji with fonts-symbola; then make it again."
_SRT, _VTT, _JPEG = "application/x-subrip", "text/vtt", "image/jpeg"


@dataclass(frozen=True, slots=True)
class _File:
    """One output, and its content; None for what was rendered into the folder of work."""

    artifact: Artifact
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """A result in the making: its place, the earlier results whose files it may reuse, its revision."""

    workspace: Workspace
    prefix: str
    """Of the keys of its files."""
    former: Mapping[str, "Former"] = field(default_factory=dict)
    revision: int = 0
    heard: Transcript | None = None
    """What was heard, before anybody corrected it."""
    moved: Callable[[], None] = lambda: None
    """Called with each block of a file that is hashed, or copied to another disk: gigabytes take minutes."""


def making(workspace: Workspace, job: Job, heard: Transcript | None, *, moved: Callable[[], None] = lambda: None) -> Making:
    """The result that is being made of a job."""
    return Making(workspace, workspace.building(job), former_results(workspace, job), job.revision, heard, moved)


def publish_outputs(plan: EditPlan, making: Making, seconds: dict[Stage, float]) -> Manifest:
    """Publishes the outputs of a plan under a prefix of their own; returns the manifest, which is written last.

    It counts once the job's record points to that prefix: until then the result from before is served. `seconds` is what each
    stage took.
    """
    manifest = _manifest(plan, making, _put_out(_files(plan), making), seconds, plan.clips)
    if plan.transcript and plan.transcript.words:
        making.workspace.storage.write(f"{making.prefix}{SPOKEN}", spoken_file(_transcript(plan, plan.transcript)))
    making.workspace.storage.write(f"{making.prefix}{MANIFEST}", manifest_json(manifest))
    for name in (OFFERED, SAID):
        making.workspace.storage.remove(f"{making.prefix}{name}")
    return manifest


def offer(plan: EditPlan, ready: tuple[Clip, ...], making: Making) -> None:
    """Publishes the finished clips while the rest is still made."""
    files = (file for clip in ready for file in _clip_files(plan, clip))
    offered = _manifest(plan, making, _put_out(files, making), {}, ready)
    making.workspace.storage.write(f"{making.prefix}{OFFERED}", manifest_json(offered))


@dataclass(frozen=True, slots=True)
class Former:
    """A file of an earlier result, which is reused for the same inputs."""

    key: str
    artifact: Artifact


def former_results(workspace: Workspace, job: Job) -> dict[str, Former]:
    """The videos and pictures of earlier results, by what they were made of."""
    found: dict[str, Former] = {}
    for name in (job.former_result, job.result if job.output_filename else None):
        if name is None:
            continue
        prefix = workspace.outputs(name)
        with suppress(FileNotFoundError, DamagedError):
            for artifact in read_manifest(workspace.storage.local(f"{prefix}{MANIFEST}")).artifacts:
                if artifact.made_of:
                    found[artifact.made_of] = Former(f"{prefix}{artifact.name}", artifact)
    return found


def take_over(making: Making) -> None:
    """Links the files of earlier results into the work folder, so that none is made again from the same inputs."""
    folder = making.workspace.work / FORMER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for made_of, one in making.former.items():
        with suppress(OSError):  # on another disk it is made again
            os.link(making.workspace.storage.local(one.key), folder / made_of)


def _put_out(files: Iterable[_File], making: Making) -> tuple[Artifact, ...]:
    """Puts files into a result; returns their entries in the manifest."""
    return tuple(_put(file.artifact, file.content, making) for file in files)


def _put(artifact: Artifact, content: bytes | None, making: Making) -> Artifact:
    storage, key = making.workspace.storage, f"{making.prefix}{artifact.name}"
    if content is not None:
        storage.write(key, content)
        return replace(artifact, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    if artifact.kind == "log":
        return _hashed(artifact, making.workspace.log, making)
    rendered = making.workspace.work / artifact.name
    artifact = replace(artifact, made_of=_made_of(rendered))
    found = rendered if rendered.exists() else storage.local(key)  # else it was put before this run was cut off
    known = making.former.get(artifact.made_of or "")
    if known and not _is_same(storage.local(known.key), found):
        known = None
    if known:
        artifact = replace(artifact, bytes=known.artifact.bytes, sha256=known.artifact.sha256)
    else:
        artifact = _hashed(artifact, found, making)
    if found is rendered:  # last: who is cut off before finds it where it was made
        if known:
            storage.copy(known.key, key)
            rendered.unlink()
        else:
            storage.put(rendered, key, moved=making.moved)
    return artifact


def _hashed(artifact: Artifact, found: Path, making: Making) -> Artifact:
    return replace(artifact, bytes=found.stat().st_size, sha256=sha256(found, moved=making.moved))


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _made_of(rendered: Path) -> str | None:
    """What a video or a picture was made of, by the note beside it."""
    note = note_of(rendered)
    return note.read_text() if note.exists() else None


def _manifest(
    decided: EditPlan, making: Making, listed: tuple[Artifact, ...], seconds: dict[Stage, float], clips: tuple[Clip, ...]
) -> Manifest:
    packed, main = decided.packaging, decided.main
    starts = chapter_starts(packed.chapters, main.timeline, main.cards)
    said = decided.transcript
    return Manifest(
        output_filename=main.name,
        artifacts=listed,
        stats=_stats(decided, seconds),
        remarks=(*decided.remarks, *_strange_letters(decided)),
        clips=tuple(_made_clip(decided, clip) for clip in clips),
        titles=packed.titles,
        description=packed.description,
        hashtags=packed.hashtags,
        chapters=tuple(VideoChapter(start_ms, one.title) for start_ms, one in zip(starts, packed.chapters, strict=True)),
        language=said.language if said else None,
        certainty=said.certainty if said else None,
        languages=said.spans if said else (),
        unwritten=said.unwritten if said else (),
        speakers=said.speakers if said else (),
        corrected=new_terms(making.heard, main.cues) if making.heard else (),
        revision=making.revision,
    )


def _made_clip(decided: EditPlan, clip: Clip) -> MadeClip:
    video = decided.short(clip)
    stem = Path(video.name).stem
    captions = f"{stem}.srt" if video.cues else None
    said = (clip.name, clip.start_ms, clip.end_ms, clip.title, clip.score, clip.signals)
    return MadeClip(*said, video.name, f"{stem}.jpg", captions, clip.id)


def _files(decided: EditPlan) -> Iterator[_File]:
    """All outputs of a plan, in the order of the manifest."""
    yield _File(_video(decided.main, "video"))
    yield from _texts(decided)
    yield from _edit_lists(decided, decided.main, safe_stem(decided.source.name))
    shown = {f"{Path(rendition.name).stem}.jpg" for rendition in decided.renditions}
    for still in decided.stills:
        if still.name not in shown:
            yield _picture(decided, still, "still")
    for clip in decided.clips:
        yield from _clip_files(decided, clip)
    yield _File(Artifact(PLAN, "plan", "application/json"), plan_json(decided))
    yield _File(Artifact(LOG, "log", "text/plain"))


def _picture(decided: EditPlan, still: Still, kind: str, clip: Clip | None = None) -> _File:
    made = Artifact(still.name, kind, _JPEG, width=still.width, height=still.height, clip=clip.name if clip else None)
    return _File(replace(made, at_ms=ms_at(still.frame, decided.source.picture.rate)))


def _clip_files(decided: EditPlan, clip: Clip) -> Iterator[_File]:
    video = decided.short(clip)
    stem = Path(video.name).stem
    yield _File(replace(_video(video, "short"), clip=clip.name))
    cover = next(still for still in decided.stills if still.name == f"{stem}.jpg")
    yield _picture(decided, cover, "cover", clip)
    if video.cues:
        yield _File(Artifact(f"{stem}.srt", "captions", _SRT, clip=clip.name), srt(video).encode())
    yield from _edit_lists(decided, video, stem, clip)


def _edit_lists(decided: EditPlan, video: Rendition, stem: str, clip: Clip | None = None) -> Iterator[_File]:
    for listing in edit_lists(decided.source, video, clip.title if clip and clip.title else stem):
        artifact = Artifact(f"{stem}{listing.suffix}", "timeline", listing.type, clip=clip.name if clip else None)
        yield _File(artifact, listing.text.encode())


def _texts(decided: EditPlan) -> Iterator[_File]:
    main, said = decided.main, decided.transcript
    stem = Path(main.name).stem
    if main.cues:
        yield _File(Artifact(f"{stem}.srt", "captions", _SRT), srt(main).encode())
        yield _File(Artifact(f"{stem}.vtt", "captions", _VTT), vtt(main).encode())
    if said and said.words:
        told = _transcript(decided, said)
        yield _File(Artifact(f"{stem}.transcript.json", "transcript", "application/json"), transcript_json(told))
        yield _File(Artifact(f"{stem}.txt", "transcript", "text/plain"), transcript_text(told).encode())


def _transcript(decided: EditPlan, said: Transcript) -> VideoTranscript:
    return video_transcript(said, sentences(said), decided.main)


def _video(rendition: Rendition, kind: str) -> Artifact:
    artifact = Artifact(rendition.name, kind, "video/mp4", duration_ms=rendition.duration_ms)
    return replace(artifact, width=rendition.width, height=rendition.height)


def _stats(decided: EditPlan, seconds: dict[Stage, float]) -> Stats:
    timeline, frames = decided.main.timeline, decided.source.picture.frames
    spans, kept_ms, source_ms = timeline.spans, ms_at(timeline.frames, timeline.rate), decided.source.duration_ms
    return Stats(
        source_ms=source_ms,
        kept_ms=kept_ms,
        removed_ms=max(0, source_ms - kept_ms),
        cuts=len(spans) - 1 + (spans[0].start > 0) + (spans[-1].end < frames),
        seconds=tuple(seconds.items()),
    )


def _strange_letters(decided: EditPlan) -> Iterator[str]:
    """A sentence for each script in drawn captions that no font on this machine covers."""
    headlines = (still.headline for still in decided.stills)
    strange = missing_glyphs(chain(headlines, (text for rendition in decided.renditions for text in _drawn(rendition))))
    drawn = on_this_machine(strange) if strange else ""
    undrawn = sorted((char for char in strange if char not in drawn), key=script_name)
    for name, characters in groupby(undrawn, key=script_name):
        letters = "".join(characters)
        shown = letters[:_SHOWN_LETTERS] + ("…" if len(letters) > _SHOWN_LETTERS else "")
        yield f"No font here has these characters of the captions: {shown} ({name}). {_HELP}"


def _drawn(rendition: Rendition) -> Iterator[str]:
    """The texts that are drawn into a video."""
    yield rendition.title
    if rendition.burn_in:
        yield from (line for cue in rendition.cues for line in cue.plain_lines)
