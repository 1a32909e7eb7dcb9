"""Quotas of a key when many uploads come at once, and when a video turns out to be long."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from places import on_disk
from running import queued, run

from video_automation.access.quotas import Quotas
from video_automation.errors import QuotaError, TooLargeError
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.model import Job, State
from video_automation.jobs.policy import quota
from video_automation.jobs.policy.quota import check_minutes, check_quotas, within
from video_automation.jobs.ports import Backend
from video_automation.plan.params import Params

MINUTE_MS = 60_000


def test_of_many_uploads_at_once_no_more_are_taken_in_than_may(backend: Backend, monkeypatch) -> None:
    quotas, together, look = Quotas(films_a_day=3), threading.Barrier(8), quota.check_quotas
    monkeypatch.setattr(quota, "LONGEST_QUOTA_WAIT_S", 60.0)  # a slow machine must not lead to a refusal

    def look_slowly(*args: Any, **but: Any) -> None:
        look(*args, **but)
        time.sleep(0.05)

    monkeypatch.setattr(quota, "check_quotas", look_slowly)

    def take_in(_: int) -> bool:
        job = new_job(filename="a.mp4", owner="ann", params=Params(), quotas=quotas)
        source = on_disk(backend, job.id).source
        source.parent.mkdir(parents=True)
        source.write_bytes(b"film")
        together.wait()
        try:
            with within(backend, job, quotas):
                backend.store.add(job)
        except QuotaError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take_in, range(8))) == 3
    assert backend.store.listed("ann", start=0, count=9)[1] == 3


def videos(backend: Backend, *lengths: int | None, daily: int = 10) -> list[Job]:
    """Jobs of one owner with videos of so many minutes, in the order of their uploads."""
    jobs = []
    for number, minutes in enumerate(lengths):
        job = new_job(filename="a.mp4", owner="ann", params=Params(), quotas=Quotas(minutes_a_day=daily))
        duration_ms = None if minutes is None else minutes * MINUTE_MS
        jobs.append(replace(job, created_at=1000.0 + number, duration_ms=duration_ms))
        backend.store.add(jobs[-1])
    return jobs


def test_a_video_that_makes_the_day_too_long_is_refused_with_what_is_left(backend: Backend) -> None:
    first, second, third = videos(backend, 4, 6, 1)
    check_minutes(backend.store, first)
    check_minutes(backend.store, second)
    with pytest.raises(TooLargeError, match=r"allows 10\.0 a day, of which 0\.0 are left") as caught:
        check_minutes(backend.store, third)
    assert caught.value.code == "quota_minutes"


@pytest.mark.parametrize(
    ("quotas", "ago_s", "sentence"),
    [
        (Quotas(films_a_day=1), 20 * 3600 + 1, "Your key allows 1 video a day. Try again in 4 hours."),
        (Quotas(films_a_day=1), 86_341, "Your key allows 1 video a day. Try again in 1 minute."),
        (Quotas(minutes_a_day=1), 86_400 - 89 * 60, "Your key allows 1 minute of video a day. Try again in 89 minutes."),
        (Quotas(minutes_a_day=2), 0, "Your key allows 2 minutes of video a day. Try again in 24 hours."),
        (Quotas(waiting=1), 0, "Your key allows 1 task to wait. Try again when one is done."),
        (Quotas(bytes_held=1_500_000_000), 0, "Your key allows 1.5 GB to be held. Clean up tasks that are done first."),
    ],
)
def test_what_is_used_up_is_told_in_plain_words_with_when_there_is_some_again(
    backend: Backend, quotas: Quotas, ago_s: float, sentence: str
) -> None:
    (job,) = videos(backend, 2)
    backend.store.change(job.id, lambda job: replace(job, created_at=time.time() - ago_s))
    backend.folders.of(job.id).upload.mkdir(parents=True)
    on_disk(backend, job.id).source.write_bytes(b"film")
    with pytest.raises(QuotaError) as caught:
        check_quotas(backend, "ann", quotas, declared_bytes=1_499_999_999)
    assert caught.value.sentence == sentence


def test_one_that_failed_uses_up_nothing(backend: Backend) -> None:
    first, second = videos(backend, 9, 9)
    backend.store.change(first.id, lambda job: replace(job, state=State.FAILURE))
    check_minutes(backend.store, second)


def test_one_that_came_later_but_is_done_counts(backend: Backend) -> None:
    first, second = videos(backend, 9, 9)
    backend.store.change(second.id, lambda job: replace(job, state=State.SUCCESS))
    with pytest.raises(TooLargeError):
        check_minutes(backend.store, first)


def test_a_job_whose_video_is_too_long_for_its_owner_fails_with_the_reason(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    backend.store.change(job.id, lambda job: replace(job, daily_ms=1))
    ended = run(backend, job)
    assert ended.state is State.FAILURE
    assert ended.problem is not None
    assert ended.problem.code == "quota_minutes"
