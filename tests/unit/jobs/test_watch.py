"""The watchdog of a run, with short limits."""

import os
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from e2e.instance import PATIENCE_S

from video_automation.errors import LostError, PipelineError, StalledError
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import handed_back, taken_up
from video_automation.jobs.model import Job
from video_automation.jobs.run.progress import Report
from video_automation.jobs.run.watchdog import TimeLimits, Watch, WatchedRun
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.media.python import run_python
from video_automation.plan.params import Params
from video_automation.stores.memory import MemoryStore

STILL, USUAL = TimeLimits(still_s=2), TimeLimits()


@pytest.fixture(autouse=True)
def _process_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the watchdog from killing this process if a run does not stop in time on a slow machine."""
    monkeypatch.setattr(os, "_exit", lambda _: None)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def job(store: MemoryStore) -> Job:
    """A job that run "one" works on."""
    job = new_job(filename="talk.mov", owner="ann", params=Params())
    store.add(job)
    return store.change(job.id, lambda job: taken_up(job, 0, "one"))


def watched(job: Job, folder: Path, stop: Stop) -> WatchedRun:
    return WatchedRun(job.id, "one", folder, stop)


def reason(stop: Stop, *, within_s: float) -> PipelineError | None:
    """The reason why the run is asked to end; None if it is not in this time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            stop.check()
        except PipelineError as error:
            return error
        Event().wait(0.01)  # leaves the processor to the watchdog
    return None


def test_a_run_that_does_not_move_is_cut_off(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    stop = Stop()
    with Watch(store, watched(job, tmp_path, stop), STILL, lambda _: None):
        assert isinstance(reason(stop, within_s=PATIENCE_S), StalledError)


def test_a_run_moves_that_says_so_or_writes(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    stop, began = Stop(), time.monotonic()
    watch = Watch(store, watched(job, tmp_path, stop), STILL, lambda _: None)
    for second in range(20):
        if second < 5:
            watch.report(Report("render", second, 60.0))
        elif second < 10:
            (tmp_path / "piece").write_bytes(bytes(second))
        elif second < 15:
            os.utime(tmp_path / "piece", (began + second, began + second))  # written without growing
        else:
            watch.moved()
        watch.hold_to_moving(began + second)
        stop.check()


def test_a_step_that_says_nothing_on_its_way_may_stand_still_for_longer_with_a_long_video(
    store: MemoryStore, job: Job, tmp_path: Path
) -> None:
    store.change(job.id, lambda job: replace(job, duration_ms=60 * 60_000))
    for stage, cut_off in (("plan", False), ("render", True)):
        stop, began = Stop(), time.monotonic()
        watch = Watch(store, watched(job, tmp_path, stop), STILL, lambda _: None)
        watch.report(Report(stage))
        watch.look(Report(stage), began)
        for second in (0, 2.5):
            watch.hold_to_moving(began + second)
        assert isinstance(reason(stop, within_s=0.05), StalledError) is cut_off


def test_a_program_that_hangs_is_ended_however_long_it_moved_before(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    hanging, stop = tmp_path / "program" / "hangs.py", Stop()
    hanging.parent.mkdir()
    hanging.write_text(
        "import signal\n"
        "from video_automation.media.signs_of_life import Signs\n"
        "signs = Signs()\n"
        "for _ in range(10_000_000):\n"
        "    signs.more()\n"
        "signal.pause()\n"
    )
    work = tmp_path / "work"
    work.mkdir()
    with Watch(store, watched(job, work, stop), STILL, lambda _: None) as watch, pytest.raises(StalledError):
        run_python(Tools(hanging.parent, (), stop, moved=watch.moved), hanging)


def test_work_that_has_ended_is_held_to_no_limit_while_that_is_told(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    stop = Stop()
    with Watch(store, watched(job, tmp_path, stop), TimeLimits(soft_s=0, hard_s=0, still_s=0), lambda _: None) as watch:
        watch.done()
        until = time.monotonic() + PATIENCE_S
        while not store.leased(job.id):
            assert time.monotonic() < until
        stop.check()


def test_a_run_that_has_lost_its_job_ends_and_may_put_nothing_out(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    stop = Stop()
    with Watch(store, watched(job, tmp_path, stop), USUAL, lambda _: None) as watch:
        watch.confirm()
        store.change(job.id, lambda job: handed_back(job, 0, setback="its worker died"))
        with pytest.raises(LostError):
            watch.confirm()
        assert isinstance(reason(stop, within_s=PATIENCE_S), LostError)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_run_whose_watch_fails_ends_for_another_attempt(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    def fails(_: Job) -> None:
        raise ZeroDivisionError

    stop = Stop()
    with Watch(store, watched(job, tmp_path, stop), USUAL, fails) as watch:
        watch.report(Report("render", 1, 60.0))
        assert isinstance(reason(stop, within_s=PATIENCE_S), StalledError)


def test_a_run_keeps_its_lease_while_it_is_watched(store: MemoryStore, job: Job, tmp_path: Path) -> None:
    stop = Stop()
    with Watch(store, watched(job, tmp_path, stop), USUAL, lambda _: None):
        until = time.monotonic() + PATIENCE_S
        while not store.leased(job.id):
            assert time.monotonic() < until
    store.release(job.id, "one")
    assert store.lease(job.id, "two")
