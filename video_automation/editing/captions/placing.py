"""Applies a person's corrections to the transcript, and converts captions between the clocks of source and video."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from video_automation.editing.captions.rewording import rewritten
from video_automation.plan.brand.card_params import Cards
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.document import Correction, Document
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


def corrected_transcript(document: Document) -> Transcript | None:
    """The transcript with a person's corrections; None without transcription."""
    said = document.transcript
    if said is None or not document.corrections:
        return said
    return replace(said, words=tuple(_corrected(said, document.corrections)))


def _corrected(said: Transcript, corrections: Sequence[Correction]) -> Iterator[Word]:
    at = 0
    for correction in corrections:
        yield from said.words[at : correction.first]
        heard = said.words[correction.first : correction.last + 1]
        texts = words_of(correction.text, said.language_at(heard[0].start_ms))
        yield from rewritten(heard, texts, begin_ms=heard[0].start_ms, end_ms=heard[-1].end_ms)
        at = correction.last + 1
    yield from said.words[at:]


def on_video(captions: Iterable[Cue], video: Timeline) -> tuple[Cue, ...]:
    """Captions in frames of the source, converted to frames of a video, without what is cut."""
    placed = ((cue, video.within(cue.span)) for cue in captions)
    return tuple(
        Cue(span, cue.lines, _words(cue.words, [video.within(word.span) for word in cue.words])) for cue, span in placed if span
    )


def on_source(captions: Iterable[Cue], video: Timeline) -> tuple[Cue, ...]:
    """Captions in frames of a video, converted to frames of its source."""
    return tuple(
        Cue(_shown(cue.span, video), cue.lines, _words(cue.words, [_shown(word.span, video) for word in cue.words]))
        for cue in captions
    )


def between_cards(captions: Iterable[Cue], cards: Cards, video: Timeline) -> tuple[Cue, ...]:
    """Captions in frames of a video with these cards, converted to frames of its timeline, without what is over a card."""

    def moved(span: FrameSpan) -> FrameSpan | None:
        start, end = max(0, span.start - cards.before), min(video.frames, span.end - cards.before)
        return FrameSpan(start, end) if start < end else None

    placed = ((cue, moved(cue.span)) for cue in captions)
    return tuple(
        Cue(span, cue.lines, _words(cue.words, [moved(word.span) for word in cue.words])) for cue, span in placed if span
    )


def _shown(span: FrameSpan, video: Timeline) -> FrameSpan:
    return FrameSpan(video.source_frame(span.start), video.source_frame(span.end - 1) + 1)


def _words(words: Sequence[CueWord], spans: Sequence[FrameSpan | None]) -> tuple[CueWord, ...]:
    """The words at these places; none if one of them was cut, since timed words have to be the whole caption."""
    placed = [CueWord(span, word.text) for word, span in zip(words, spans, strict=True) if span]
    return tuple(placed) if len(placed) == len(words) else ()
