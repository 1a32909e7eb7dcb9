"""Words of a text: split at spaces, and, in scripts without spaces, by a small model of the language."""

from collections.abc import Callable, Iterator
from functools import cache

from fontTools.unicodedata import script  # type: ignore[import-untyped]

from video_automation.plan.text.legibility import clusters
from video_automation.plan.text.script import are_spaced, is_unspaced

_TRADITIONAL = "yue"
"""The one of Whisper's languages that is mostly written in traditional Chinese characters."""


def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a text, in order, with their punctuation; `script.joined` joins them to the text again.

    A space that is unusual in its script stays at the end of the word before it.
    """
    words: list[str] = []
    for part in text.split():
        if words and not are_spaced(words[-1][-1], part[0]):
            words[-1] += " "
        words += _split(part, language)
    return tuple(words)


def _split(part: str, language: str) -> Iterator[str]:
    if not any(map(is_unspaced, part)):
        yield part
        return
    word = ""
    for piece in _pieces(part, language):
        if word and are_spaced(word[-1], piece[0]):  # the models split "Py" from "thon", but no space is written here
            word += piece
            continue
        if word:
            yield word
        word = piece
    yield word


def _pieces(part: str, language: str) -> list[str]:
    """The words the script's model finds; without a model, single letters with their marks."""
    scripts = set(map(script, part))
    if "Thai" in scripts:
        return _model("thai")(part)
    if scripts & {"Hira", "Kana"} or language == "ja":
        return _model("japanese")(part)
    if scripts & {"Hani", "Bopo"}:
        return _model("traditional_chinese" if language == _TRADITIONAL else "simplified_chinese")(part)
    return list(clusters(part))


@cache
def _model(name: str) -> Callable[[str], list[str]]:
    import budoux  # noqa: PLC0415  # most texts need none

    parse: Callable[[str], list[str]] = getattr(budoux, f"load_default_{name}_parser")().parse
    return parse
