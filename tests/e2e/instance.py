"""The whole service, started as its users start it, on ports and in a folder of its own."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import requests
from ports import free_port
from redis_server import PATIENCE_S

from video_automation.media.sandbox import die_with_parent

ROOT = Path(__file__).parents[2]
READY = "Video Automation is ready: "


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a service is started with that shares nothing with another one; no settings of whoever runs the tests."""
    ours = ("REDIS_URL", "PORT", "HOST", "DATA_FOLDER", "VIDEO_AUTOMATION__")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": tools, "DATA_FOLDER": str(data), "PYTHONUNBUFFERED": "1"} | more


def begin(argv: tuple[str, ...], env: Mapping[str, str], *, cwd: Path = ROOT, log: Path) -> "subprocess.Popen[str]":
    """A program of a session of its own, its log in a file; it ends with the test run if that is killed."""
    parent = os.getpid()
    with log.open("a") as stderr:
        return subprocess.Popen(
            argv,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """A service that is ready."""

    program: "subprocess.Popen[str]"
    address: str
    log: Path

    def get(self, path: str) -> requests.Response:
        return requests.get(self.address + path, timeout=PATIENCE_S)

    def upload(self, video: Path, **options: str) -> dict[str, Any]:
        """Has a video worked on, without what takes long and is no matter here."""
        file = (video.name, video.read_bytes())
        options = {"create_shorts": "false", "generate_titles": "false"} | options
        answer = settled(
            lambda: requests.post(f"{self.address}/upload", files={"file": file}, data=options, timeout=PATIENCE_S)
        )
        assert answer.status_code == 202, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def state(self, task_id: str) -> dict[str, Any]:
        told: dict[str, Any] = settled(lambda: self.get(f"/task/{task_id}")).json()
        return told

    def stop(self, number: int = signal.SIGTERM) -> None:
        """It ends when told to; nothing of it is left and its exit code is 0."""
        family = descendants(self.program.pid)
        self.program.send_signal(number)
        assert self.program.wait(PATIENCE_S) == 0
        assert eventually(lambda: all(map(gone, family))), [pid for pid in family if not gone(pid)]

    def healthy(self) -> bool:
        """Whether all three services do their work."""
        try:
            return self.get("/health").status_code == 200
        except OSError:
            return False

    def services(self, name: str) -> tuple[int, ...]:
        """The processes of "redis-server", "worker" or "serve": one, or none while it is down."""
        return tuple(pid for pid in children(self.program.pid) if name in words_of(pid))

    def service(self, name: str) -> int:
        """The process of a service that is up."""
        (pid,) = self.services(name)
        return pid


@contextmanager
def running(
    data: Path, *, cwd: Path = ROOT, words: tuple[str, ...] = ("start_services.py",), **more: str
) -> Iterator[Instance]:
    """A service in this data folder, ready, until the block ends; what it said is shown if it never was.

    It is what Python makes of `words`.
    """
    port = more.setdefault("PORT", str(free_port()))
    more.setdefault("REDIS_URL", f"redis://localhost:{free_port()}/0")
    log = data.with_name(f"{data.name}.log")
    program = begin((sys.executable, *words), environment(data, **more), cwd=cwd, log=log)
    try:
        assert program.stdout is not None
        said = line_within(program, PATIENCE_S)
        assert said.startswith(READY), f"{said!r}, and in its log: {log.read_text()}"
        yield Instance(program, f"http://127.0.0.1:{port}", log)
    finally:
        program.terminate()
        program.wait(PATIENCE_S)
        assert program.stdout is not None
        program.stdout.close()


def refused(data: Path, **settings: str) -> str:
    """What `start_services.py` says when it does not start: one line."""
    argv = (sys.executable, "start_services.py")
    ended = subprocess.run(
        argv, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def line_within(program: "subprocess.Popen[str]", seconds: float) -> str:
    """The next line a program writes; empty if it ends or says nothing in this time."""
    assert program.stdout is not None
    return program.stdout.readline().strip() if select.select([program.stdout], [], [], seconds)[0] else ""


def settled(ask: Callable[[], requests.Response]) -> requests.Response:
    """The answer to what is asked again while Redis is too slow for one."""
    give_up = time.monotonic() + PATIENCE_S
    while (answer := ask()).status_code == 503 and time.monotonic() < give_up:
        time.sleep(0.5)
    return answer


def eventually(condition: Callable[[], bool], within_s: float = PATIENCE_S) -> bool:
    """Whether something comes true."""
    give_up = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > give_up:
            return False
        select.select([], [], [], 0.05)
    return True


def children(pid: int) -> tuple[int, ...]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return tuple(int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return ()


def descendants(pid: int) -> tuple[int, ...]:
    return tuple(one for child in children(pid) for one in (child, *descendants(child)))


def words_of(pid: int) -> set[str]:
    """Its program's name and its arguments; nothing if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return {Path(word).name for word in re.split(r"[\0 ]", Path(f"/proc/{pid}/cmdline").read_text())}
    return set()


def gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has reaped yet has."""
    return _state(pid) in ("", "Z", "X")


def halted(pid: int) -> bool:
    """Stops a process, which then does not end by itself any more; False if it has ended before."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
    assert eventually(lambda: _state(pid) == "T" or gone(pid))
    return not gone(pid)


def go_on(pids: Iterable[int]) -> None:
    """Has processes that were stopped go on."""
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def _state(pid: int) -> str:
    """What the kernel says of a process: "T" for one that is stopped, nothing for one that is not there."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return ""


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def video(path: Path, seconds: int, size: str = "320x180") -> Path:
    """A test picture with a tone that pauses every other second."""
    sound = f"aevalsrc='0.3*sin(880*PI*t)*lt(mod(t,2),1)':d={seconds}:s=48000"
    picture = f"testsrc2=size={size}:rate=30:duration={seconds}"
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound)
    output = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path))
    subprocess.run((imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *inputs, *output), check=True, stdin=subprocess.DEVNULL)
    return path
