"""Atomic files are complete or absent, however many processes write them."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

import pytest

from video_automation.media.atomic_files import becoming, move, write_atomically


def test_two_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    file, together = tmp_path / "job.json", Barrier(2)

    def write(content: bytes) -> None:
        with becoming(file) as partial:
            partial.write_bytes(content)
            together.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (b"one", b"other")))
    assert file.read_bytes() in (b"one", b"other")
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_comes_from_another_disk_whole_and_block_by_block(tmp_path: Path) -> None:
    with TemporaryDirectory(dir="/dev/shm") as other:
        if Path(other).stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("there is no other disk")
        found, file, blocks = Path(other) / "made.mp4", tmp_path / "made.mp4", []
        content = os.urandom(3 << 20) + b"end"
        found.write_bytes(content)
        move(found, file, moved=lambda: blocks.append(1))
        assert not found.exists()
    assert file.read_bytes() == content
    assert len(blocks) == 4
    assert list(tmp_path.iterdir()) == [file]


def test_of_what_fails_nothing_remains_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    write_atomically(b"before", file)
    with pytest.raises(FileNotFoundError), becoming(file):
        pass  # nothing was written
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]
