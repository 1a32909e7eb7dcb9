"""What is said in a source: words with their times, as observed, on the source's own clock."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE


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
    language: str = UNKNOWN_LANGUAGE
    """As ISO 639 names it: "en"."""

    @property
    def start_ms(self) -> int:
        """When its first word begins."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last word ends."""
        return self.words[-1].end_ms


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """A part of a source in which one language is spoken."""

    start_ms: int
    end_ms: int
    language: str
    """As ISO 639 names it: "en"."""
    certainty: int
    """How sure that is, in percent."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A part of a source in which something like speech is heard, and nothing was written down."""

    start_ms: int
    end_ms: int
    reason: Literal["unknown_language", "not_understood"]
    """The model does not know its language; or what it wrote could not be believed."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything said in a source; words in order, none beginning before the one before it ends."""

    language: str = UNKNOWN_LANGUAGE
    """What most of it is spoken in, as ISO 639 names it: "en"; "und" where nobody can tell."""
    words: tuple[Word, ...] = ()
    certainty: int = 0
    """How sure the language is, in percent; 100 where a person named it, 0 where nobody looked."""
    spans: tuple[LanguageSpan, ...] = ()
    """Where which language is spoken, in order and apart; empty where all is in one."""
    unwritten: tuple[Unwritten, ...] = ()

    def language_at(self, ms: int) -> str:
        """The language spoken at a moment of the source."""
        i = bisect_right(self.spans, ms, key=lambda span: span.start_ms) - 1
        return self.spans[i].language if i >= 0 else self.language
