"""What is said in a finished video, kept beside its files in a form that is searched quickly."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pydantic import TypeAdapter

from video_automation.plan.text.folding import WORD_END, SoughtWords, searchable
from video_automation.plan.text.script import joined
from video_automation.render.captions.transcripts import VideoTranscript
from video_automation.storage.port import Storage

SPOKEN = "spoken.json"
"""The name of the file among those of a result; it is not listed there, and goes with them."""
MOST_SEARCHED = 1_000
"""How many of an owner's tasks are searched, the newest: their texts stay at hand, some 50 kB for an hour of speech."""
MOST_HITS = 5
"""Places that are told of one video."""
_BEFORE, _AFTER = 6, 10
"""Words that are told round the place that is found."""


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words that are heard in a finished video, in their order."""

    words: tuple[str, ...]
    starts_ms: tuple[int, ...]
    """When each begins, on the clock of that video."""
    text: str
    """The words as a search compares them, with `WORD_END` between them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a finished video where what is sought is said."""

    start_ms: int
    """On the clock of that video."""
    before: str
    found: str
    after: str


_SPOKEN = TypeAdapter(SpokenWords)


def spoken_json(transcript: VideoTranscript) -> bytes:
    """The words of a transcript that are left in the video, as they are kept."""
    said = [word for sentence in transcript.sentences for word in sentence.words if word.film_start_ms is not None]
    words = tuple(word.text for word in said)
    starts = tuple(word.film_start_ms or 0 for word in said)
    return _SPOKEN.dump_json(SpokenWords(words, starts, WORD_END.join(map(searchable, words))))


def hits(storage: Storage, key: str, sought: SoughtWords) -> tuple[Hit, ...]:
    """The first places where the words that are kept under a key have a phrase; none where no words are kept there."""
    if not any(sought.places(_text(storage, key))):
        return ()
    spoken = _SPOKEN.validate_json(storage.read(key))
    return tuple(_hit(spoken, start, end) for start, end in islice(sought.places(spoken.text), MOST_HITS))


@lru_cache(MOST_SEARCHED)
def _text(storage: Storage, key: str) -> str:
    """The words under a key, to be searched; they never change."""
    try:
        return _SPOKEN.validate_json(storage.read(key)).text
    except FileNotFoundError:
        return ""


def _hit(spoken: SpokenWords, start: int, end: int) -> Hit:
    first = spoken.text.count(WORD_END, 0, start)
    after = spoken.text.count(WORD_END, 0, end) + 1
    words = spoken.words
    before = words[max(0, first - _BEFORE) : first]
    return Hit(spoken.starts_ms[first], joined(before), joined(words[first:after]), joined(words[after : after + _AFTER]))
