"""Finished files with names of their own: a note beside each says of what it was made, and of the same it is not made again."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from video_automation.media.program import Tools

FORMER = "former"
"""The folder, among those of the work, with files of results from before, each under the hash of what it was made of."""


def standing(tools: Tools, name: str, content: object, make: Callable[[], Path]) -> Path:
    """The file of this name in `tools.folder`, made of this: one that stands, or one from before, or else what `make` makes."""
    file = tools.folder / name
    note = note_of(file)
    digest = sha256(repr(content).encode()).hexdigest()
    if file.exists() and note.exists() and note.read_text() == digest:
        return file
    note.unlink(missing_ok=True)
    former = tools.folder / FORMER / digest
    made = former.replace(file) if former.exists() else make()
    note.write_text(digest)
    return made


def note_of(file: Path) -> Path:
    """Where it is noted of what a file was made."""
    return file.with_name(f"{file.name}.of")
