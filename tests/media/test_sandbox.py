"""What a program that reads a stranger's file could still do if an attacker took it over: real attacks on the real kernel."""

import json
import socket
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from videos import make_video

from video_automation.errors import LimitError, ToolError
from video_automation.media import sandbox
from video_automation.media.command import Command
from video_automation.media.ffmpeg import run
from video_automation.media.program import Limits, Tools
from video_automation.media.python import run_python

needs_landlock = pytest.mark.skipif(not sandbox.landlock_version(), reason="this kernel has no Landlock")

ATTACK = """
import ctypes, fcntl, json, os, resource, signal, socket, struct, sys, threading, time
from pathlib import Path

secret, outside, port, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])

def tried(attack):
    try:
        attack()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"

def link():
    os.symlink(secret, "link")
    open("link").read()

def system_call(number, *arguments):
    if ctypes.CDLL(None, use_errno=True).syscall(number, *map(ctypes.c_long, arguments)) < 0:
        raise OSError(ctypes.get_errno(), "")

def fork():
    if not os.fork():
        os._exit(0)

print(json.dumps({
    "close to its owner": tried(lambda: secret.chmod(0)),
    "give away": tried(lambda: os.chown(secret, os.getuid(), os.getgid())),
    "make older": tried(lambda: os.utime(secret, (0, 0))),
    "mark": tried(lambda: os.setxattr(secret, "user.mark", b"x")),
    "fork": tried(fork),
    "limit its parent": tried(lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (9999, resource.RLIM_INFINITY))),
    "slow its parent": tried(lambda: os.setpriority(os.PRIO_PROCESS, parent, 15)),
    "trace its parent": tried(lambda: system_call({"x86_64": 101, "aarch64": 117}[os.uname().machine], 16, parent, 0, 0)),
    "leave for a world of its own": tried(lambda: system_call({"x86_64": 272, "aarch64": 97}[os.uname().machine], 1 << 28)),
    "remove another's memory": tried(lambda: system_call({"x86_64": 31, "aarch64": 195}[os.uname().machine], -1, 0, 0)),
    "keep its parent to some processors": tried(lambda: os.sched_setaffinity(parent, os.sched_getaffinity(parent))),
    "folders in folders": tried(lambda: os.mkdir("deep")),
    "outlive its parent": tried(lambda: system_call({"x86_64": 157, "aarch64": 167}[os.uname().machine], 1, 0)),
    "have its parent signalled": tried(lambda: fcntl.fcntl(0, fcntl.F_SETOWN, parent)),
    "have it signalled the other way": tried(lambda: fcntl.fcntl(0, 15, struct.pack("ii", 1, parent))),
    "choose the signal": tried(lambda: fcntl.fcntl(0, 10, signal.SIGKILL)),
    "hear of files": tried(lambda: system_call({"x86_64": 294, "aarch64": 26}[os.uname().machine], 0)),
    "hear of all files": tried(lambda: system_call({"x86_64": 300, "aarch64": 262}[os.uname().machine], 0x200, 0)),
    "set the clock": tried(lambda: time.clock_settime(time.CLOCK_REALTIME, time.time())),
    "shared memory": tried(lambda: system_call({"x86_64": 29, "aarch64": 194}[os.uname().machine], 0, 4096, 0o1600)),
    "read": tried(secret.read_text),
    "read through a link": tried(link),
    "list": tried(lambda: os.listdir(secret.parent)),
    "write outside": tried(lambda: outside.write_text("x")),
    "remove": tried(secret.unlink),
    "connect": tried(lambda: socket.create_connection(("127.0.0.1", port), 2)),
    "send": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    "signal": tried(lambda: os.kill(parent, 0)),
    "run another program": tried(lambda: os.posix_spawn("/usr/bin/env", ["env"], {})),
    "read a process": tried(lambda: open(f"/proc/{parent}/environ", "rb").read()),
    "memory": tried(lambda: bytearray(1 << 30)),
    "threads of its own": tried(lambda: threading.Thread(target=int).start()),
    "work": tried(lambda: Path("mine.txt").write_text("x")),
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> tuple[Tools, Path]:
    """The tools of a job's folder, and a secret file outside it."""
    folder = tmp_path / "job"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("somebody else's")
    secret.chmod(0o644)
    return Tools(folder, ()), secret


@needs_landlock
def test_code_run_by_an_attacker_in_the_child_reaches_nothing_but_its_own_folder(place: tuple[Tools, Path]) -> None:
    tools, secret = place
    (tools.folder / "attack.py").write_text(ATTACK)
    limited = Tools(tools.folder, (), limits=Limits(memory=512 << 20))
    with socket.create_server(("127.0.0.1", 0)) as server:
        names = (
            str(secret),
            str(secret.parent / "new.txt"),
            str(server.getsockname()[1]),
            str(Path("/proc/self").resolve().name),
        )
        result = json.loads(run_python(limited, tools.folder / "attack.py", *names))
    assert result.pop("work") == "done"
    assert result.pop("memory") == "MemoryError"
    assert result.pop("threads of its own") == "done"
    assert set(result.values()) == {"PermissionError"}, result
    assert secret.read_text() == "somebody else's"
    assert secret.stat().st_mode & 0o777 == 0o644
    assert secret.stat().st_mtime > 0


@needs_landlock
@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("list.txt", "ffconcat version 1.0\nfile ../video.ts\n", ("-f", "concat", "-safe", "0")),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n../video.ts\n#EXT-X-ENDLIST\n", ()),
    ],
)
def test_a_playlist_cannot_have_ffmpeg_read_another_users_video(
    tmp_path: Path, name: str, text: str, form: tuple[str, ...]
) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    make_video(tmp_path / "video.ts", frames=3)
    (folder / name).write_text(text)
    args = (*form, "-i", name, "-c", "copy", "-f", "matroska")
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *args, "pipe:1")
    unrestricted = subprocess.run(argv, cwd=folder, stdout=subprocess.PIPE, check=True)
    assert len(unrestricted.stdout) > 1000, "the attack is none any more: find another"
    with pytest.raises(ToolError):
        run(Tools(folder, ()), Command(args, "stolen.mkv"))
    assert [path.name for path in folder.iterdir()] == [name]


@needs_landlock
def test_a_link_in_the_folder_opens_nothing_outside_it(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    make_video(tmp_path / "video.mkv", frames=3)
    (folder / "in.mkv").symlink_to("../video.mkv")
    with pytest.raises(ToolError, match="Permission denied"):
        run(Tools(folder, ()), Command(("-i", "in.mkv", "-c", "copy", "-f", "matroska"), "stolen.mkv"))


def test_ffmpeg_cannot_connect_to_anything(place: tuple[Tools, Path]) -> None:
    tools, _ = place
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        for kind in ("tcp", "udp", "http"):
            with pytest.raises(ToolError, match="Permission denied"):
                run(tools, Command(("-i", f"{kind}://127.0.0.1:{server.getsockname()[1]}", "-f", "null"), "out"))
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_file_larger_than_allowed_ends_the_program_and_is_removed(tmp_path: Path) -> None:
    noise = ("-f", "lavfi", "-i", "testsrc=s=1280x720", "-c:v", "rawvideo", "-f", "nut")
    with pytest.raises(LimitError) as caught:
        run(Tools(tmp_path, (), limits=Limits(file_size=1 << 20)), Command(noise, "out.nut"))
    assert caught.value.code == "output_too_large"
    assert not list(tmp_path.iterdir())


def test_too_much_processor_time_ends_the_program(tmp_path: Path) -> None:
    endless = ("-f", "lavfi", "-i", "testsrc", "-f", "null")
    with pytest.raises(LimitError):
        run(Tools(tmp_path, (), limits=Limits(cpu_s=1, wall_s=60)), Command(endless, "out"))


def test_a_program_is_told_no_secrets_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_KEY", "hush")
    (tmp_path / "look.py").write_text("import os, json; print(json.dumps(dict(os.environ)))")
    assert "ADMIN_KEY" not in json.loads(run_python(Tools(tmp_path, ()), tmp_path / "look.py"))
