"""The events that a job sends from its beginning to its end."""

import json
from dataclasses import replace

from places import on_disk
from running import queued, run

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.plan.params import ClipParams, Params
from video_automation.stores.memory import MemoryStore

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CLIPS = Params(add_subtitles=False, generate_titles=False, clips=ClipParams(clips=((0.0, 0.3), (0.3, 0.6))))


def told(backend: Backend, job: Job) -> list[dict[str, object]]:
    return [json.loads(one.body) for one in backend.store.outbox.told(job.id)]


def heard(backend: Backend) -> Backend:
    """The service with a receiver of its events."""
    return replace(backend, store=MemoryStore(webhooks=Webhooks((Receiver("https://example.org/", SECRET),))))


def test_a_run_tells_when_it_begins_when_each_clip_is_there_and_how_it_ends(backend: Backend, video: bytes) -> None:
    backend = heard(backend)
    job = run(backend, queued(backend, video, params=CLIPS))
    assert job.state is State.SUCCESS, job.problem
    events = told(backend, job)
    assert [one["type"] for one in events] == ["task.started", "clip.ready", "clip.ready", "task.succeeded"]
    clips = [one["data"]["links"]["clip"] for one in events[1:3]]  # type: ignore[index]
    assert clips == [f"/task/{job.id}/files/{name}" for name in job.clips_ready]
    result = on_disk(backend, job.id).result(job).folder
    assert all((result / name).exists() for name in job.clips_ready)


def test_a_run_that_stops_for_a_review_says_so(backend: Backend, video: bytes) -> None:
    backend = heard(backend)
    job = run(backend, queued(backend, video, params=replace(CLIPS, review=True)))
    assert [one["type"] for one in told(backend, job)] == ["task.started", "task.review"]


def test_a_run_that_fails_says_why(backend: Backend) -> None:
    backend = heard(backend)
    job = run(backend, queued(backend, b"no video"))
    last = told(backend, job)[-1]
    assert last["type"] == "task.failed"
    assert job.problem
    assert last["data"]["problem"] == {"code": job.problem.code, "sentence": job.problem.sentence}  # type: ignore[index]
