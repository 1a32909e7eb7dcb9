"""What is said in a source: words with their times, as observed, on the source's own clock."""

from collections.abc import Iterable
from dataclasses import dataclass

_UNSPACED = frozenset(("zh", "yue", "ja", "th", "lo", "my", "km", "bo"))
"""Languages that put no space between words (ISO 639)."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word with the punctuation that belongs to it: from `start_ms` on, up to `end_ms`."""

    start_ms: int
    end_ms: int
    text: str
    """Without spaces around it, never empty."""
    confidence: int
    """How sure the model is of it, in percent."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that belong together; at least one."""

    words: tuple[Word, ...]

    @property
    def start_ms(self) -> int:
        """When its first word begins."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last word ends."""
        return self.words[-1].end_ms


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything said in a source; words in order, none beginning before the one before it ends."""

    language: str
    """As ISO 639 names it: "en"."""
    words: tuple[Word, ...] = ()


def is_spaced(language: str) -> bool:
    """Whether that language puts spaces between words."""
    return language not in _UNSPACED


def text_of(words: Iterable[str], language: str) -> str:
    """Words as that language writes them, one after the other."""
    return (" " if is_spaced(language) else "").join(words)
