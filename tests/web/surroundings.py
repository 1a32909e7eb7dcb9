"""What the web app finds around it in these tests: a queue that keeps its messages, workers and Redis as told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from threading import Event

from video_automation import bootstrap, config
from video_automation.errors import TransientError
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import succeeded
from video_automation.jobs.model import Job
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats
from video_automation.jobs.workspace import Workspace
from video_automation.plan.edit import EditPlan, plan_json
from video_automation.plan.params import EncodeParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

MAX_UPLOAD = 200_000
VIDEO_BYTES = bytes(range(256)) * 40


@dataclass
class ListQueue:
    """A queue that keeps its messages; `broken`, it takes none."""

    messages: list[str] = field(default_factory=list)
    broken: bool = False

    def publish(self, job_id: str) -> None:
        if self.broken:
            raise TransientError("The queue does not answer.", retry_after_s=7)
        self.messages.append(job_id)


@dataclass
class Surroundings:
    """What the service finds around it."""

    workers: tuple[str, ...] = ("worker-1",)
    redis_answers: bool = True
    _answers: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._answers.set()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Nothing answers in the block."""
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


def captioned_files(folder: Workspace, vtt: str) -> None:
    """Gives a finished job the plan of a video of 8 seconds, and captions; its source's folder is there."""
    picture = Picture(0, "h264", 640, 360, Fraction(1), 0, Fraction(25), 250, variable=False, interlaced=False, transfer="sdr")
    source = Source("video", "my talk.mp4", "mp4", 10_000, picture, None, 0)
    timeline = Timeline(source.id, picture.rate, (FrameSpan(0, 200),))
    video = Rendition("processed_video.mp4", timeline, 640, 360, None, -2.0, EncodeParams())
    folder.plan.write_bytes(plan_json(EditPlan(source, (video,), Params())))
    folder.source.parent.mkdir(parents=True)
    (folder.output / "video.vtt").write_text(vtt)
    (folder.output / "video.srt").write_text("1\n")
    made = manifest.read(folder.manifest)
    captions = (
        Artifact("video.srt", "captions", "application/x-subrip", 2, ""),
        Artifact("video.vtt", "captions", "text/vtt", 9, ""),
    )
    whole = replace(made, artifacts=(made.artifacts[0], *captions, *made.artifacts[1:]))
    manifest.write(whole, folder.manifest)


def done(redis_url: str, data: Path, *, owner: str = "local") -> tuple[Job, Workspace]:
    """A done job that a served app knows, with a manifest of one video."""
    told = bootstrap.backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(data)}))
    job = new_job(filename="talk.mp4", owner=owner, params=Params())
    told.store.add(succeeded(job, 1, output_filename="processed_video.mp4"))
    folder = told.folders.of(job.id)
    folder.output.mkdir(parents=True)
    video = Artifact("processed_video.mp4", "video", "video/mp4", 0, "")
    manifest.write(Manifest(video.name, (video,), Stats(1, 1, 0, 0, ())), folder.manifest)
    return job, folder
