"""The work on one video: observe, decide, render, list what was made. What an earlier attempt finished is not done again."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from video_automation.analysis.hearing import hear
from video_automation.analysis.looking import look
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.analysis.speech.transcription import transcribe
from video_automation.analysis.track_listening import listen_to_tracks
from video_automation.editing.build import Draft, draft, finished, looks, recut_as
from video_automation.editing.build import advised as with_advice
from video_automation.editing.speech.language_remarks import language_remarks
from video_automation.editing.tracks.track_choice import choose
from video_automation.editing.tracks.track_remarks import track_remarks
from video_automation.jobs.model import Job, Stage
from video_automation.jobs.policy.job_params import knowing
from video_automation.jobs.run import time_spent
from video_automation.jobs.run.advisor import Advisor
from video_automation.jobs.run.llm_advice import Advice, advised
from video_automation.jobs.run.manifest import Manifest
from video_automation.jobs.run.outputs import finish, offer
from video_automation.jobs.run.progress import Report
from video_automation.jobs.run.step_cache import kept
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.workspace import Workspace
from video_automation.media.audio.sound import keep
from video_automation.media.cancellation import Stop
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.media.repair.footage import take_in
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.tracks_heard import TracksHeard
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.time import FrameSpan, ms_at
from video_automation.render.encode.rendering import render
from video_automation.render.encode.stills import make_stills

T = TypeVar("T")

_PROBE_VERSION, _TRACKS_VERSION, _HEARING_VERSION, _TRANSCRIPT_VERSION, _SIGHT_VERSION = 8, 1, 3, 4, 3
"""Raised when a step comes to see something else in the same video: what it saw before is then looked at anew."""
_DECODING = 0.4
"""Of listening, the share of its time that decoding takes."""


@dataclass(frozen=True, slots=True)
class Work:
    """One attempt at a job. `encoders` programs may encode at a time; `report` hears how far it is, from any thread."""

    job: Job
    workspace: Workspace
    media: MediaLimits
    model: SpeechModel = field(default_factory=SpeechModel)
    advisor: Advisor | None = None
    stop: Stop = field(default_factory=Stop)
    encoders: int = 1
    report: Callable[[Report], None] = lambda _: None
    measured: Callable[[int], None] = lambda _: None
    """Hears how many milliseconds the video lasts. Raises TooLargeError where that is more than its owner may have."""
    heard: Callable[[str, int], None] = lambda _, __: None
    """Hears which language is spoken, and how sure that is in percent."""
    confirm: Callable[[], None] = lambda: None
    """Raises LostError where the job is no longer this attempt's; asked before its result is put out."""
    saved: threading.Event = field(default_factory=threading.Event)
    """Set once any part of the work is finished and on disk that no other attempt has to do again."""
    seconds: dict[Stage, float] = field(default_factory=dict)
    """What each stage took, over all attempts; filled as they end."""

    @property
    def tools(self) -> Tools:
        """For the programs of this job: they see its source and the copy of it, and write into its work folder."""
        places = self.workspace
        return Tools(places.work, (places.source, places.copy), stop=self.stop, saved=self.saved.set, sounds=places.sounds)

    def footage(self, source: Source) -> Path:
        """The file that all steps read: the source, or the copy that was made of it."""
        return self.workspace.copy if source.mended else self.workspace.source

    def kept(self, kind: type[T], key: tuple[str | int, ...], make: Callable[[], T]) -> T:
        """What an earlier attempt kept of this kind under this key, or else what `make` gives."""
        return kept(self.workspace.work, kind, key, make, saved=self.saved.set)

    @contextmanager
    def stage(self, name: Stage, total_s: float = 0.0) -> Iterator[Callable[[float], None]]:
        """Measures a stage that goes through so many seconds of video; gives what to tell the share that is done, 0 to 1."""
        began = time.monotonic()
        self.report(Report(name, 0.0, total_s))
        try:
            yield lambda share: self.report(Report(name, share * total_s, total_s))
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.monotonic() - began, 2)
            time_spent.note(self.workspace.work, self.job.reopened_at, self.seconds)


def make(work: Work) -> Manifest:
    """Makes all that the job is to make, and writes down what that is.

    Raises:
        PipelineError: as the steps do, or for the reason of `work.stop`.
    """
    with full_disk_told():
        for folder in (work.workspace.work, work.workspace.output):
            folder.mkdir(parents=True, exist_ok=True)
        work.seconds.update(time_spent.before(work.workspace.work, work.job.reopened_at))
        decided = decide(work)
        _render(work, decided)
        with work.stage("assemble"):
            work.stop.check()
            work.confirm()
            return finish(decided, work.workspace, work.seconds)


def decide(work: Work) -> EditPlan:
    """Looks at the video, listens to it, and decides what to make of it."""
    job = work.job
    places = work.workspace
    probed = partial(probe, work.tools, name=job.filename, limits=work.media, tracks=job.params.tracks)
    with work.stage("probe", 0.5) as on_share:  # of less than a second no seconds are told
        source = work.kept(
            Source,
            (job.id, repr(job.params.tracks), _PROBE_VERSION),
            lambda: take_in(work.tools, places.source, places.copy, probed=probed, on_progress=on_share),
        )
        work.measured(source.duration_ms)
        source, about_tracks = _with_tracks(work, source)
    with work.stage("listen", source.duration_ms / 1000) as on_share:
        hearing = work.kept(
            Hearing,
            (source.id, repr(source.sound), _HEARING_VERSION),
            lambda: _heard(work, source, on_share),
        )
    transcript = _transcript(work, source, hearing) if job.params.needs_words else None
    remarks = about_tracks
    if transcript:
        work.heard(transcript.language, transcript.certainty)
        remarks = (*remarks, *language_remarks(transcript, knowing(work.model.model)))
    with work.stage("plan"):
        drafted = draft(source, hearing, transcript, job.params, corrections=work.workspace.corrected(), remarks=remarks)
        wanted = recut_as(_advised(work, drafted), work.workspace.wishes())
    return finished(wanted, _sights(work, source, looks(wanted)))


def _heard(work: Work, source: Source, on_share: Callable[[float], None]) -> Hearing:
    """What is heard in the source, whose sound is kept, decoded, for this and all later steps."""
    footage = work.footage(source)
    keep(work.tools, footage, source, on_progress=lambda share: on_share(_DECODING * share))
    return hear(work.tools, footage, source, on_progress=lambda share: on_share(_DECODING + (1 - _DECODING) * share))


def _with_tracks(work: Work, source: Source) -> tuple[Source, tuple[str, ...]]:
    """The source with the mix of its sound tracks that is to be heard, and what a person is told about its tracks."""
    if source.sound is None:
        return source, track_remarks(source, None)
    heard = work.kept(
        TracksHeard,
        (source.id, _TRACKS_VERSION),
        lambda: listen_to_tracks(work.tools, work.footage(source), source),
    )
    choice = choose(source.sound, heard, work.job.params.tracks)
    return replace(source, sound=choice.sound), track_remarks(source, choice)


def _advised(work: Work, drafted: Draft) -> Draft:
    """The draft after a language model's advice, where one is to be asked; it is asked once for a video."""
    told, titles = drafted.talk, drafted.plan.packaging.titles
    if work.advisor is None or told is None or not (drafted.clips or titles):
        return drafted
    advisor = work.advisor
    advice = work.kept(
        Advice,
        (drafted.plan.source.id, advisor.base_url, advisor.model, repr((drafted.clips, titles))),
        lambda: advised(advisor, told, drafted.clips, titles),
    )
    return with_advice(drafted, advice.clips, advice.titles, advice.remarks)


def _transcript(work: Work, source: Source, hearing: Hearing) -> Transcript:
    speech = work.job.params.speech
    model = replace(work.model, language=speech.language, glossary=speech.glossary)
    with work.stage("transcribe", source.duration_ms / 1000) as on_share:
        return work.kept(
            Transcript,
            (source.id, repr(source.sound), repr(model), _TRANSCRIPT_VERSION),
            lambda: transcribe(
                work.tools,
                work.footage(source),
                source,
                hearing,
                model=model,
                on_progress=lambda done, total: on_share(done / total),
            ),
        )


def _sights(work: Work, source: Source, looks: tuple[FrameSpan, ...]) -> dict[FrameSpan, Sight]:
    """What is seen in some stretches of the source."""
    seen: dict[FrameSpan, Sight] = {}
    frames = sum(span.length for span in looks)
    with work.stage("look", float(frames / source.picture.rate)) as on_share:
        for span in looks:
            before = sum(span.length for span in seen)
            seen[span] = work.kept(
                Sight,
                (source.id, source.picture.stream, span.start, span.end, _SIGHT_VERSION),
                lambda span=span, before=before: look(  # type: ignore[misc]
                    work.tools,
                    work.footage(source),
                    source,
                    span,
                    on_progress=lambda share: on_share((before + share * span.length) / frames),
                ),
            )
    return seen


def _render(work: Work, decided: EditPlan) -> None:
    """Makes all videos and stills of a plan; a clip is offered once it is whole, unless an earlier result stands there."""
    frames = sum(rendition.timeline.frames for rendition in decided.renditions)
    whole: list[str] = []

    def made(rendition: Rendition, _: Path) -> None:
        whole.append(rendition.name)
        if rendition.kind == "short" and not work.job.output_filename:
            offer(decided, (clip for clip in decided.clips if decided.short(clip).name in whole), work.workspace)

    with work.stage("render", sum(map(_ms, decided.renditions)) / 1000) as on_share:
        footage = work.footage(decided.source)
        make_stills(decided.source, decided.stills, footage, work.tools)
        render(
            decided,
            footage,
            work.tools,
            workers=work.encoders,
            on_made=made,
            on_frames=lambda done: on_share(done / frames),
        )
    shutil.rmtree(work.workspace.sounds, ignore_errors=True)


def _ms(rendition: Rendition) -> int:
    return ms_at(rendition.timeline.frames, rendition.timeline.rate)
