"""Makes folders that look like speech models: they say which languages a model knows, but cannot transcribe."""

import json
from pathlib import Path

WORDS = 51_766
"""The number of tokens in a vocabulary, without those of the languages."""


def model_folder(folder: Path, languages: int) -> Path:
    """A model with the first `languages` languages of Whisper's list; with 1 it is a model for English alone."""
    folder.mkdir(parents=True)
    words = WORDS + languages if languages > 1 else 51_864
    (folder / "vocabulary.json").write_text(json.dumps(["a"] * words))
    return folder
