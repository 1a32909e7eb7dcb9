"""Writes transcripts as files for people and programs: every word with its time in the source and in the video."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pydantic import TypeAdapter

from video_automation.plan.cues import plain_line
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.speakers import Speaker
from video_automation.plan.source.transcript import LanguageSpan, Sentence, Transcript, Unwritten, Word
from video_automation.plan.text.script import joined
from video_automation.plan.time import frame_at

_PARAGRAPH_SENTENCES = 5
_PARAGRAPH_PAUSE_MS = 2000


@dataclass(frozen=True, slots=True)
class VideoWord:
    """A word with its time in the source, and in the video; the latter is None if less than half of the word is left."""

    start_ms: int
    end_ms: int
    film_start_ms: int | None
    film_end_ms: int | None
    text: str
    confidence: int
    speaker: int | None = None
    """The id of whoever says it; None if that is not known."""


@dataclass(frozen=True, slots=True)
class VideoSentence:
    """A sentence; in the video it lasts from its first to its last remaining word, None if no word is left."""

    start_ms: int
    end_ms: int
    film_start_ms: int | None
    film_end_ms: int | None
    text: str
    words: tuple[VideoWord, ...]


@dataclass(frozen=True, slots=True)
class VideoTranscript:
    """Everything said in a source, in order."""

    language: str
    certainty: int
    """The certainty of the language, in percent."""
    languages: tuple[LanguageSpan, ...]
    """Which language is spoken where in the source; empty if all is in one language."""
    unwritten: tuple[Unwritten, ...]
    """Speech in the source that was not transcribed."""
    sentences: tuple[VideoSentence, ...]
    speakers: tuple[Speaker, ...] = ()
    """Everybody who speaks; empty if that is not known."""
    version: Literal[1] = 1


_TRANSCRIPT = TypeAdapter(VideoTranscript)


def video_transcript(said: Transcript, sentences: tuple[Sentence, ...], video: Rendition) -> VideoTranscript:
    """The transcript of a source, with times in a video made of it."""
    place = _placing(video)
    placed = tuple(_video_sentence(sentence, place, said) for sentence in sentences)
    return VideoTranscript(said.language, said.certainty, said.spans, said.unwritten, placed, said.speakers)


def transcript_json(transcript: VideoTranscript) -> bytes:
    """The transcript as JSON."""
    return _TRANSCRIPT.dump_json(transcript, indent=1)


def transcript_text(transcript: VideoTranscript) -> str:
    """The text left in the video, in paragraphs that begin with their time there.

    A long pause begins a new one, and so does another speaker, who is then named.
    """
    heard = [sentence for sentence in transcript.sentences if sentence.film_start_ms is not None]
    names = (
        {speaker.id: f"{plain_line(speaker.name)}: " for speaker in transcript.speakers} if len(transcript.speakers) > 1 else {}
    )
    changes = [
        i
        for i, (a, b) in enumerate(pairwise(heard), 1)
        if b.start_ms - a.end_ms > _PARAGRAPH_PAUSE_MS or a.words[0].speaker != b.words[0].speaker
    ]
    borders = [0, *changes, len(heard)]
    starts = [start for a, b in pairwise(borders) for start in range(a, b, _PARAGRAPH_SENTENCES)]
    paragraphs = (heard[a:b] for a, b in pairwise((*starts, len(heard))))
    named = ((part, names.get(part[0].words[0].speaker or 0, "")) for part in paragraphs)
    return "\n".join(f"{_clock(part[0])} {name}{_left(part)}\n" for part, name in named)


_Place = tuple[int, int] | tuple[None, None]


def _placing(video: Rendition) -> Callable[[Word], _Place]:
    """A function that returns a word's time in the video, in ms: a binary search, for videos of ten thousand words and cuts."""
    timeline = video.timeline
    starts, spans = zip(*timeline.placed(), strict=True)
    first_frames, ends = [span.start for span in spans], [span.end for span in spans]

    def place(word: Word) -> _Place:
        start = frame_at(word.start_ms, timeline.rate)
        end = max(start + 1, frame_at(word.end_ms, timeline.rate))
        i, j = bisect_right(ends, start), bisect_left(first_frames, end) - 1
        if i > j:
            return None, None
        first = starts[i] + max(0, start - first_frames[i])
        last = starts[j] + min(end, ends[j]) - first_frames[j]
        if 2 * (last - first) < end - start:
            return None, None
        return video.shown_ms(first), video.shown_ms(last)

    return place


def _video_sentence(sentence: Sentence, place: Callable[[Word], _Place], said: Transcript) -> VideoSentence:
    words = tuple(_video_word(word, *place(word), speaker=said.speaker_at(word.start_ms)) for word in sentence.words)
    left = [word for word in words if word.film_start_ms is not None]
    start, end = (left[0].film_start_ms, left[-1].film_end_ms) if left else (None, None)
    return VideoSentence(sentence.start_ms, sentence.end_ms, start, end, _text(words), words)


def _video_word(word: Word, start_ms: int | None, end_ms: int | None, *, speaker: int | None) -> VideoWord:
    return VideoWord(word.start_ms, word.end_ms, start_ms, end_ms, plain_line(word.text), word.confidence, speaker)


def _text(words: Iterable[VideoWord]) -> str:
    return joined(word.text for word in words if word.text)


def _clock(sentence: VideoSentence) -> str:
    second = (sentence.film_start_ms or 0) // 1000
    return f"[{second // 60:02}:{second % 60:02}]"


def _left(sentences: list[VideoSentence]) -> str:
    return _text(word for part in sentences for word in part.words if word.film_start_ms is not None)
