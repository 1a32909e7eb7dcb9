"""Queues jobs, and runs them in this process."""

from collections.abc import Callable
from uuid import uuid4

from places import on_disk

from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.stored import newest_document
from video_automation.jobs.run.run_job import RunSettings, run_job
from video_automation.jobs.uploads.receive import receiving
from video_automation.plan.document import Document
from video_automation.plan.params import Params


def queued(backend: Backend, video: bytes, *, filename: str = "talk.mov", params: Params | None = None) -> Job:
    """A waiting job with this video as its recording."""
    job = new_job(filename=filename, owner="ann", params=params or Params())
    with receiving(backend, job.id) as incoming:
        incoming.write(video)
    backend.store.add(job)
    return job


def plan_of(backend: Backend, job: Job) -> Document:
    """The newest document of a job."""
    return newest_document(backend.folders.of(job.id), backend.store.get(job.id))


def written(backend: Backend, job: Job) -> list[str] | None:
    """The texts of the captions that a person has put in place of ours; None if there are none."""
    captions = plan_of(backend, job).captions
    return None if captions is None else [cue.text for cue in captions]


def result(backend: Backend, job: Job) -> dict[str, bytes]:
    """The content of the files of the result that is served, by name."""
    now = backend.store.get(job.id)
    return {file.name: file.read_bytes() for file in on_disk(backend, job.id).result(now).folder.iterdir()}


def run(backend: Backend, job: Job, on_change: Callable[[Job], None] = lambda _: None) -> Job:
    """The job after a run."""
    return run_job(backend, job.id, str(uuid4()), settings=RunSettings(encoders=2), on_change=on_change)
