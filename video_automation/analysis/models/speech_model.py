"""The speech model that transcribes, and where its files are."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video_automation.analysis.models import model_shelf, packaged_model
from video_automation.plan.text.language_codes import KNOWN

_WORDS_OF_ENGLISH, _WORDS_OF_ALL = 51_864, 51_766
"""The token counts of Whisper's English vocabulary, and of the one for all languages without its language tokens."""


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model by name or folder, its device and number type (faster-whisper's names), and the language it should expect."""

    model: str = packaged_model.NAME
    device: str = "cpu"
    compute_type: str = "int8"
    language: str | None = None
    """The ISO 639 code; None lets a model of several languages detect it."""
    glossary: tuple[str, ...] = ()
    """Names and terms, spelt as the model should write them."""


def folder_of(model: str, *, moved: Callable[[], None] = lambda: None) -> Path:
    """The folder of a model; a known model that is missing is downloaded first, with `moved` called after each block.

    Raises:
        SettingsError: there is no such model.
        TransientError, DamagedError: it could not be downloaded.
    """
    return model_on_disk(model) or model_shelf.fetch(model, lambda *_: moved())


def model_on_disk(model: str) -> Path | None:
    """The folder of a model that is on this machine; None for one that would have to be downloaded.

    Raises:
        SettingsError: there is no such model, or the packaged one cannot be put in place.
    """
    if model == packaged_model.NAME and (carried := packaged_model.folder()):
        return carried
    if model not in model_shelf.REPOSITORIES and (folder := Path(model).expanduser()).is_dir():
        return folder.absolute()
    return model_shelf.there(model)


def languages_of(model: str) -> tuple[str, ...]:
    """The codes of the languages a model knows; for a model not yet on this machine, those its name promises.

    Raises:
        SettingsError: there is no such model.
    """
    folder = model_on_disk(model)
    vocabularies = [folder / name for name in ("vocabulary.txt", "vocabulary.json")] if folder else []
    file = next((file for file in vocabularies if file.exists()), None)
    if file is None:
        english = model.endswith(".en") or "distil" in model
        return ("en",) if english else KNOWN if "large-v3" in model or "turbo" in model else KNOWN[:-1]
    words = json.loads(file.read_bytes()) if file.suffix == ".json" else file.read_text().splitlines()
    return KNOWN[: len(words) - _WORDS_OF_ALL] if len(words) > _WORDS_OF_ENGLISH else ("en",)
