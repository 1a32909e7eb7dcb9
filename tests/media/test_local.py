"""The engine without a server: which files the folder of results has after a success, a failure, a stop."""

import os
import signal
from pathlib import Path

import pytest
from media.videos import make_video

from video_automation.errors import InputError, RequestError
from video_automation.jobs.ports import Rules
from video_automation.jobs.run.progress import Report
from video_automation.local import process_file


def unheard(_: Report) -> None:
    pass


def told_to_end(_: Report) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_results_and_nothing_else_are_in_the_folder(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=10)
    made = process_file(video, tmp_path / "a/b", Rules(), report=unheard)
    names = {artifact.name for artifact in made.artifacts} | {"manifest.json"}
    assert {file.name for file in (tmp_path / "a/b").iterdir()} == names


def test_no_empty_folder_is_left_of_a_video_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_bytes(b"no video")
    with pytest.raises(InputError):
        process_file(tmp_path / "video.mp4", tmp_path / "a/b", Rules(), report=unheard)
    assert [file.name for file in tmp_path.iterdir()] == ["video.mp4"]


def test_no_scratch_is_left_when_it_is_told_to_end(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=10)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        process_file(video, tmp_path, Rules(), report=told_to_end)
    assert [file.name for file in tmp_path.iterdir()] == ["video.mp4"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_folder_that_cannot_be_written_to_is_wrong_use(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=10)
    with pytest.raises(RequestError, match=r"/proc/nowhere cannot be written to: .*"):
        process_file(video, Path("/proc/nowhere"), Rules(), report=unheard)
