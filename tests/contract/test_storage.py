"""The contract of a storage of files. A new kind of storage is added to the fixture `storage`."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from video_automation.storage.local_files import LocalStorage
from video_automation.storage.port import Storage, StoredFile

KEY = "output/a/1-b/talk.mp4"


@pytest.fixture
def local(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "input", tmp_path / "output")


@pytest.fixture
def storage(local: LocalStorage) -> Storage:
    return local


def put(storage: Storage, tmp_path: Path, key: str, content: bytes) -> Path:
    """Writes a local file with this content and stores it under the key; gives the path of the local file."""
    found = tmp_path / f"made-{os.urandom(4).hex()}"
    found.write_bytes(content)
    storage.put(found, key)
    return found


def keys(storage: Storage, prefix: str) -> list[str]:
    return [file.key for file in storage.files(prefix)]


def test_what_is_written_is_read(storage: Storage) -> None:
    storage.write(KEY, b"before")
    storage.write(KEY, b"after")
    assert storage.read(KEY) == storage.local(KEY).read_bytes() == b"after"


def test_what_is_put_is_read_and_gone_from_where_it_was(storage: Storage, tmp_path: Path) -> None:
    storage.write(KEY, b"before")
    found = put(storage, tmp_path, KEY, b"after")
    assert storage.read(KEY) == storage.local(KEY).read_bytes() == b"after"
    assert not found.exists()


def test_a_local_file_is_put_and_read_without_a_copy(local: LocalStorage, tmp_path: Path) -> None:
    found = tmp_path / "made"
    found.write_bytes(b"video")
    made = found.stat()
    local.put(found, KEY)
    assert os.path.samestat(local.local(KEY).stat(), made)


def test_what_is_not_there_is_told(storage: Storage) -> None:
    storage.write(KEY, b"video")
    for missing in ("output/a/1-b/other.mp4", "output/a/1-b", f"{KEY}/x", "input/a/source"):
        assert storage.find(missing) is None
    with pytest.raises(FileNotFoundError):
        storage.read("input/a/source")
    with pytest.raises(FileNotFoundError):
        storage.local("input/a/source").open()
    with pytest.raises(FileNotFoundError):
        storage.copy("input/a/source", KEY)
    assert storage.read(KEY) == b"video"
    assert storage.names("input/a/") == storage.files("input/") == ()
    storage.remove("input/a/source")
    storage.remove("input/a/")


def test_a_file_tells_how_large_it_is_and_when_it_was_written(storage: Storage) -> None:
    storage.write(KEY, b"one")
    before = storage.find(KEY)
    assert before == StoredFile(KEY, 3, before.written_at)
    assert storage.files("output/") == (before,)
    os.utime(storage.local(KEY), (0, before.written_at - 60))
    storage.write(KEY, b"two")
    assert storage.find(KEY).written_at >= before.written_at - 1


def test_keys_are_listed_in_their_order_and_names_by_what_follows_a_prefix(storage: Storage) -> None:
    for key in (
        "output/a/b/2",
        "output/a/b-",
        "output/a/b/10",
        "output/a/B",
        "output/a/b.mp4",
        "output/aa/x",
        "input/a/source",
    ):
        storage.write(key, b"")
    below = ["output/a/B", "output/a/b-", "output/a/b.mp4", "output/a/b/10", "output/a/b/2"]
    assert keys(storage, "output/a/") == below == sorted(below)
    assert storage.names("output/a/") == ("B", "b-", "b.mp4", "b/")
    assert storage.names("output/") == ("a/", "aa/")


def test_a_prefix_goes_with_all_that_is_under_it_and_nothing_else(storage: Storage) -> None:
    for key in ("output/a/1/x", "output/a/1/deep/y", "output/a/10/x", "output/a/1.mp4", "output/b/1/x"):
        storage.write(key, b"")
    storage.remove("output/a/1")
    storage.remove("output/a/1.mp4/")
    assert len(storage.files("output/")) == 5
    storage.remove("output/a/1/")
    assert keys(storage, "output/") == ["output/a/1.mp4", "output/a/10/x", "output/b/1/x"]
    storage.remove("output/a/1.mp4")
    storage.remove("output/a/")
    assert keys(storage, "output/") == ["output/b/1/x"]


@pytest.mark.parametrize("prefix", ["input/", "output/"])
def test_the_files_of_all_jobs_never_go_at_once(storage: Storage, prefix: str) -> None:
    storage.write(f"{prefix}a/x", b"")
    with pytest.raises(ValueError, match="No job's files alone"):
        storage.remove(prefix)
    assert keys(storage, prefix) == [f"{prefix}a/x"]


ODD = ("", "/", "input//a", "/input/a", "/etc/passwd", "work/a", "../input/a", "input/../a", "input/a/..", "input/./a")


@pytest.mark.parametrize("key", [*ODD, "input", "input/.trash/a", "input/a/.x.part", "output/a\0"])
def test_odd_keys_and_prefixes_are_refused(storage: Storage, tmp_path: Path, key: str) -> None:
    found = tmp_path / "made"
    found.write_bytes(b"video")
    storage.write("input/a/x", b"here")
    for refused in (storage.read, storage.find, lambda key: storage.write(key, b""), lambda key: storage.put(found, key)):
        with pytest.raises(ValueError, match=r"no key|null byte"):
            refused(key)
    with pytest.raises(ValueError, match=r"no key|null byte"):
        storage.copy("input/a/x", key)
    assert found.exists()
    assert storage.read("input/a/x") == b"here"


@pytest.mark.parametrize("prefix", [*(f"{odd}/" for odd in ODD), "input/.trash/", "input//"])
def test_odd_prefixes_are_refused(storage: Storage, prefix: str) -> None:
    storage.write("input/a/x", b"here")
    for refused in (storage.names, storage.files, storage.remove, storage.tidy):
        with pytest.raises(ValueError, match="no key"):
            refused(prefix)
    assert storage.read("input/a/x") == b"here"


def test_a_key_is_no_prefix_and_a_prefix_no_key(storage: Storage) -> None:
    for refused in (storage.names, storage.files, storage.tidy):
        with pytest.raises(ValueError, match="no key"):
            refused("input/a")
    for refused in (storage.read, storage.find, storage.local):
        with pytest.raises(ValueError, match="no key"):
            refused("input/a/")


def test_of_many_that_put_the_same_key_at_once_one_has_it_whole(storage: Storage, tmp_path: Path) -> None:
    contents = [bytes([number]) * 100_000 for number in range(32)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: put(storage, tmp_path, KEY, content), contents))
        list(pool.map(lambda content: storage.write("output/a/1-b/x", content), contents))
    assert storage.read(KEY) in contents
    assert storage.read("output/a/1-b/x") in contents
    assert keys(storage, "output/") == [KEY, "output/a/1-b/x"]


def test_a_copy_takes_the_place_of_what_was_there_and_outlives_the_first(storage: Storage) -> None:
    storage.write(KEY, b"video")
    storage.write("output/a/2-c/talk.mp4", b"before")
    storage.copy(KEY, "output/a/2-c/talk.mp4")
    storage.copy(KEY, "output/a/2-c/talk.mp4")
    assert keys(storage, "output/") == [KEY, "output/a/2-c/talk.mp4"]
    storage.remove("output/a/1-b/")
    assert storage.read("output/a/2-c/talk.mp4") == b"video"


def test_a_copy_of_a_local_file_is_the_same_file(local: LocalStorage) -> None:
    local.write(KEY, b"video")
    local.copy(KEY, "output/a/2-c/talk.mp4")
    local.copy(KEY, "output/a/2-c/talk.mp4")
    assert local.local(KEY).samefile(local.local("output/a/2-c/talk.mp4"))
    assert [path.name for path in local.local("output/a/2-c/talk.mp4").parent.iterdir()] == ["talk.mp4"]


def test_what_dead_writers_left_is_never_seen_and_goes(local: LocalStorage) -> None:
    local.write(KEY, b"video")
    half = local.local(KEY).with_name(".talk.mp4.0123.part")
    half.write_bytes(b"vid")
    assert keys(local, "output/") == [KEY]
    assert local.names("output/") == ("a/",)
    local.tidy("output/", untouched_since=half.stat().st_ctime - 1)
    assert half.exists()
    local.tidy("output/")
    assert not half.exists()
    assert keys(local, "output/") == [KEY]


def test_what_is_shared_counts_once(storage: Storage, tmp_path: Path) -> None:
    storage.write(KEY, bytes(100_000))
    alone = storage.held(("output/a/",))
    storage.copy(KEY, "output/a/2-c/talk.mp4")
    (tmp_path / "work").mkdir()
    os.link(storage.local(KEY), tmp_path / "work/former")
    assert storage.held(("input/a/", "output/a/"), beside=(tmp_path / "work",)) == alone >= 100_000
    (tmp_path / "work/more").write_bytes(bytes(100_000))
    assert storage.held(("output/a/",), beside=(tmp_path / "work",)) >= alone + 100_000


def test_there_is_room(storage: Storage) -> None:
    assert storage.free() > 0
