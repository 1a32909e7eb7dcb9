"""Files that are there whole, however many write them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from video_automation.media.atomic_files import becoming, put


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


def test_of_what_fails_nothing_remains_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    put(b"before", file)
    with pytest.raises(FileNotFoundError), becoming(file):
        pass  # nothing was written
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]
