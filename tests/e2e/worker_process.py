"""A worker as users start it, and what a test asks of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from video_automation import bootstrap, config
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.receive import receiving
from video_automation.jobs.submit import new_job, submit
from video_automation.plan.params import EncodeParams, Params, Preset
from video_automation.stores.redis import RedisPresence

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 60.0
SOON_S = 10.0
"""At once, on a machine that is busy with other things; `make chaos` measures how soon."""


@dataclass
class WorkerProcess:
    process: "subprocess.Popen[bytes]"
    backend: Backend
    presence: RedisPresence
    log: Path
    redis_url: str
    seen: list[State] = field(default_factory=list)

    def wait_until_ready(self) -> None:
        name = f"worker-{self.process.pid}@"
        until(lambda: self.process.poll() is not None or any(there.startswith(name) for there in self.presence.present()))
        assert self.process.poll() is None

    def send(self, film: Path, *, preset: Preset = "ultrafast") -> Job:
        """Has a film worked on, without what would keep it from being rendered soon."""
        params = Params(create_shorts=False, generate_titles=False, encode=EncodeParams(preset=preset))
        job = new_job(filename="film.mp4", owner="local", params=params)
        with receiving(self.backend, job.id) as incoming:
            incoming.write(film.read_bytes())
        return submit(self.backend, job)

    def job(self, job_id: str) -> Job:
        return self.backend.store.get(job_id)

    def wait(self, job_id: str, *, ended: bool = True, progress: int = 0) -> Job:
        """The job, once it has ended, or is worked on and this far."""

        def there() -> bool:
            job = self.job(job_id)
            if not self.seen or self.seen[-1] is not job.state:
                self.seen.append(job.state)
            return job.state.ended or (not ended and job.state is State.PROGRESS and job.progress >= progress)

        until(there)
        return self.job(job_id)

    def wait_for_rendering(self, job_id: str) -> list[int]:
        """The ids of the ffmpeg processes at work on the job, once there are some that render."""
        until(lambda: self.job(job_id).stage == "render" and bool(self.ffmpegs(job_id)))
        return self.ffmpegs(job_id)

    def ffmpegs(self, job_id: str) -> list[int]:
        """Processes that have this job's folder in their command line."""
        return [pid for pid, words in processes() if job_id in words and "ffmpeg" in words.split("\0")[0]]

    def children(self) -> list[int]:
        """The pool processes."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

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
    return WorkerProcess(process, bootstrap.backend(settings), bootstrap.presence(settings), data / "pipeline.log", redis_url)


def until(true: Callable[[], bool], *, within_s: float = _PATIENCE_S) -> float:
    """Waits for something to become true; gives the seconds that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within_s, "it did not happen"
        time.sleep(0.01)
    return time.monotonic() - began


def processes() -> list[tuple[int, str]]:
    """The id and the command line, words ended by NUL, of every process that runs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.append((int(entry.name), (entry / "cmdline").read_text(errors="replace")))
            except OSError:
                continue  # it has ended meanwhile
    return found


def runs(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
