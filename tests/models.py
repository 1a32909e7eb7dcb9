"""Folders that look like speech models: enough to tell which languages one knows, and nothing to transcribe with."""

import json
from pathlib import Path

WORDS = 51_766
"""Tokens of a vocabulary besides one for each language."""


def model_folder(folder: Path, languages: int) -> Path:
    """A model of so many languages, in the order of Whisper's own list; of one it knows English alone."""
    folder.mkdir(parents=True)
    words = WORDS + languages if languages > 1 else 51_864
    (folder / "vocabulary.json").write_text(json.dumps(["a"] * words))
    return folder
