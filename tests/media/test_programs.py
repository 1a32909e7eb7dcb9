"""Programs are started, watched and stopped, and leave nothing behind."""

import logging
import os
import re
import select
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from videos import make_video, read_numbers

from video_automation.errors import JobCancelledError, LimitError, ToolError
from video_automation.media.cancellation import Stop
from video_automation.media.command import Command, source_args
from video_automation.media.ffmpeg import ffmpeg_output, ffmpeg_release, run, writing
from video_automation.media.program import Limits, Tools
from video_automation.media.python import conversing, run_python

ENDLESS = Command(("-re", "-f", "lavfi", "-i", "testsrc", "-c:v", "ffv1", "-f", "matroska"), "out.mkv")


def children(pid: int) -> set[int]:
    """The ids of a process's children, zombies included."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # a thread has just ended
            found.update(map(int, (task / "children").read_text().split()))
    return found


def test_an_output_appears_whole_with_its_frames_counted(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=30)
    heard: list[int] = []
    command = Command((*source_args(video), "-c:v", "libx264", "-f", "mp4"), "out.mp4", frames=30)
    assert run(Tools(tmp_path, (video,)), command, on_frames=heard.append) == tmp_path / "out.mp4"
    assert read_numbers(tmp_path / "out.mp4") == list(range(30))
    assert heard[-1] == 30
    assert {path.name for path in tmp_path.iterdir()} == {"video.mp4", "out.mp4"}


def test_another_number_of_frames_than_planned_is_an_error(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=30)
    with pytest.raises(ToolError, match=r"30 frames of out\.mp4 instead of 31"):
        run(Tools(tmp_path, (video,)), Command((*source_args(video), "-c", "copy", "-f", "mp4"), "out.mp4", frames=31))
    assert [path.name for path in tmp_path.iterdir()] == ["video.mp4"]


def test_a_failure_tells_what_the_program_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_bytes(b"no video at all" * 100)
    with pytest.raises(ToolError, match="Invalid data found") as caught:
        run(Tools(tmp_path, ()), Command((*source_args(tmp_path / "video.mp4"), "-f", "mp4"), "out.mp4"))
    assert caught.value.program == "ffmpeg"
    assert caught.value.exit_status > 0
    assert [path.name for path in tmp_path.iterdir()] == ["video.mp4"]


def test_a_stop_ends_every_program_and_is_the_reason_raised(tmp_path: Path) -> None:
    others = children(os.getpid())
    stop = Stop()
    started = threading.Barrier(3, timeout=60)
    raised: list[BaseException] = []

    def work(folder: Path) -> None:
        folder.mkdir()
        waited = False

        def on_frames(_: int) -> None:
            nonlocal waited
            if not waited:
                waited = True
                started.wait()

        try:
            run(Tools(folder, (), stop), ENDLESS, on_frames=on_frames)
        except BaseException as error:  # noqa: BLE001  # which one is what is tested
            raised.append(error)

    threads = [threading.Thread(target=work, args=(tmp_path / name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    started.wait()
    stop.set(JobCancelledError("Cancelled by its owner."))
    for thread in threads:
        thread.join(60)
    assert [type(error) for error in raised] == [JobCancelledError] * 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert children(os.getpid()) <= others


def test_nothing_is_started_after_a_stop(tmp_path: Path) -> None:
    stop = Stop()
    stop.set(JobCancelledError("Cancelled by its owner."))
    with pytest.raises(JobCancelledError):
        run(Tools(tmp_path, (), stop), ENDLESS)


def test_an_error_in_the_caller_ends_the_program(tmp_path: Path) -> None:
    others = children(os.getpid())

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Tools(tmp_path, ()), ENDLESS, on_frames=fail)
    assert children(os.getpid()) <= others
    assert not list(tmp_path.iterdir())


def test_the_program_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from video_automation.media.program import Tools; from video_automation.media.ffmpeg import run;"
        "from test_programs import ENDLESS;"
        "run(Tools(Path(sys.argv[1]), ()), ENDLESS, on_frames=lambda n: print(n, flush=True))"
    )
    argv = (sys.executable, "-c", script, str(tmp_path))
    with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=Path(__file__).parent) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        (pid,) = children(parent.pid)
        handle = os.pidfd_open(pid)
        assert "ffmpeg" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")[0]
        parent.send_signal(signal.SIGKILL)
        assert select.select([handle], [], [], 60)[0], "ffmpeg lives on"
        os.close(handle)


def test_a_program_that_takes_too_long_is_ended_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="ffmpeg took longer than the 1 seconds it may") as caught:
        run(Tools(tmp_path, (), limits=Limits(wall_s=1)), ENDLESS)
    assert caught.value.code == "too_slow"
    assert not list(tmp_path.iterdir())


def test_a_stream_is_read_to_its_end(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=10, size=(64, 36))
    args = (*source_args(video), "-f", "rawvideo", "-pix_fmt", "gray")
    with ffmpeg_output(Tools(tmp_path, (video,)), args) as stream:
        assert len(stream.read()) == 10 * 64 * 36


def test_a_stream_may_be_left_before_its_end(tmp_path: Path) -> None:
    others = children(os.getpid())
    with ffmpeg_output(Tools(tmp_path, ()), ("-f", "lavfi", "-i", "testsrc", "-f", "rawvideo")) as stream:
        assert len(stream.read(100)) == 100
    assert children(os.getpid()) <= others


def test_what_is_written_into_ffmpeg_comes_out_as_a_file(tmp_path: Path) -> None:
    args = ("-f", "s16le", "-ar", "48000", "-ac", "2", "-i", "pipe:0", "-f", "wav")
    with writing(Tools(tmp_path, ()), Command(args, "out.wav")) as stream:
        stream.write(bytes(4 * 48_000))
        assert not (tmp_path / "out.wav").exists()
    assert (tmp_path / "out.wav").stat().st_size > 4 * 48_000


def test_a_writer_that_fails_leaves_no_file(tmp_path: Path) -> None:
    args = ("-f", "s16le", "-ar", "48000", "-ac", "2", "-i", "pipe:0", "-f", "wav")

    def write() -> None:
        with writing(Tools(tmp_path, ()), Command(args, "out.wav")) as stream:
            stream.write(bytes(1000))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert not list(tmp_path.iterdir())


def test_a_reader_that_has_ended_early_is_told_by_its_own_words(tmp_path: Path) -> None:
    def write() -> None:
        with writing(Tools(tmp_path, ()), Command(("-nonsense", "1"), "out.wav")) as stream:
            for _ in range(100):
                stream.write(bytes(1 << 20))

    with pytest.raises(ToolError, match="nonsense"):
        write()


def test_a_python_program_can_import_this_package_wherever_it_is_started(tmp_path: Path) -> None:
    module = tmp_path / "tool.py"
    module.write_text("import sys, av, video_automation.media.sandbox; print(sys.argv[1])")
    assert run_python(Tools(tmp_path, ()), module, "a word") == b"a word\n"


def test_a_module_in_the_working_folder_is_not_imported_instead(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the stranger's module')")
    module = tmp_path / "tool.py"
    module.write_text("import json; print(json.dumps(1))")
    assert run_python(Tools(tmp_path, ()), module) == b"1\n"


def test_a_python_program_that_fails_is_told_of_without_the_folders_of_the_installation(tmp_path: Path) -> None:
    (tmp_path / "fails.py").write_text("import json; json.loads('{')")
    with pytest.raises(ToolError, match=r'File "fails\.py", line 1') as caught:
        run_python(Tools(tmp_path, ()), tmp_path / "fails.py")
    assert str(Path(os.__file__).parent) not in caught.value.sentence


def test_a_program_that_complains_without_end_fills_no_log_and_its_last_words_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "complains.py").write_text(
        "import sys\nfor n in range(9999):\n    print(n, file=sys.stderr)\nsys.exit('the end')"
    )
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ToolError, match="9998\nthe end"):
        run_python(Tools(tmp_path, ()), tmp_path / "complains.py")
    assert 0 < sum("said: " in line for line in caplog.messages) <= 100


def test_the_log_shows_each_command_without_the_long_lists(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    video = make_video(tmp_path / "video.mp4", frames=1)
    run(Tools(tmp_path, (video,)), Command((*source_args(video), "-c", "copy", "-f", "mp4"), "out.mp4"))
    (line,) = [record.getMessage() for record in caplog.records if record.getMessage().startswith("run: ")]
    assert line.startswith("run: ffmpeg -hide_banner -nostdin -v warning -progress pipe:1")
    assert "-codec_whitelist ... -max_pixels" in line
    assert line.endswith(f"-i file:{video} -c copy -f mp4 -y file:out.mp4.part")


def test_the_version_of_ffmpeg_is_known(tmp_path: Path) -> None:
    assert re.match(r"n?\d+\.\d", ffmpeg_release(Tools(tmp_path, ())))


ECHO = "import sys\nprint('ready', flush=True)\nfor line in sys.stdin:\n    print(line.strip()[::-1], flush=True)\n"


def test_a_python_program_answers_what_it_is_asked(tmp_path: Path) -> None:
    others = children(os.getpid())
    module = tmp_path / "tool.py"
    module.write_text(ECHO)
    with conversing(Tools(tmp_path, ()), module) as ask:
        assert ask(b"") == b"ready\n"
        assert ask(b"desserts\n") == b"stressed\n"
    assert children(os.getpid()) <= others


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise SystemExit('no more')", "no more"),
        ("print('ready')", "it ended before it answered"),
    ],
)
def test_a_python_program_that_ends_before_it_answers_is_an_error(body: str, said: str, tmp_path: Path) -> None:
    module = tmp_path / "tool.py"
    module.write_text(body)

    def talk() -> None:
        with conversing(Tools(tmp_path, ()), module) as ask:
            for _ in range(9):
                ask(bytes(1 << 20))

    with pytest.raises(ToolError, match=said):
        talk()


def test_a_stop_ends_a_conversation(tmp_path: Path) -> None:
    stop = Stop()
    module = tmp_path / "tool.py"
    module.write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n")

    def talk() -> None:
        with conversing(Tools(tmp_path, (), stop), module) as ask:
            ask(b"")
            threading.Timer(0.2, stop.set, (JobCancelledError("Cancelled by its owner."),)).start()
            ask(b"a question\n")

    with pytest.raises(JobCancelledError):
        talk()
