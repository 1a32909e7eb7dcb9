"""The speech models: facts about each, which are on this machine, and how one is downloaded and checked."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from video_automation.errors import DamagedError, SettingsError, TransientError

_NEEDED = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.json", "vocabulary.txt")
_BLOCK = 1 << 18
_SILENT_S = 30.0
_TRIES = 5
"""How often the download of a file is resumed after its connection was cut."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A speech model by its name: the size of its download, the memory it needs, and its quality for its size."""

    name: str
    megabytes: int
    memory_mb: int
    quality: str


_SIZES = ("tiny", "tiny.en", "base", "base.en", "small", "small.en", "medium", "medium.en", "large-v1", "large-v2", "large-v3")
REPOSITORIES = {
    **{size: f"Systran/faster-whisper-{size}" for size in _SIZES},
    "large": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    **{f"distil-{size}": f"Systran/faster-distil-whisper-{size}" for size in ("small.en", "medium.en", "large-v2", "large-v3")},
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
}
"""Where each model is downloaded from, by the names of faster-whisper."""
KNOWN_MODELS = (
    KnownModel("tiny.en", 76, 430, "rough"),
    KnownModel("tiny", 76, 430, "rough"),
    KnownModel("base", 146, 500, "fair"),
    KnownModel("small", 484, 840, "good"),
    KnownModel("medium", 1528, 1880, "very good"),
    KnownModel("large-v3-turbo", 1618, 1970, "best for its size"),
    KnownModel("large-v3", 3087, 3440, "best"),
)
"""The models worth choosing from, smallest first. Sizes are those of their files. Memory is that of all processes that
transcribe, measured for the first three, estimated by size for the rest."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a model in its repository: its name, its size, and a checksum of one of two kinds."""

    name: str
    size: int
    sha256: str | None
    git_sha1: str
    """The Git hash of a small file."""

    @property
    def key(self) -> str:
        """The key it is stored under."""
        return self.sha256 or self.git_sha1

    def is_whole(self, file: Path) -> bool:
        """Whether a file has the size and checksum of this one."""
        if file.stat().st_size != self.size:
            return False
        found = hashlib.sha256() if self.sha256 else hashlib.sha1(f"blob {self.size}\0".encode(), usedforsecurity=False)
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
        return found.hexdigest() == self.key


def fetch(model: str, on_bytes: Callable[[int, int], None]) -> Path:
    """Downloads a model to its folder, with each file checked; resumes what an earlier call has left.

    `on_bytes` receives the bytes present and the bytes in total. Returns the folder.

    Raises:
        SettingsError: there is no such model.
        TransientError: the repository cannot be reached, or the connection was lost.
        DamagedError: a file has the wrong content; it was removed.
    """
    from huggingface_hub import constants  # noqa: PLC0415  # half a second

    repository = repository_of(model)
    revision, files = _listed(constants.ENDPOINT, repository)
    place = _place(repository)
    snapshot = place / "snapshots" / revision
    for folder in (place / "blobs", place / "refs", snapshot):
        folder.mkdir(parents=True, exist_ok=True)
    total, before = sum(file.size for file in files), 0
    for file in files:
        blob = place / "blobs" / file.key
        if not (blob.exists() and file.is_whole(blob)):
            address = f"{constants.ENDPOINT}/{repository}/resolve/{revision}/{quote(file.name)}"
            _fetch(address, file, blob, lambda there, before=before: on_bytes(before + there, total))  # type: ignore[misc]
        before += file.size
        on_bytes(before, total)
        link = snapshot / file.name
        link.unlink(missing_ok=True)
        link.symlink_to(Path("../../blobs") / file.key)
    (place / "refs" / "main").write_text(revision)
    return snapshot


def there(model: str) -> Path | None:
    """The folder of a downloaded model; None if it was not downloaded. Raises SettingsError if no model has this name."""
    place = _place(repository_of(model))
    try:
        snapshot = place / "snapshots" / (place / "refs" / "main").read_text().strip()
    except FileNotFoundError:
        return None
    return snapshot if (snapshot / "model.bin").exists() else None


def repository_of(model: str) -> str:
    """The repository of a model. Raises SettingsError if no model has this name."""
    found = model if model.count("/") == 1 else REPOSITORIES.get(model)
    if not found:
        raise SettingsError(
            f"transcription.model: there is no model {model!r}. Give a folder with one, or one of: {', '.join(REPOSITORIES)}."
        )
    return found


def _place(repository: str) -> Path:
    """The folder of a repository, where the hub's own tools keep it too."""
    from huggingface_hub import constants  # noqa: PLC0415  # half a second
    from huggingface_hub.file_download import repo_folder_name  # noqa: PLC0415

    return Path(constants.HF_HUB_CACHE) / repo_folder_name(repo_id=repository, repo_type="model")


def _listed(endpoint: str, repository: str) -> tuple[str, tuple[_File, ...]]:
    """The newest revision of a repository, and those of its files that make up a model."""
    with _opened(f"{endpoint}/api/models/{repository}?blobs=true") as answer:
        told: dict[str, Any] = json.load(answer)
    files = tuple(
        _File(one["rfilename"], one["size"], (one.get("lfs") or {}).get("sha256"), one["blobId"])
        for one in told["siblings"]
        if one["rfilename"] in _NEEDED
    )
    if not any(file.name == "model.bin" for file in files):
        raise SettingsError(f"{repository} holds no speech model that runs here: it has no model.bin.")
    return told["sha"], files


def _fetch(address: str, file: _File, blob: Path, on_bytes: Callable[[int], None]) -> None:
    """Downloads one file from where an earlier try ended; afterwards the file is whole, or its first part is kept."""
    part = blob.with_name(f"{blob.name}.part")
    for left in reversed(range(_TRIES)):
        try:
            for there in _appended(address, part, file.size):
                on_bytes(there)
            break
        except (OSError, HTTPException) as error:
            if not left:
                raise _unreachable(error) from error
    if not file.is_whole(part):
        part.unlink()
        raise DamagedError(f"{file.name} came damaged: its checksum is another. Nothing of it was kept; fetch it again.")
    part.rename(blob)


def _appended(address: str, part: Path, size: int) -> Iterator[int]:
    """Appends the missing part to a file; yields how many bytes are present. Raises OSError if less arrives."""
    with part.open("ab") as out:
        there = out.tell()
        if there < size:
            with _opened(address, there) as answer:
                if there and answer.status != 206:
                    out.truncate(0)
                    there = 0
                while block := answer.read(_BLOCK):
                    out.write(block)
                    there += len(block)
                    yield there
    if there < size:
        raise ConnectionResetError("the connection was cut")


def _opened(address: str, start: int = 0) -> Any:
    """A response to read. Raises SettingsError, TransientError, and OSError while it is read."""
    headers = {"Range": f"bytes={start}-"} if start else {}
    try:
        return urlopen(Request(address, headers=headers), timeout=_SILENT_S)
    except HTTPError as error:
        with error:
            if error.code in (401, 404):
                raise SettingsError(f"There is no such model at {address.partition('?')[0]}.") from None
            raise _unreachable(error) from error
    except (OSError, HTTPException) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> TransientError:
    with suppress(AttributeError):
        error = error.reason  # type: ignore[attr-defined]
    return TransientError(
        f"The model could not be fetched ({error}). Connect this machine to the network and ask again: what has arrived is "
        "kept. Or copy a folder with the model here, and have transcription.model name it.",
        code="no_speech_model",
    )
