"""Finished files with names of their own: a note beside each holds a hash of its inputs, and equal inputs are not redone."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from video_automation.media.program import Tools

FORMER = "former"
"""The folder, inside the work folder, for files of former results, each named by the hash of its inputs."""


def reused_file(tools: Tools, name: str, content: object, make: Callable[[], Path]) -> Path:
    """The file of this name in `tools.folder`, made of `content`: a finished or former one, or else the one `make` makes."""
    file, digest = tools.folder / name, _digest(content)
    if _is_of(file, digest):
        return file
    note_of(file).unlink(missing_ok=True)
    former = tools.folder / FORMER / digest
    made = former.replace(file) if former.exists() else make()
    note_of(file).write_text(digest)
    return made


def stands(tools: Tools, name: str, content: object) -> bool:
    """Whether such a file exists, finished or former."""
    digest = _digest(content)
    return _is_of(tools.folder / name, digest) or (tools.folder / FORMER / digest).exists()


def note_of(file: Path) -> Path:
    """The path of a file's note."""
    return file.with_name(f"{file.name}.of")


def _digest(content: object) -> str:
    return sha256(repr(content).encode()).hexdigest()


def _is_of(file: Path, digest: str) -> bool:
    note = note_of(file)
    return file.exists() and note.exists() and note.read_text() == digest
