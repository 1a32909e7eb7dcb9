"""Decides once what is made of a recording: the document, which a person may then change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from video_automation.editing.highlights.choice import ClipChoice, choice, no_clips_because
from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import is_question
from video_automation.editing.publishing.publishing_text import packaging
from video_automation.editing.speech.cleaning import cleaned_ranges, cleaning_remarks
from video_automation.editing.speech.fillers import fillers, removals
from video_automation.editing.speech.sentences import sentences
from video_automation.editing.speech.silence_removal import kept_spans
from video_automation.editing.speech.utterances import utterances
from video_automation.editing.speech.word_alignment import aligned_words
from video_automation.editing.speech.word_turns import with_speakers
from video_automation.editing.time_range import TimeRange
from video_automation.editing.tracks.break_remarks import break_remarks
from video_automation.plan.clip import Clip
from video_automation.plan.document import Cut, Document, words_key
from video_automation.plan.packaging import Packaging, Title
from video_automation.plan.params import Params
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.noise import Noise
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Source
from video_automation.plan.source.speakers import Voices
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline

_NO_SOUND = "The video has no sound, so it was left whole."
_NO_SPEECH = "No speech was found, so the video was left whole."
_RATE_ASSUMED = (
    "The file does not say how fast its pictures follow each other, so 25 a second were taken. If that is wrong, put it into "
    "MP4 at the right rate (ffmpeg -r RATE -i FILE -c copy NEW.mp4) and upload that."
)
_LOOKED_AT = (15, 50, 85)
"""Where a video without clips is sampled for thumbnails, in percent of its length,"""
_LOOK_MS = 2_000
"""and for how long."""
_AFTER_QUESTION = 3
"""How many times as much of a pause stays after a question as after another sentence."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The document, and the talk it is based on; the talk is None if there is no speech."""

    document: Document
    talk: Talk | None


def decide(source: Source, observed: Observations, params: Params, *, remarks: tuple[str, ...] = ()) -> Decided:
    """The decisions for a source: which pauses are cut, which passages become clips, which texts it is published with.

    `observed` has a Hearing, and a Transcript and Noise if these were wanted; `remarks` are those about its tracks and its
    transcript.
    """
    hearing, transcript = observed[Hearing], observed.get(Transcript)
    heard = utterances(hearing)
    said = transcript and replace(transcript, words=aligned_words(transcript.words, heard))
    unwanted = fillers(said, params.speech) if said else ()
    cut = frozenset(unwanted)
    wanted = tuple(word for word in said.words if word not in cut) if said else ()
    told = talk(sentences(replace(said, words=wanted)), said.language) if said and wanted else None
    spans = _spans(source, heard, wanted, unwanted, params, told)
    video = Timeline(source.id, source.picture.rate, spans or (FrameSpan(0, source.picture.frames),))
    remarks = (*break_remarks(source.breaks), *remarks, *((_RATE_ASSUMED,) if source.picture.rate_assumed else ()))
    noisy = cleaned_ranges(hearing, noise) if (noise := observed.get(Noise)) else ()
    if noise:
        remarks = (*remarks, *cleaning_remarks(hearing, noise, noisy))
    if params.trim_silence and not spans:
        remarks = (*remarks, _whole_because(hearing))
    chosen = (
        choice(told, hearing, video, params.clips, source_ms=source.duration_ms)
        if params.create_shorts and said
        else ClipChoice()
    )
    if params.create_shorts and said and not chosen.clips:
        remarks = (*remarks, no_clips_because(told, params.clips))
    document = Document(
        source=source,
        params=params,
        transcript=said and with_speakers(said, voices.turns if (voices := observed.get(Voices)) else ()),
        cleaned=tuple(_frames(one, source) for one in noisy),
        words_key=words_key(said),
        cuts=tuple(_cuts(video, source.picture.frames, unwanted)),
        clips=chosen.clips,
        candidates=chosen.candidates,
        packaging=packaging(told, video) if told and params.generate_titles else Packaging(),
        remarks=remarks,
        decided=chosen.clips,
        looked_at=() if chosen.clips else looked_at(video, source.picture.frames),
    )
    return Decided(document, told)


def with_advice(document: Document, chosen: tuple[Clip, ...], titles: tuple[Title, ...], remarks: tuple[str, ...]) -> Document:
    """The document with advised clips and titles, and remarks on the advice."""
    packed = replace(document.packaging, titles=titles)
    return replace(document, clips=chosen, decided=chosen, packaging=packed, remarks=(*document.remarks, *remarks))


def looked_at(video: Timeline, frames: int) -> tuple[FrameSpan, ...]:
    """Where thumbnails of a video without clips are chosen, in a source of this many frames."""
    length = frame_at(_LOOK_MS, video.rate)
    firsts = sorted({video.source_frame(video.frames * percent // 100) for percent in _LOOKED_AT})
    return tuple(FrameSpan(first, min(frames, first + length)) for first in firsts)


def _frames(stretch: TimeRange, source: Source) -> FrameSpan:
    """The frames of a stretch of at least some seconds."""
    picture = source.picture
    return FrameSpan(frame_at(stretch.start, picture.rate), min(frame_at(stretch.end, picture.rate), picture.frames))


def _cuts(video: Timeline, frames: int, unwanted: tuple[Word, ...]) -> Iterator[Cut]:
    """The cuts between the kept spans."""
    fillers_in = {removal.span: removal.word for removal in removals(unwanted, video)}
    at = 0
    for span in (*video.spans, None):
        start = span.start if span else frames
        if at < start:
            gap = FrameSpan(at, start)
            yield Cut(gap, "filler", fillers_in[gap]) if gap in fillers_in else Cut(gap, "pause")
        at = span.end if span else frames


def _spans(
    source: Source,
    heard: tuple[TimeRange, ...],
    wanted: tuple[Word, ...],
    unwanted: tuple[Word, ...],
    params: Params,
    told: Talk | None,
) -> tuple[FrameSpan, ...]:
    """The spans to keep; empty if the video is to stay whole."""
    if not params.trim_silence and not unwanted:
        return ()
    pauses = (
        params.trim if params.trim_silence else replace(params.trim, longest_pause_ms=source.duration_ms)
    )  # none is too long
    rests = _rests(told, params.trim.sentence_pause_ms) if told else {}
    return kept_spans(heard, source.picture, pauses, words=wanted, fillers=unwanted, rests=rests)


def _rests(told: Talk, ms: int) -> dict[int, int]:
    """How much longer a pause stays after each sentence, by where that ends: listeners think about a question."""
    return {
        sentence.end_ms: ms * (_AFTER_QUESTION if is_question(text, language_of(sentence.language)) else 1)
        for sentence, text in zip(told.sentences, told.texts, strict=True)
    }


def _whole_because(hearing: Hearing) -> str:
    return _NO_SPEECH if hearing.levels_db else _NO_SOUND
