"""Runs the whole service as users start it, on its own ports and in its own folder."""

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
    """The environment of a service that shares nothing with another one, nor with the settings of this user."""
    ours = ("REDIS_URL", "PORT", "HOST", "DATA_FOLDER", "VIDEO_AUTOMATION__")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": tools, "DATA_FOLDER": str(data), "PYTHONUNBUFFERED": "1"} | more


def begin(argv: tuple[str, ...], env: Mapping[str, str], *, cwd: Path = ROOT, log: Path) -> "subprocess.Popen[str]":
    """Starts a program in a session of its own, with its output in `log`. It ends if the test run is killed."""
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
    """A running service."""

    program: "subprocess.Popen[str]"
    address: str
    log: Path

    def get(self, path: str) -> requests.Response:
        return requests.get(self.address + path, timeout=PATIENCE_S)

    def upload(self, video: Path, **options: str) -> dict[str, Any]:
        """Uploads a video, with options that leave out slow steps; gives the response."""
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
        """Stops the service; checks that its exit code is 0 and that no process of it is left."""
        family = descendants(self.program.pid)
        self.program.send_signal(number)
        assert self.program.wait(PATIENCE_S) == 0
        assert eventually(lambda: all(map(gone, family))), [pid for pid in family if not gone(pid)]

    def healthy(self) -> bool:
        """Whether all three services work."""
        try:
            return self.get("/health").status_code == 200
        except OSError:
            return False

    def services(self, name: str) -> tuple[int, ...]:
        """The process ids of "redis-server", "worker" or "serve": one, or none while it is down."""
        return tuple(pid for pid in children(self.program.pid) if name in words_of(pid))

    def service(self, name: str) -> int:
        """The process id of a service, which must be up."""
        (pid,) = self.services(name)
        return pid


@contextmanager
def running(
    data: Path, *, cwd: Path = ROOT, words: tuple[str, ...] = ("start_services.py",), **more: str
) -> Iterator[Instance]:
    """Runs `python WORDS` as a service with this data folder until the block ends; shows its output if it fails to start."""
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
    """The one line that `start_services.py` prints when it refuses to start."""
    argv = (sys.executable, "start_services.py")
    ended = subprocess.run(
        argv, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def line_within(program: "subprocess.Popen[str]", seconds: float) -> str:
    """The next line of a program's output; empty if it ends, or prints nothing in this time."""
    assert program.stdout is not None
    return program.stdout.readline().strip() if select.select([program.stdout], [], [], seconds)[0] else ""


def settled(ask: Callable[[], requests.Response]) -> requests.Response:
    """The response to a request, which is repeated while Redis is too slow."""
    give_up = time.monotonic() + PATIENCE_S
    while (answer := ask()).status_code == 503 and time.monotonic() < give_up:
        time.sleep(0.5)
    return answer


def eventually(condition: Callable[[], bool], within_s: float = PATIENCE_S) -> bool:
    """Whether a condition becomes true in this time."""
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
    """The program name and arguments of a process; empty if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return {Path(word).name for word in re.split(r"[\0 ]", Path(f"/proc/{pid}/cmdline").read_text())}
    return set()


def gone(pid: int) -> bool:
    """Whether the process has ended; a zombie has."""
    return _state(pid) in ("", "Z", "X")


def halted(pid: int) -> bool:
    """Halts a process (SIGSTOP), so that it cannot end by itself; False if it had ended before."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
    assert eventually(lambda: _state(pid) == "T" or gone(pid))
    return not gone(pid)


def go_on(pids: Iterable[int]) -> None:
    """Lets halted processes continue."""
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def _state(pid: int) -> str:
    """The state of a process in /proc: "T" if it is halted, empty if it does not exist."""
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
