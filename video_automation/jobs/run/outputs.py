"""What a job leaves for its user: videos, stills, captions, transcript, edit lists, and the manifest of everything."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from video_automation.editing.captions.new_terms import new_terms
from video_automation.editing.highlights.passages import heard_at
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.speech.sentences import sentences
from video_automation.jobs.model import Stage
from video_automation.jobs.run.manifest import Artifact, MadeClip, Manifest, Stats, VideoChapter, sha256, write
from video_automation.jobs.workspace import Workspace
from video_automation.media.atomic_files import move, put
from video_automation.plan.clip import Clip
from video_automation.plan.edit import EditPlan, plan_json
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.script import script_name
from video_automation.plan.time import ms_at
from video_automation.render.captions.fonts import on_this_machine
from video_automation.render.captions.lettering import missing
from video_automation.render.captions.sidecar_captions import srt, vtt
from video_automation.render.captions.transcripts import transcript_json, transcript_text, video_transcript
from video_automation.render.edit_lists.all_formats import edit_lists

_SHOWN_LETTERS = 20
_HELP = "A font for most scripts comes with Debian's fonts-noto-core, for emoji with fonts-symbola; then make it again."
_SRT, _VTT, _JPEG = "application/x-subrip", "text/vtt", "image/jpeg"


@dataclass(frozen=True, slots=True)
class _File:
    """One output, and its content; None for what was rendered into the folder of work."""

    artifact: Artifact
    content: bytes | None = None


def finish(
    decided: EditPlan, workspace: Workspace, seconds: dict[Stage, float], *, moved: Callable[[], None] = lambda: None
) -> Manifest:
    """Puts everything a plan makes into the folder of outputs; gives the manifest, which is written last.

    Until then what was there before counts. `seconds` is what each stage took; `moved` is called with each block of a file that
    is hashed, or copied to another disk: gigabytes take minutes.
    """
    made = _manifest(decided, _put_out(_files(decided), workspace, moved), seconds, decided.clips)
    write(made, workspace.manifest)
    workspace.offered.unlink(missing_ok=True)
    return made


def offer(decided: EditPlan, clips: Iterable[Clip], workspace: Workspace, *, moved: Callable[[], None] = lambda: None) -> None:
    """Puts the clips that are whole where their user finds them, while the rest is still made; `moved` as in `finish`."""
    ready = tuple(clips)
    files = (file for clip in ready for file in _clip_files(decided, clip))
    write(_manifest(decided, _put_out(files, workspace, moved), {}, ready), workspace.offered)


def _put_out(files: Iterable[_File], workspace: Workspace, moved: Callable[[], None]) -> tuple[Artifact, ...]:
    """Puts files into the folder of outputs; gives them as they are listed."""
    listed = []
    for file in files:
        place, rendered = workspace.output / file.artifact.name, workspace.work / file.artifact.name
        if file.content is not None:
            put(file.content, place)
        found = rendered if file.content is None and rendered.exists() else place
        hashed = replace(file.artifact, bytes=found.stat().st_size, sha256=sha256(found, moved=moved))
        if found is rendered:
            move(rendered, place, moved=moved)  # last: who is cut off before finds it where it was made
        listed.append(hashed)
    return tuple(listed)


def _manifest(
    decided: EditPlan, listed: tuple[Artifact, ...], seconds: dict[Stage, float], clips: tuple[Clip, ...]
) -> Manifest:
    packed, at = decided.packaging, heard_at(decided.main.timeline)
    said = decided.transcript
    return Manifest(
        output_filename=decided.main.name,
        artifacts=listed,
        stats=_stats(decided, seconds),
        remarks=(*decided.remarks, *_strange_letters(decided)),
        clips=tuple(_made_clip(decided, clip) for clip in clips),
        titles=packed.titles,
        description=packed.description,
        hashtags=packed.hashtags,
        chapters=tuple(VideoChapter(at(chapter.start_ms), chapter.title) for chapter in packed.chapters),
        language=said.language if said else None,
        certainty=said.certainty if said else None,
        languages=said.spans if said else (),
        unwritten=said.unwritten if said else (),
        corrected=new_terms(said, decided.main.cues) if said else (),
    )


def _made_clip(decided: EditPlan, clip: Clip) -> MadeClip:
    video = decided.short(clip)
    stem = Path(video.name).stem
    captions = f"{stem}.srt" if video.cues else None
    return MadeClip(
        clip.name, clip.start_ms, clip.end_ms, clip.title, clip.score, clip.signals, video.name, f"{stem}.jpg", captions
    )


def _files(decided: EditPlan) -> Iterator[_File]:
    """Everything a plan makes, in the order it is listed."""
    yield _File(_video(decided.main, "video"))
    yield from _texts(decided)
    yield from _edit_lists(decided, decided.main, safe_stem(decided.source.name))
    shown = {f"{Path(rendition.name).stem}.jpg" for rendition in decided.renditions}
    for still in decided.stills:
        if still.name not in shown:
            yield _File(Artifact(still.name, "still", _JPEG, width=still.width, height=still.height))
    for clip in decided.clips:
        yield from _clip_files(decided, clip)
    yield _File(Artifact("plan.json", "plan", "application/json"), plan_json(decided))
    yield _File(Artifact("task.log", "log", "text/plain"))


def _clip_files(decided: EditPlan, clip: Clip) -> Iterator[_File]:
    video = decided.short(clip)
    stem = Path(video.name).stem
    yield _File(replace(_video(video, "short"), clip=clip.name))
    yield _File(Artifact(f"{stem}.jpg", "cover", _JPEG, width=video.width, height=video.height, clip=clip.name))
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
        told = video_transcript(said, sentences(said), main.timeline)
        yield _File(Artifact(f"{stem}.transcript.json", "transcript", "application/json"), transcript_json(told))
        yield _File(Artifact(f"{stem}.txt", "transcript", "text/plain"), transcript_text(told).encode())


def _video(rendition: Rendition, kind: str) -> Artifact:
    artifact = Artifact(rendition.name, kind, "video/mp4", duration_ms=_ms(rendition))
    return replace(artifact, width=rendition.width, height=rendition.height)


def _stats(decided: EditPlan, seconds: dict[Stage, float]) -> Stats:
    spans, frames = decided.main.timeline.spans, decided.source.picture.frames
    kept_ms, source_ms = _ms(decided.main), decided.source.duration_ms
    return Stats(
        source_ms=source_ms,
        kept_ms=kept_ms,
        removed_ms=max(0, source_ms - kept_ms),
        cuts=len(spans) - 1 + (spans[0].start > 0) + (spans[-1].end < frames),
        seconds=tuple(seconds.items()),
    )


def _strange_letters(decided: EditPlan) -> Iterator[str]:
    """A sentence for each script of drawn captions that no font here has, if there are any."""
    strange = missing(text for rendition in decided.renditions for text in _drawn(rendition))
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


def _ms(rendition: Rendition) -> int:
    return ms_at(rendition.timeline.frames, rendition.timeline.rate)
