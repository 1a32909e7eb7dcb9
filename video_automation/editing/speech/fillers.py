"""Filler words: sounds like "um" that say nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language
from video_automation.editing.language.wording import bare, normalized
from video_automation.plan.params import SpeechParams
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline


def fillers(said: Transcript, params: SpeechParams) -> tuple[Word, ...]:
    """The words to cut as fillers, if that is asked for: those on the list, or else those of the language spoken."""
    return tuple(said.words[place] for place in filler_places(said, params)) if params.remove_fillers else ()


def filler_places(said: Transcript, params: SpeechParams) -> tuple[int, ...]:
    """Where the words on the list of fillers, or else those of the language spoken, stand in a transcript."""
    unwanted = {code: _listed(language_of(code), params) for code in {said.language, *(span.language for span in said.spans)}}
    spoken = [(word, said.language_at(word.start_ms)) for word in said.words]
    return tuple(i for i, (word, code) in enumerate(spoken) if _sound(word.text, language_of(code)) in unwanted[code])


@dataclass(frozen=True, slots=True)
class FillerRemoval:
    """Source frames removed at a filler word, and the word as it sounds."""

    span: FrameSpan
    word: str


def removals(cut: Sequence[Word], timeline: Timeline) -> tuple[FillerRemoval, ...]:
    """The frames removed at each filler, except a filler at the very end."""
    found, starts = [], [span.start for span in timeline.spans]
    for word in cut:
        middle = frame_at((word.start_ms + word.end_ms) // 2, timeline.rate)
        i = bisect_right(starts, middle)
        if i < len(starts) and timeline.timeline_frame(middle) is None:
            before = timeline.spans[i - 1].end if i else 0
            found.append(FillerRemoval(FrameSpan(before, starts[i]), bare(word.text).casefold()))
    return tuple(found)


def _sound(text: str, language: Language) -> str:
    """A word as it sounds: “e-e” and “Ee,” are the same."""
    return normalized(text, language).replace("-", "")


def _listed(language: Language, params: SpeechParams) -> frozenset[str]:
    return frozenset(_sound(text, language) for text in params.fillers or language.fillers)
