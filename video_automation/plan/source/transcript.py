"""The transcript of a source: words with their times, as observed, on the source's own clock."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from video_automation.plan.source.speakers import Speaker, Turn
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word with its punctuation: from `start_ms` up to `end_ms`."""

    start_ms: int
    end_ms: int
    text: str
    """Without white space at its ends, never empty."""
    confidence: int
    """The model's confidence in percent."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence; at least one."""

    words: tuple[Word, ...]
    language: str = UNKNOWN_LANGUAGE
    """The ISO 639 code: "en"."""

    @property
    def start_ms(self) -> int:
        """The start of its first word."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """The end of its last word."""
        return self.words[-1].end_ms


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """A part of a source in which one language is spoken."""

    start_ms: int
    end_ms: int
    language: str
    """The ISO 639 code: "en"."""
    certainty: int
    """Its certainty, in percent."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A part of a source with something like speech that was not transcribed."""

    start_ms: int
    end_ms: int
    reason: Literal["unknown_language", "not_understood"]
    """The model does not know its language; or the model's words could not be believed."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything said in a source; words in order, none beginning before the one before it ends."""

    language: str = UNKNOWN_LANGUAGE
    """The ISO 639 code of its main language: "en"; "und" if it is unknown."""
    words: tuple[Word, ...] = ()
    certainty: int = 0
    """The certainty of the language in percent; 100 if a person named it, 0 if it was not detected."""
    spans: tuple[LanguageSpan, ...] = ()
    """Which language is spoken where, in order and apart; empty if all is in one language."""
    unwritten: tuple[Unwritten, ...] = ()
    turns: tuple[Turn, ...] = ()
    """Who says which words, in order and apart; each word is in one of them. Empty if that is not known."""
    speakers: tuple[Speaker, ...] = ()
    """Everybody who has a turn, by their ids."""

    def language_at(self, ms: int) -> str:
        """The language spoken at a moment of the source."""
        i = bisect_right(self.spans, ms, key=lambda span: span.start_ms) - 1
        return self.spans[i].language if i >= 0 else self.language

    def speaker_at(self, ms: int) -> int | None:
        """The id of whoever says the word that begins at this moment of the source; None if that is not known."""
        i = bisect_right(self.turns, ms, key=lambda turn: turn.start_ms) - 1
        return self.turns[i].speaker if i >= 0 else None
