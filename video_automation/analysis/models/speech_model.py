"""Which speech model writes down what is said, and where its files are."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video_automation.analysis.models import model_shelf, packaged_model
from video_automation.plan.text.language_codes import KNOWN

_WORDS_OF_ENGLISH, _WORDS_OF_ALL = 51_864, 51_766
"""How many tokens Whisper's English vocabulary has, and how many that of all languages has besides one for each language."""


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model by name or folder, what it runs on (the names are faster-whisper's own), and the language it is to expect."""

    model: str = packaged_model.NAME
    device: str = "cpu"
    compute_type: str = "int8"
    language: str | None = None
    """As ISO 639 names it; None has a model of several languages find out."""
    glossary: tuple[str, ...] = ()
    """Names and terms it is to know how to write."""


def folder_of(model: str, *, moved: Callable[[], None] = lambda: None) -> Path:
    """The folder a model is in; one that is known by name and not there yet is fetched first, `moved` called with each block.

    Raises:
        SettingsError: there is no such model.
        TransientError, DamagedError: it could not be fetched.
    """
    return model_on_disk(model) or model_shelf.fetch(model, lambda *_: moved())


def model_on_disk(model: str) -> Path | None:
    """The folder of a model that is on this machine; None for one that would have to be fetched.

    Raises:
        SettingsError: there is no such model, or the packaged one cannot be put in place.
    """
    if model == packaged_model.NAME and (carried := packaged_model.folder()):
        return carried
    if model not in model_shelf.REPOSITORIES and (folder := Path(model).expanduser()).is_dir():
        return folder.absolute()
    return model_shelf.there(model)


def languages_of(model: str) -> tuple[str, ...]:
    """The languages a model knows, by code; of one that is not on this machine yet, those its name promises.

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
