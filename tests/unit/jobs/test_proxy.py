"""The proxy of a recording, made by ffmpeg: in sync with the recording, small, quick to seek in."""

import logging
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from time import sleep
from typing import Any

import av
import pytest
from media.probing import ffmpeg, probed
from media.videos import click_times, clicks, make_video, read_numbers, read_sound, read_times
from places import on_disk
from running import queued
from thorough import few

from video_automation.editing.proxy_plan import proxy_plan
from video_automation.errors import StateError, TimeUpError, TransientError
from video_automation.execution.executors import LocalPool
from video_automation.jobs.lifecycle.cleanup import cleanup, forget
from video_automation.jobs.lifecycle.proxy_calls import proxy_or_call
from video_automation.jobs.locks import try_lock
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.run.pipeline import Work
from video_automation.jobs.run.proxy_making import make_proxy
from video_automation.media.program import Tools
from video_automation.media.repair.footage import take_in
from video_automation.plan.document import Document
from video_automation.plan.source.recording import Source
from video_automation.render.encode.encoders import SEEKABLE
from video_automation.render.encode.rendering import render_plan
from video_automation.render.encode.segments import Segment
from video_automation.stores.memory import MemoryStore

LONG_S = 12.0
LATE_SOUND = ("a.ts", {"sound_delay": 0.4})
CLICKS_S = (0.5, 3.25, 8.0, 11.0)
VARIABLE = tuple(accumulate(random.Random(5).choices((1 / 30, 2 / 30, 6 / 30), k=110)))
"""The times of the pictures of a variable rate, in seconds: about eleven seconds, and the first one is not at 0."""


def reviewed(backend: Backend, video: Path, source: Callable[[Job], Source] | None = None) -> Job:
    """A task of this video that waits for a review."""
    large = replace(backend, rules=replace(backend.rules, max_upload_bytes=1 << 30))
    job = queued(large, video.read_bytes())
    told = source(job) if source else probed(video)
    stored.keep_decided(backend.folders.of(job.id), Document(told, job.params))
    return backend.store.change(job.id, lambda job: replace(job, state=State.REVIEW))


def made(backend: Backend, job: Job, *, limit_s: float = 300) -> Path:
    """The path of the proxy, after a worker has been called for it."""
    make_proxy(backend, job.id, limit_s=limit_s, encoders=2)
    return backend.folders.of(job.id).proxy(job)


def start_of(video: Path) -> float:
    """The start time of a video on its clock, in seconds."""
    with av.open(str(video)) as opened:
        return (opened.start_time or 0) / 1_000_000


@pytest.mark.parametrize(
    ("name", "late"), few([("a.mp4", {"picture_delay": 0.5}), LATE_SOUND, ("a.mkv", {"sound_delay": 1.3})], LATE_SOUND)
)
def test_it_shows_and_plays_everything_when_the_recording_does(
    name: str, late: dict[str, float], backend: Backend, tmp_path: Path
) -> None:
    video = make_video(tmp_path / name, times=VARIABLE, size=(848, 480), sound=clicks(CLICKS_S, LONG_S), **late)
    proxy = made(backend, reviewed(backend, video))
    shown = list(zip(read_times(video), read_numbers(video), strict=True))
    start, played = start_of(video), dict(zip(read_times(proxy), read_numbers(proxy), strict=True))
    frame_s = 1 / 30
    assert [round(time / frame_s) for time in played] == list(range(len(played))), "a frame each thirtieth"
    for time, number in shown:
        at = min(played, key=lambda moment: abs(moment - (time - start)))
        assert abs(at - (time - start)) < 0.51 * frame_s
        assert played[at] == number, (time - start, at)
    heard = [moment - start for moment in click_times(read_sound(video))]
    assert click_times(read_sound(proxy)) == pytest.approx(heard, abs=0.002)


def test_it_is_small_upright_and_a_player_can_begin_anywhere_at_once(backend: Backend, tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=75, size=(848, 480), rotation=90, sound=clicks([1], 2.5))
    proxy = made(backend, reviewed(backend, video))
    assert read_numbers(proxy) == list(range(75)), "upright"
    with av.open(str(proxy)) as opened:
        picture, sound = opened.streams.video[0], opened.streams.audio[0]
        assert (picture.width, picture.height, picture.sample_aspect_ratio) == (362, 640, 1)
        assert (picture.codec_context.name, picture.codec_context.pix_fmt, sound.codec_context.name) == (
            "h264",
            "yuv420p",
            "aac",
        )
        keys = [packet.pts * packet.time_base for packet in opened.demux(picture) if packet.is_keyframe]
    assert max(after - before for before, after in pairwise(keys)) <= 1
    head = proxy.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat"), "the index comes first"


@pytest.mark.parametrize(("size", "shown"), [((320, 180), (320, 180)), ((720, 404), (640, 360)), ((1080, 270), (640, 160))])
def test_it_is_never_larger_than_the_recording_and_keeps_its_shape(
    size: tuple[int, int], shown: tuple[int, int], backend: Backend, tmp_path: Path
) -> None:
    proxy = made(backend, reviewed(backend, make_video(tmp_path / "a.mp4", frames=20, size=size)))
    with av.open(str(proxy)) as opened:
        assert (opened.streams.video[0].width, opened.streams.video[0].height) == shown
        assert not opened.streams.audio


def test_it_is_made_once_and_by_one(backend: Backend, tmp_path: Path) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=20))
    proxy = backend.folders.of(job.id).proxy(job)
    proxy.parent.mkdir(parents=True)
    lock = proxy.with_name("lock")
    lock.touch()
    with try_lock(lock):
        assert not made(backend, job).exists(), "another process is at it"
    first = made(backend, job).stat()
    assert made(backend, job).stat() == first
    assert {file.name for file in proxy.parent.iterdir()} == {"proxy.mp4", "lock"}
    assert proxy_or_call(backend, job) == proxy


class EndsSoon:
    """A stop that comes after the first segment."""

    encoder = SEEKABLE

    def run(self, wanted: Sequence[Segment], source: Path, tools: Tools, **heard: Any) -> None:
        LocalPool(1, SEEKABLE).run(wanted[:1], source, tools, **heard)
        raise TimeUpError("It is over.")


def test_what_another_worker_has_finished_is_not_made_again(
    backend: Backend, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=450, sound=clicks([1], 15)))
    work = Work(job, backend.folders.of(job.id), backend.rules.media)
    making = work.workspace.proxy(job).with_name("making")
    making.mkdir(parents=True)
    plan = proxy_plan(stored.newest_document(work.workspace, job))
    with pytest.raises(TimeUpError):
        render_plan(plan, work.recording, work.tools.within(making), EndsSoon(), on_made=lambda *_: None)
    with caplog.at_level(logging.INFO):
        assert read_numbers(made(backend, job)) == list(range(450))
    (told,) = (record.args for record in caplog.records if record.msg == "%d of %d segments to make")
    assert told[0] == told[1] - 1


def test_why_it_cannot_be_made_is_told_to_who_asks(backend: Backend, tmp_path: Path) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=20))
    on_disk(backend, job.id).source.write_bytes(b"no video")
    assert not made(backend, job).exists()
    with pytest.raises(StateError) as told:
        proxy_or_call(backend, job)
    assert told.value.code == "tool_failed"


class DeafStore(MemoryStore):
    """A store that answers once."""

    asked = 0

    def get(self, job_id: str) -> Job:
        self.asked += 1
        if self.asked > 1:
            raise TransientError("no answer")
        return super().get(job_id)


def test_why_it_cannot_be_made_is_told_although_the_store_does_not_answer_then(backend: Backend, tmp_path: Path) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=20))
    on_disk(backend, job.id).source.write_bytes(b"no video")
    store = DeafStore()
    store.add(backend.store.get(job.id))
    assert not made(replace(backend, store=store), job).exists()
    with pytest.raises(StateError) as told:
        proxy_or_call(backend, job)
    assert (store.asked, told.value.code) == (2, "tool_failed")


def test_it_takes_no_place_for_ever(backend: Backend, tmp_path: Path) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=600))
    assert not made(backend, job, limit_s=0.01).exists()
    with pytest.raises(StateError) as told:
        proxy_or_call(backend, job)
    assert told.value.code == "soft_time_limit"


def test_of_a_recording_without_a_clock_it_is_made_also_when_the_copy_with_one_is_gone(
    backend: Backend, tmp_path: Path
) -> None:
    def taken_in(job: Job) -> Source:
        work = Work(job, backend.folders.of(job.id), backend.rules.media)
        work.workspace.work.mkdir(parents=True)
        copy = work.workspace.copy
        return take_in(work.tools, work.recording, copy, probed=probed, on_progress=lambda _: None)

    job = reviewed(backend, make_video(tmp_path / "a.h264", frames=40), taken_in)
    backend.folders.of(job.id).copy.unlink()
    assert read_numbers(made(backend, job)) == list(range(40))


def test_of_a_task_whose_files_are_gone_nothing_is_made(backend: Backend, tmp_path: Path) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=20))
    backend.store.change(job.id, lambda job: replace(job, cleaned=True))
    assert not made(backend, job).parent.exists()


def test_of_sound_alone_it_shows_what_is_drawn(backend: Backend, tmp_path: Path) -> None:
    podcast = tmp_path / "a.mp3"
    ffmpeg("-f", "lavfi", "-i", "sine=duration=2", podcast)
    proxy = made(backend, reviewed(backend, podcast))
    with av.open(str(proxy)) as opened:
        picture = opened.streams.video[0]
        assert (picture.width, picture.height, picture.average_rate) == (640, 360, 30)
        assert picture.frames == probed(podcast).picture.frames
        assert opened.streams.audio


def cleanup_of(backend: Backend, job: Job) -> None:
    cleanup(backend, job.id)


def deleted(backend: Backend, job: Job) -> None:
    cleanup(backend, job.id)
    forget(backend, job.id)


@pytest.mark.parametrize("delete", [cleanup_of, deleted], ids=["cleaned up", "deleted"])
def test_of_a_task_that_is_deleted_meanwhile_it_ends_quietly(
    delete: Callable[[Backend, Job], None], backend: Backend, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=900, size=(640, 360)))
    making = backend.folders.of(job.id).proxy(job).with_name("making")
    caplog.set_level(logging.INFO)
    with ThreadPoolExecutor() as pool:
        work = pool.submit(made, backend, job)
        while not any(file.is_file() for file in making.rglob("*")):
            sleep(0.001)
        delete(backend, job)
        assert not work.result().exists()
    assert "No proxy: talk.mov was deleted." in caplog.messages
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []
    assert not making.parent.exists(), "nothing of it stays"


def test_of_a_task_that_is_deleted_before_it_is_begun_nothing_is_made(
    backend: Backend, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = reviewed(backend, make_video(tmp_path / "a.mp4", frames=20))
    deleted(backend, job)
    assert not made(backend, job).parent.exists()
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
