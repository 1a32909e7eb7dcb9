"""A whole rendition: in sync from beginning to end, resumed from finished segments, stopped immediately."""

import contextvars
import shutil
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from plans import B_FRAMES, picture, plan_of, rendered
from thorough import few
from videos import click_times, clicks, make_video, read_numbers, read_sound, read_times

from video_automation.errors import InputError, JobCancelledError, PipelineError
from video_automation.execution.executors import LocalPool
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.render.encode.rendering import render_plan
from video_automation.render.encode.segments import segments

SMALL = (64, 36)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("video") / "a.mp4", frames=450, size=SMALL, sound=clicks([1, 14], 15))


@pytest.fixture(scope="module")
def plan(video: Path) -> EditPlan:
    return plan_of(video, [(0, 200), (230, 440)], picture(frames=450, size=SMALL), sound=1)


@pytest.fixture(scope="module")
def once(plan: EditPlan, video: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder in which the plan has been rendered, and its video. No test writes there."""
    folder = tmp_path_factory.mktemp("once")
    return folder, rendered(plan, video, folder)


@pytest.fixture
def done(once: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the folder in which the plan has been rendered."""
    return Path(shutil.copytree(once[0], tmp_path / "work"))


@pytest.mark.parametrize("rate", few(["30", "30000/1001", "variable"], "30000/1001", "variable"))
def test_sound_and_picture_stay_within_15_ms_over_many_cuts(tmp_path: Path, rate: str) -> None:
    fps = Fraction(30) if rate == "variable" else Fraction(rate)
    frames = 1500
    places = [n for n in range(frames) if rate != "variable" or n % 7 not in (3, 5)]
    at = [n for n in range(30, frames, 60) if n in set(places)]
    sound = clicks([float(n / fps) for n in at], float(frames / fps))
    video = make_video(tmp_path / "a.mkv", times=[n / fps for n in places], size=SMALL, sound=sound, codec=B_FRAMES)
    spans = [(n, n + 31) for n in range(15, frames - 60, 45)]
    out = rendered(plan_of(video, spans, picture(frames=frames, rate=fps, size=SMALL), sound=1), video, tmp_path / "work")
    shown = [places[number] for number in read_numbers(out)]
    times = read_times(out)
    assert np.diff(times) == pytest.approx(float(1 / fps), abs=1e-4)
    kept = [n for n in at if any(start + 1 <= n < end - 1 for start, end in spans)]
    heard = [time for time in click_times(read_sound(out)) if any(abs(time - times[shown.index(n)]) < 0.1 for n in kept)]
    assert len(heard) == len(kept) >= 6
    assert heard == pytest.approx([times[shown.index(n)] for n in kept], abs=0.015)


def test_the_video_can_be_played_while_it_loads_and_has_closed_gops_of_two_seconds(once: tuple[Path, Path]) -> None:
    _, out = once
    head = out.read_bytes()[:200_000]
    assert head.index(b"moov") < head.index(b"mdat")
    with av.open(str(out)) as made:
        keys = [packet.pts for packet in made.demux(video=0) if packet.is_keyframe]
        tick = made.streams.video[0].time_base
        sound = made.streams.audio[0].codec_context
    assert max(np.diff(keys)) * tick <= 2
    assert (sound.name, sound.profile, sound.sample_rate, sound.layout.name) == ("aac", "LC", 48_000, "stereo")


def test_only_what_is_missing_is_made_again(once: tuple[Path, Path], done: Path, video: Path, plan: EditPlan) -> None:
    first = once[1].read_bytes()
    folder = done / "units"
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    wanted = segments(plan, plan.renditions[0])
    assert set(made) == {unit.file_name for unit in wanted}
    (folder / wanted[1].file_name).unlink()
    (done / plan.main.name).unlink()
    heard: list[float] = []
    again: list[Path] = []
    tools = Tools(done, (video,))
    render_plan(plan, video, tools, LocalPool(2), on_made=lambda _, path: again.append(path), on_share=heard.append)
    assert [path.read_bytes() for path in again] == [first]
    now = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in now if now[name] != made[name]} == {wanted[1].file_name}
    assert heard[0] >= (410 - wanted[1].span.length) / 410, "what stands counts from the start"
    assert heard[-1] == 1


def test_of_a_video_that_stands_no_segment_is_made_again(done: Path, video: Path, plan: EditPlan) -> None:
    shutil.rmtree(done / "units")
    stood, again = (done / plan.main.name).stat().st_mtime_ns, list[Path]()
    render_plan(plan, video, Tools(done, (video,)), LocalPool(2), on_made=lambda _, path: again.append(path))
    assert [path.stat().st_mtime_ns for path in again] == [stood]
    assert list((done / "units").iterdir()) == []


def test_progress_is_told_to_the_task_that_started_it_never_goes_back_and_ends_at_the_whole(
    tmp_path: Path, video: Path, plan: EditPlan
) -> None:
    task = contextvars.ContextVar("task", default="none")
    task.set("mine")
    heard: list[tuple[str, float]] = []
    (tmp_path / "work").mkdir()
    tools = Tools(tmp_path / "work", (video,))
    render_plan(plan, video, tools, LocalPool(3), on_made=unheard, on_share=lambda done: heard.append((task.get(), done)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {name for name, _ in heard} == {"mine"}


def test_the_first_error_ends_the_others_and_leaves_the_job_itself_running(tmp_path: Path, plan: EditPlan) -> None:
    slow = replace(plan.renditions[0], encode=replace(plan.renditions[0].encode, preset="veryslow"))
    video_without_its_end = make_video(tmp_path / "b.mkv", frames=450, size=SMALL)
    video_without_its_end.write_bytes(video_without_its_end.read_bytes()[:2000])
    tools = Tools(tmp_path / "work", (video_without_its_end,))
    tools.folder.mkdir()
    broken = replace(plan, source=replace(plan.source, container="matroska,webm"), renditions=(replace(slow, gain_db=None),))
    with pytest.raises(InputError, match="cannot be decoded"):
        render_plan(broken, video_without_its_end, tools, LocalPool(2), on_made=unheard)
    tools.stop.check()
    assert not list((tools.folder / "units").glob("*.part"))


def test_a_stop_from_outside_ends_the_work_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = make_video(tmp_path / "a.mp4", frames=240, size=(640, 360))
    plan = plan_of(video, [(0, 240)], picture(frames=240, size=(640, 360)))
    slow = replace(plan.renditions[0], encode=replace(plan.renditions[0].encode, preset="veryslow", crf=1))
    tools = Tools(tmp_path / "work", (video,), Stop())
    tools.folder.mkdir()
    before = threading.active_count()
    heard = threading.Event()

    class Inner(Stop):
        def set(self, reason: PipelineError) -> None:
            super().set(reason)
            heard.set()

    def started(_: float) -> None:
        tools.stop.set(JobCancelledError("It was cancelled."))
        heard.wait(60)  # no segment is done before the stop is noticed

    monkeypatch.setattr("video_automation.execution.executors.Stop", Inner)

    with pytest.raises(JobCancelledError, match="It was cancelled"):
        render_plan(replace(plan, renditions=(slow,)), video, tools, LocalPool(2), on_made=unheard, on_share=started)
    assert list((tools.folder / "units").iterdir()) == []
    assert threading.active_count() <= before


def test_videos_come_one_after_the_other_and_one_that_is_all_there_at_once(done: Path, video: Path, plan: EditPlan) -> None:
    first, second = plan.renditions[0], replace(plan.renditions[0], name="second.mp4", width=160, height=120)
    told: list[tuple[str, int]] = []
    shares: list[float] = []

    def heard(rendition: Rendition, path: Path) -> None:
        told.append((rendition.name, frame_count(path)))

    both = replace(plan, renditions=(second, first))
    render_plan(both, video, Tools(done, (video,)), LocalPool(2), on_made=heard, on_share=shares.append)
    assert told == [("out.mp4", 410), ("second.mp4", 410)]
    assert shares[-1] == 1


def unheard(_rendition: Rendition, _path: Path) -> None:
    """Ignores the finished video."""


def frame_count(path: Path) -> int:
    with av.open(str(path)) as video:
        return video.streams.video[0].frames
