"""Runs a worker as users start it, and helps tests to watch it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from instance import children, gone, halted
from redis_server import PATIENCE_S, patient

from video_automation import bootstrap, config
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.lifecycle.submit import new_job, submit
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.receive import receiving
from video_automation.plan.choices import Preset
from video_automation.plan.params import EncodeParams, Params
from video_automation.stores.mirrored import MirroredStore
from video_automation.stores.redis import RedisPresence

ROOT = Path(__file__).parents[2]


@dataclass
class WorkerProcess:
    process: "subprocess.Popen[bytes]"
    backend: Backend
    presence: RedisPresence
    log: Path
    redis_url: str

    def wait_until_ready(self) -> None:
        name = f"worker-{self.process.pid}@"
        until(lambda: self.process.poll() is not None or any(there.startswith(name) for there in self.presence.present()))
        assert self.process.poll() is None

    def send(self, video: Path, *, preset: Preset = "ultrafast") -> Job:
        """Queues a job for a video, without the steps that would delay rendering."""
        params = Params(create_shorts=False, generate_titles=False, encode=EncodeParams(preset=preset))
        job = new_job(filename="video.mp4", owner="local", params=params)
        with receiving(self.backend, job.id) as incoming:
            incoming.write(video.read_bytes())
        return submit(self.backend, job)

    def job(self, job_id: str) -> Job:
        return self.backend.store.get(job_id)

    def wait(self, job_id: str, *, ended: bool = True) -> Job:
        """Waits until the job has ended, or with `ended=False` until it runs; gives it."""
        until(lambda: self.job(job_id).state.ended or (not ended and self.job(job_id).state is State.PROGRESS))
        return self.job(job_id)

    def stopped(self, job_id: str, *, units: int = 0) -> list[int]:
        """The ids of the ffmpeg processes that render a job, halted once so many units are done; none if it has ended before.

        The job cannot end until they continue.
        """
        found: list[int] = []

        def there() -> bool:
            job = self.job(job_id)
            if job.stage == "render" and len(self.units(job_id)) >= units:
                found.extend(pid for pid in self.ffmpegs(job_id) if halted(pid))
            return job.state.ended or bool(found)

        until(there)
        return found

    def send_and_stop(self, video: Path, *, preset: Preset = "ultrafast", units: int = 0) -> tuple[Job, list[int]]:
        """A job that is halted while it is rendered, as by `stopped`; a job that is done too early is sent again."""
        while True:
            sent = self.send(video, preset=preset)
            if programs := self.stopped(sent.id, units=units):
                return sent, programs

    def redo_and_stop(self, job_id: str) -> list[int]:
        """Makes a finished job again with another encoding, and halts it as `send_and_stop` does."""
        for crf in cycle(("30", "31")):
            shutil.rmtree(self.backend.folders.of(job_id).work)
            retry(self.backend, job_id, {"crf": crf})
            if programs := self.stopped(job_id):
                return programs
        raise AssertionError

    def units(self, job_id: str) -> list[str]:
        """The names of the finished segments of a job's video."""
        folder = self.backend.folders.of(job_id).work / "units"
        return [file.name for file in folder.iterdir() if file.suffix != ".part"] if folder.is_dir() else []

    def ffmpegs(self, job_id: str) -> list[int]:
        """The ids of the ffmpeg processes that have this job's folder in their command line."""
        return [pid for pid, words in processes() if job_id in words and "ffmpeg" in words.split("\0")[0]]

    def children(self) -> tuple[int, ...]:
        """The ids of the processes in the worker's pool."""
        return children(self.process.pid)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def started(redis_url: str, data: Path, celery_config: Mapping[str, object], program: tuple[str, ...]) -> WorkerProcess:
    given = {f"VIDEO_AUTOMATION__CELERY_CONFIG__{key.upper()}": json.dumps(value) for key, value in celery_config.items()}
    environment = {"REDIS_URL": redis_url, "DATA_FOLDER": str(data), **given}
    settings = config.load(environment=environment)
    process = subprocess.Popen(
        [sys.executable, *program],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    backend, redis = bootstrap.redis_backend(settings), patient(redis_url)
    backend = replace(backend, store=MirroredStore(redis, backend.folders))
    return WorkerProcess(process, backend, RedisPresence(redis), data / "pipeline.log", redis_url)


def until(true: Callable[[], bool]) -> None:
    """Waits until `true` becomes true."""
    give_up = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.01)


def processes() -> list[tuple[int, str]]:
    """The id of every process, and its command line with NUL after each word."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.append((int(entry.name), (entry / "cmdline").read_text(errors="replace")))
            except OSError:
                continue  # it has ended meanwhile
    return found


def runs(pid: int) -> bool:
    """Whether the process exists and is not a zombie."""
    return not gone(pid)
