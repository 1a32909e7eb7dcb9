"""Finished files with names of their own: a note beside each says of what it was made, and of the same it is not made again."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from video_automation.media.program import Tools


def standing(tools: Tools, name: str, content: object, make: Callable[[], Path]) -> Path:
    """The file of this name in `tools.folder`: the one that stands there, made of this, or else what `make` puts there."""
    file, note = tools.folder / name, tools.folder / f"{name}.of"
    digest = sha256(repr(content).encode()).hexdigest()
    if file.exists() and note.exists() and note.read_text() == digest:
        return file
    note.unlink(missing_ok=True)
    made = make()
    note.write_text(digest)
    return made
