"""The work on one video: observe, decide, render, publish. What an earlier attempt finished is reused."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from video_automation.analysis import looking, track_listening
from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.analysis.observer import Given, Observer
from video_automation.editing import deciding as editing
from video_automation.editing.deciding import Decided
from video_automation.editing.flattening import flatten, looks
from video_automation.editing.speech.language_remarks import language_remarks
from video_automation.editing.tracks.track_choice import choose
from video_automation.editing.tracks.track_remarks import track_remarks
from video_automation.execution.executors import executor
from video_automation.jobs.model import Job, Stage
from video_automation.jobs.policy.job_params import knowing
from video_automation.jobs.ports import Advisor
from video_automation.jobs.revisions import stored
from video_automation.jobs.run import time_spent
from video_automation.jobs.run.extent import expected_extent, planned_extent
from video_automation.jobs.run.llm_advice import Advice, ask_advisor
from video_automation.jobs.run.manifest import Manifest
from video_automation.jobs.run.outputs import Making, making, offer, publish_outputs, take_over
from video_automation.jobs.run.progress import Report
from video_automation.jobs.run.step_cache import kept
from video_automation.jobs.run.steps import STEPS, Extent
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.workspace import SAID, Workspace
from video_automation.media.audio import kept_sound
from video_automation.media.cancellation import Stop
from video_automation.media.probing import probe
from video_automation.media.probing.probe import MediaLimits
from video_automation.media.program import Tools
from video_automation.media.repair.footage import take_in
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Source
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.speakers import Voices
from video_automation.plan.source.tracks_heard import TracksHeard
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.rendering import render_plan
from video_automation.render.encode.standing import FORMER
from video_automation.render.encode.stills import make_stills

T = TypeVar("T")

_OBSERVERS: dict[str, Observer[object]] = {step.name: import_module(step.observer).OBSERVER for step in STEPS if step.observer}
"""What does the steps that only observe, by their names; loaded once, before the first job."""


@dataclass(frozen=True, slots=True)
class Work:
    """One attempt at a job. `encoders` programs may encode at a time; `report` receives the progress, from any thread."""

    job: Job
    workspace: Workspace
    media: MediaLimits
    model: SpeechModel = field(default_factory=SpeechModel)
    advisor: Advisor | None = None
    stop: Stop = field(default_factory=Stop)
    encoders: int = 1
    report: Callable[[Report], None] = lambda _: None
    expected: Callable[[Extent], None] = lambda _: None
    """Hears how much there is to do: what is usual for such a recording, then what is planned."""
    moved: Callable[[], None] = lambda: None
    """Called by steps that get further without having a share to report; from any thread."""
    measured: Callable[[int], None] = lambda _: None
    """Hears how many milliseconds the video lasts. Raises TooLargeError where that is more than its owner may have."""
    heard: Callable[[str, int], None] = lambda _, __: None
    """Hears which language is spoken, and how sure that is in percent."""
    offered: Callable[[tuple[str, ...]], None] = lambda _: None
    """Hears the names of the videos of clips that are offered while the rest is made, each time all of them."""
    confirm: Callable[[], None] = lambda: None
    """Raises LostError where the job is no longer this attempt's; asked before its result is put out."""
    saved: threading.Event = field(default_factory=threading.Event)
    """Set once any part of the work is finished and on disk that no other attempt has to do again."""
    seconds: dict[Stage, float] = field(default_factory=dict)
    """What each stage took, over all attempts; filled as they end."""

    @property
    def tools(self) -> Tools:
        """The tools for this job's programs, which read its source and the copy of it, and write into its work folder."""
        places = self.workspace
        return Tools(
            *(places.work, (self.recording, places.copy), self.stop),
            saved=self.saved.set,
            moved=self.moved,
            sounds=places.sounds,
            brand_file=places.brand_file,
        )

    @property
    def recording(self) -> Path:
        """The source as it was uploaded."""
        return self.workspace.storage.local(self.workspace.source)

    def footage(self, source: Source) -> Path:
        """The file that all steps read: the recording, or its repaired copy."""
        return self.workspace.copy if source.mended else self.recording

    def kept(self, kind: type[T], key: tuple[str | int | None, ...], make: Callable[[], T]) -> T:
        """The value of an earlier attempt with this key, or else the result of `make`."""
        return kept(self.workspace.work, kind, key, make, saved=self.saved.set)

    @contextmanager
    def stage(self, name: Stage, total_s: float = 0.0) -> Iterator[Callable[[float], None]]:
        """Measures a stage over so many seconds of video; yields a function that receives the finished share, 0 to 1."""
        began = time.monotonic()
        self.report(Report(name, 0.0, total_s))
        try:
            yield lambda share: self.report(Report(name, share * total_s, total_s))
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.monotonic() - began, 2)
            time_spent.note(self.workspace.work, self.job.reopened_at, self.seconds)


@dataclass(frozen=True, slots=True)
class Planned:
    """The newest document of a job, and the plan made of it."""

    document: Document
    plan: EditPlan


def run_pipeline(work: Work) -> Manifest | None:
    """Makes all outputs of the job and returns their manifest; None if the plan waits for a review.

    Raises:
        PipelineError: as the steps do, or for the reason of `work.stop`.
    """
    with full_disk_told():
        work.workspace.work.mkdir(parents=True, exist_ok=True)
        work.seconds.update(time_spent.before(work.workspace.work, work.job.reopened_at))
        planned = plan_job(work)
        if work.job.params.review and not work.job.reviewed:
            return None
        result = making(work.workspace, work.job, planned.document.transcript, moved=work.moved)
        take_over(result)
        _render(work, planned.plan, result)
        with work.stage("assemble"):
            work.stop.check()
            work.confirm()
            return publish_outputs(planned.plan, result, work.seconds)


def plan_job(work: Work) -> Planned:
    """Analyses the video and decides the plan, or takes the decided one; then applies all edits."""
    job = work.job
    before = stored.decided(work.workspace, job)
    source, about_tracks = _taken_in(work, before)
    observed = _observed(work, source, before.transcript if before else None)
    decided = before or _decided(work, source, observed, about_tracks)
    if decided.transcript:
        work.heard(decided.transcript.language, decided.transcript.certainty)
    history = stored.history_of(work.workspace, job)
    document = stored.with_edits(decided, history, job.revision, job.dropped_revisions)
    work.expected(planned_extent(document))
    return Planned(document, flatten(document, observed[Hearing], _sights(work, source, looks(document))))


def _decided(work: Work, source: Source, observed: Observations, about_tracks: tuple[str, ...]) -> Document:
    """Decides the document of a recording, once, and stores it."""
    remarks = about_tracks
    if transcript := observed.get(Transcript):
        remarks = (*remarks, *language_remarks(transcript, knowing(work.model.model)))
    with work.stage("plan"):
        document = _advised(work, editing.decide(source, observed, work.job.params, remarks=remarks))
    stored.keep_decided(work.workspace, document)
    stored.keep_peaks(work.workspace, observed[Hearing])
    return document


def _taken_in(work: Work, before: Document | None) -> tuple[Source, tuple[str, ...]]:
    """The source, as it was decided on if it was, and remarks about its tracks."""
    job, places = work.job, work.workspace
    probed = partial(probe.probe, work.tools, name=job.filename, limits=work.media, tracks=job.params.tracks)
    with work.stage("probe", 0.5) as on_share:  # of less than a second no seconds are told
        source = work.kept(
            Source,
            (job.id, repr(job.params.tracks), probe.VERSION),
            lambda: take_in(work.tools, work.recording, places.copy, probed=probed, on_progress=on_share),
        )
        work.measured(source.duration_ms)
        work.expected(expected_extent(source, job.params))
        return (before.source, ()) if before else _with_tracks(work, source)


def _with_tracks(work: Work, source: Source) -> tuple[Source, tuple[str, ...]]:
    """The source with its mix of sound tracks, and remarks about its tracks."""
    if source.sound is None:
        return source, track_remarks(source, None)
    heard = work.kept(
        TracksHeard,
        (source.id, track_listening.VERSION),
        lambda: track_listening.listen_to_tracks(work.tools, work.footage(source), source),
    )
    choice = choose(source.sound, heard, work.job.params.tracks)
    return replace(source, sound=choice.sound), track_remarks(source, choice)


def _observed(work: Work, source: Source, known: Transcript | None) -> Observations:
    """The observations of all observing steps, each given those before it. A known transcript is not made again."""
    observed = Observations((known, Voices(known.turns))) if known else Observations()
    for name, observer in _OBSERVERS.items():
        if observer.wanted(work.job.params) and observed.get(observer.kind) is None:
            value = seen_by(work, name, observer, source, observed)
            if isinstance(value, Transcript):
                work.heard(value.language, value.certainty)
            observed = observed.and_also(value)
    return observed


def seen_by(work: Work, name: Stage, observer: Observer[T], source: Source, before: Observations) -> T:
    """The observations of one step, from an earlier attempt if there are any."""
    given = Given(work.tools, work.footage(source), source, work.job.params, work.model, before, partial(_show_text, work))
    with work.stage(name, source.duration_ms / 1000) as on_share:
        return work.kept(
            observer.kind,
            (source.id, repr(source.sound), *observer.inputs(given), observer.version),
            lambda: observer.observe(given, on_share),
        )


def _show_text(work: Work, text: str) -> None:
    """Shows what is transcribed so far to whoever waits for a first result."""
    if not work.job.output_filename:
        work.workspace.storage.write(f"{work.workspace.building(work.job)}{SAID}", text.encode())


def _advised(work: Work, decided: Decided) -> Document:
    """The document after a language model's advice, if one is set; it is asked until it has answered once."""
    document, told = decided.document, decided.talk
    clips, titles = document.clips, document.packaging.titles
    if work.advisor is None or told is None or not (clips or titles):
        return document
    advisor = work.advisor
    key = (document.source.id, advisor.base_url, advisor.model, repr((clips, titles)))
    advice = ask_advisor(advisor, told, clips, titles, keep=lambda ask: work.kept(Advice, key, ask))
    return editing.with_advice(document, advice.clips, advice.titles, advice.remarks)


def _sights(work: Work, source: Source, looks: tuple[FrameSpan, ...]) -> dict[FrameSpan, Sight]:
    """What is seen in some spans of the recording; as many are looked at at a time as programs may encode."""
    frames = sum(span.length for span in looks)
    done = dict.fromkeys(looks, 0.0)

    def seen(span: FrameSpan) -> Sight:
        def told(share: float) -> None:
            done[span] = share * span.length
            on_share(sum(done.values()) / frames)

        return work.kept(
            Sight,
            (source.id, source.picture.stream, span.start, span.end, looking.VERSION),
            lambda: looking.look(work.tools, work.footage(source), source, span, on_progress=told),
        )

    with work.stage("look", float(frames / source.picture.rate)) as on_share, ThreadPoolExecutor(work.encoders) as pool:
        return dict(zip(looks, pool.map(seen, looks), strict=True))


def _render(work: Work, decided: EditPlan, result: Making) -> None:
    """Makes all videos and stills of a plan; finished clips are offered meanwhile, unless there is an earlier result."""
    frames = sum(rendition.frames for rendition in decided.renditions)
    whole: list[str] = []

    def made(rendition: Rendition, _: Path) -> None:
        whole.append(rendition.name)
        if rendition.kind == "short" and not work.job.output_filename:
            ready = tuple(clip for clip in decided.clips if decided.short(clip).name in whole)
            offer(decided, ready, result)
            work.offered(tuple(decided.short(clip).name for clip in ready))

    with work.stage("render", float(frames / decided.source.picture.rate)) as on_share:
        footage = work.footage(decided.source)
        make_stills(decided.source, decided.stills, footage, work.tools)
        render_plan(decided, footage, work.tools, executor(work.encoders), on_made=made, on_share=on_share)
    kept_sound.drop_kept(work.tools)
    shutil.rmtree(work.workspace.work / FORMER, ignore_errors=True)  # links there would keep results that are gone
