"""What is said in a finished video, kept beside its files in a form that is searched quickly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from video_automation.plan.text.folding import WORD_END, SoughtWords, searchable
from video_automation.plan.text.script import joined
from video_automation.render.captions.transcripts import VideoTranscript
from video_automation.storage.port import Storage

SPOKEN = "spoken.txt"
"""The name of the file among those of a result; it is not listed there, and goes with them."""
MOST_SEARCHED = 1_000
"""How many of an owner's tasks are searched, the newest: their texts stay at hand, some 50 kB for an hour of speech."""
MOST_HITS = 5
"""Places that are told of one video."""
_PARTS = "\f"
"""What separates the parts of the file: the words as a search compares them, as they are written, when they begin (ms)."""
_BEFORE, _AFTER = 6, 10
"""Words that are told round the place that is found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a finished video where what is sought is said."""

    start_ms: int
    """On the clock of that video."""
    before: str
    found: str
    after: str


def spoken_file(transcript: VideoTranscript) -> bytes:
    """What is kept of the words of a transcript that are left in the video: `_PARTS`, each word on a line of each."""
    said = [word for sentence in transcript.sentences for word in sentence.words if word.film_start_ms is not None]
    words = [" ".join(word.text.split()) for word in said]
    parts = (map(searchable, words), words, (str(word.film_start_ms) for word in said))
    return _PARTS.join(WORD_END.join(part) for part in parts).encode()


def is_said(storage: Storage, key: str, sought: SoughtWords) -> bool:
    """Whether what is kept under a key, if anything is, has the words that are sought."""
    return any(sought.places(_text(storage, key)))


def hits(storage: Storage, key: str, sought: SoughtWords) -> tuple[Hit, ...]:
    """The first places where what is kept under a key has the words that are sought. Raises FileNotFoundError."""
    text, words, starts_ms = storage.read(key).decode().split(_PARTS)
    said = tuple(zip(words.split(WORD_END), map(int, starts_ms.split(WORD_END)), strict=True))
    return tuple(_hit(said, _words_before(text, start), _words_before(text, end)) for start, end in _first(sought, text))


@lru_cache(MOST_SEARCHED)
def _text(storage: Storage, key: str) -> str:
    """The words under a key, to be searched; they never change."""
    try:
        return storage.read(key).decode().partition(_PARTS)[0]
    except FileNotFoundError:
        return ""


def _first(sought: SoughtWords, text: str) -> Iterator[tuple[int, int]]:
    return islice(sought.places(text), MOST_HITS)


def _words_before(text: str, place: int) -> int:
    return text.count(WORD_END, 0, place)


def _hit(said: tuple[tuple[str, int], ...], first: int, last: int) -> Hit:
    before, found, after = said[max(0, first - _BEFORE) : first], said[first : last + 1], said[last + 1 : last + 1 + _AFTER]
    return Hit(found[0][1], *(joined(word for word, _ in part) for part in (before, found, after)))
