"""What surrounds the web app in these tests: workers and Redis as a test sets them, and finished tasks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from threading import Event

from places import Places, on_disk, write_manifest

from video_automation import bootstrap, config
from video_automation.errors import TransientError
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import succeeded
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats
from video_automation.plan.document import Cut, Document, words_key
from video_automation.plan.params import Params
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan

RESULT = "0-0a1b2c3d"
"""The name of the folder of a first result."""
MAX_UPLOAD = 200_000
VIDEO_BYTES = bytes(range(256)) * 40


@dataclass
class Surroundings:
    """What surrounds the web app."""

    workers: tuple[str, ...] = ("worker-1",)
    redis_answers: bool = True
    _answers: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._answers.set()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Makes everything hang while the block runs."""
        self._answers.clear()
        yield
        self._answers.set()

    def ping(self) -> None:
        self._answers.wait()
        if not self.redis_answers:
            raise TransientError("Redis does not answer.")

    def present(self) -> tuple[str, ...]:
        self.ping()
        return self.workers


def talk(params: Params) -> Document:
    """The document of a recording of 10 seconds, 8 of which are kept."""
    picture = Picture(0, "h264", 640, 360, Fraction(1), 0, Fraction(25), 250, variable=False, interlaced=False, transfer="sdr")
    source = Source("video", "my talk.mp4", "mp4", 10_000, picture, None, 0)
    said = ["The", "printing", "press", "was", "made", "in", "Mainz."]
    words = tuple(Word(1000 * at, 1000 * at + 600, text, 90) for at, text in enumerate(said))
    said = Transcript("en", words, 99)
    return Document(source, params, said, (Cut(FrameSpan(200, 250), "pause"),), words_key=words_key(said))


def keep_plan(place: Places, document: Document) -> None:
    """Gives a job a recording and this document."""
    place.upload.mkdir(parents=True, exist_ok=True)
    place.source.write_bytes(b"film")
    stored.keep_decided(place.workspace, document)


def captioned_files(place: Places, job: Job, vtt: str, document: Document | None = None) -> None:
    """Gives a finished job captions, and this plan, or that of a video of 8 seconds."""
    keep_plan(place, document or talk(job.params))
    output = place.result(job)
    (output.folder / "video.vtt").write_text(vtt)
    (output.folder / "video.srt").write_text("1\n")
    made = manifest.read_manifest(output.manifest)
    captions = (
        Artifact("video.srt", "captions", "application/x-subrip", 2, ""),
        Artifact("video.vtt", "captions", "text/vtt", 9, ""),
    )
    whole = replace(made, artifacts=(made.artifacts[0], *captions, *made.artifacts[1:]))
    write_manifest(whole, output.manifest)


def plan_of(backend: Backend, job: Job) -> Document:
    """The newest document of a job."""
    return stored.newest_document(backend.folders.of(job.id), backend.store.get(job.id))


def made_again(backend: Backend, job: Job) -> Job:
    """The job after another successful run, whose result equals the former one except for its revision."""
    before, place = backend.store.get(job.id), on_disk(backend, job.id)
    shutil.copytree(place.result(before).folder, place.building(before).folder)
    return backend.store.change(job.id, lambda job: succeeded(job, 1, output_filename=str(job.output_filename)))


def done(redis_url: str, data: Path, *, owner: str = "local") -> tuple[Job, Places, Path]:
    """A finished job in the store of a served app, its places, and the folder of its result, which has one video."""
    told = bootstrap.redis_backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(data)}))
    job = succeeded(new_job(filename="talk.mp4", owner=owner, params=Params()), 1, output_filename="processed_video.mp4")
    told.store.add(job)
    workspace = on_disk(told, job.id)
    output = workspace.result(job)
    output.folder.mkdir(parents=True)
    video = Artifact("processed_video.mp4", "video", "video/mp4", 0, "")
    write_manifest(Manifest(video.name, (video,), Stats(1, 1, 0, 0, ())), output.manifest)
    return job, workspace, output.folder
