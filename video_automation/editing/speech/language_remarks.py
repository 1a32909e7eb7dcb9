"""Remarks about the language of a video: doubts about it, and speech that was not transcribed."""

from collections import Counter
from collections.abc import Iterable, Iterator

from fontTools.unicodedata import script  # type: ignore[import-untyped]

from video_automation.plan.source.transcript import Transcript, Unwritten
from video_automation.plan.text.known_languages import Knowing
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.text.language_names import english_name, usual_script
from video_automation.plan.text.script import script_name

_SURE = 70
"""Percent of certainty from which on the language is stated as a fact."""
_OF_ONE_SCRIPT = frozenset(
    ("Arab", "Armn", "Beng", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru", "Hebr", "Taml", "Telu", "Thai")
)
"""Scripts of which a text uses only one, beside Latin; Japanese uses three."""
_MORE_LANGUAGES = "Choose a model that knows more: the setting transcription.model."
_NAMED = 90
"""Percent of certainty from which on the user is not asked to name the language."""


def language_remarks(said: Transcript, model: Knowing) -> tuple[str, ...]:
    """Remarks about the language, and about speech that this model did not transcribe."""
    return tuple(_remarks(said, model))


def _remarks(said: Transcript, model: Knowing) -> Iterator[str]:
    if said.language != UNKNOWN_LANGUAGE and said.language not in model.languages:
        yield (
            f"{english_name(said.language)} was heard, and the speech model in use ({model.name}) knows {model.told}, so that "
            "was not written down. Choose a model that knows it: the setting transcription.model."
        )
        return
    if said.words and said.language != UNKNOWN_LANGUAGE and said.certainty < _SURE:
        yield (
            f"The language is probably {english_name(said.language)} ({said.certainty} % sure). If it is another, name it and "
            "have the video transcribed again."
        )
    if strange := _strange_script(said):
        yield (
            f"The speech model in use ({model.name}) has written {english_name(said.language)} in {strange} letters. A larger "
            "model may write its own."
        )
    unknown = [part for part in said.unwritten if part.reason == "unknown_language"]
    if unknown:
        yield (
            f"{_length(unknown)} of speech was not written down: the speech model in use ({model.name}) knows {model.told}, "
            f"and this seems to be in {_other(said, unknown, model)}. "
            f"{_MORE_LANGUAGES if len(model.languages) == 1 else _help(said, 'it')}"
        )
    unclear = [part for part in said.unwritten if part.reason == "not_understood"]
    if unclear:
        yield (
            f"{_length(unclear)} of {_speech(said, unclear)} was not written down: the words could not be made out. "
            f"{_help(said, 'them')}"
        )


def _strange_script(said: Transcript) -> str:
    """The name of the script of most letters, if the language is written in another script and neither is Latin."""
    usual = usual_script(said.language)
    letters = Counter(letter for word in said.words for letter in word.text if letter.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[script(letter)] += count
    most = max(scripts, key=scripts.__getitem__, default="")
    alone = usual in _OF_ONE_SCRIPT and most in _OF_ONE_SCRIPT
    return script_name(next(letter for letter in letters if script(letter) == most)) if alone and most != usual else ""


def _help(said: Transcript, what: str) -> str:
    sure = said.language != UNKNOWN_LANGUAGE and said.certainty >= _NAMED
    return f"A larger speech model may understand {what}." if sure else "Name the language, or use a larger model."


def _speech(said: Transcript, parts: Iterable[Unwritten]) -> str:
    """The kind of speech in these parts: "Spanish speech" if the language is known, else "speech"."""
    heard = _heard(said, parts)
    return f"{english_name(heard)} speech" if heard != UNKNOWN_LANGUAGE and said.certainty >= _SURE else "speech"


def _other(said: Transcript, parts: Iterable[Unwritten], model: Knowing) -> str:
    """The language of these parts, which the model does not know; "another" if it is uncertain."""
    heard = _heard(said, parts)
    return "another" if heard == UNKNOWN_LANGUAGE or heard in model.languages else english_name(heard)


def _heard(said: Transcript, parts: Iterable[Unwritten]) -> str:
    """The one language of these parts; "und" if there are several or it is uncertain."""
    heard = {said.language_at(part.start_ms) for part in parts}
    return heard.pop() if len(heard) == 1 else UNKNOWN_LANGUAGE


def _length(parts: Iterable[Unwritten]) -> str:
    """The length of these parts: "2 min 10 s", "45 s", "1 minute", "1 h 5 min"."""
    minutes, seconds = divmod(max(1, round(sum(part.end_ms - part.start_ms for part in parts) / 1000)), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} hour{'s' * (hours > 1)}"
    if seconds:
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    return f"{minutes} minute{'s' * (minutes > 1)}"
