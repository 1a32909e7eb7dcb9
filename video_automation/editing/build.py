"""The edit plan of a film: what was observed and asked for, decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from video_automation.editing.captioning import cues
from video_automation.editing.correction import corrected_cues
from video_automation.editing.fillers import fillers, removals
from video_automation.editing.highlights import clips
from video_automation.editing.levelling import gain_db
from video_automation.editing.linebreaks import line_length
from video_automation.editing.naming import safe_stem
from video_automation.editing.packing import packaging
from video_automation.editing.picking import thumbnails
from video_automation.editing.recutting import recut
from video_automation.editing.sentences import sentences
from video_automation.editing.settling import settled
from video_automation.editing.shorts import Talked, short, short_cover, stretch
from video_automation.editing.stretch import Stretch
from video_automation.editing.talk import talk
from video_automation.editing.trim import kept_spans
from video_automation.editing.utterances import utterances
from video_automation.plan.clip import Clip
from video_automation.plan.edit import EditPlan
from video_automation.plan.observed import Hearing
from video_automation.plan.packaging import Packaging
from video_automation.plan.params import Params
from video_automation.plan.recut import Recut
from video_automation.plan.rendition import Rendition
from video_automation.plan.seen import Sight
from video_automation.plan.source import Source
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline
from video_automation.plan.transcript import Transcript, Word

_NO_SOUND = "The film has no sound, so it was left whole."
_NO_SPEECH = "No speech was found, so the film was left whole."
_THUMBNAILS = 3
_LOOKED_AT = (15, 50, 85)
"""Where a film without clips is looked at for thumbnails: percent of its length,"""
_LOOK_MS = 2_000
"""and for how long."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a plan that needs no look at the picture."""

    plan: EditPlan
    """With the long film alone."""
    hearing: Hearing
    clips: tuple[Clip, ...]
    looks: tuple[FrameSpan, ...]
    """The stretches of the source to look at: one for each clip, in their order, or some for the thumbnails."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants otherwise than we decide it."""

    captions: str | None = None
    """Captions in place of ours, as SRT or WebVTT on the clock of the finished film."""
    clips: Mapping[str, Recut] = field(default_factory=dict)
    """Clips by their names."""


def draft(source: Source, hearing: Hearing, transcript: Transcript | None, params: Params, wishes: Wishes = Wishes()) -> Draft:
    """What will be made of a source: the long film `processed_<name>.mp4`, without its long pauses, captioned; clips of it.

    Raises:
        RequestError: a wish cannot be read or met.
    """
    heard = utterances(hearing)
    said = transcript and replace(transcript, words=settled(transcript.words, heard))
    unwanted = fillers(said.words, params.speech) if said else ()
    wanted = tuple(word for word in said.words if word not in unwanted) if said else ()
    spans = _spans(source, heard, wanted, unwanted, params)
    film = _captioned(_film(source, hearing, spans, params), said, params, wishes.captions)
    remarks = (_whole_because(hearing),) if params.trim_silence and not spans else ()
    chosen, packed = _packed(source, hearing, said and replace(said, words=wanted), film.timeline, params)
    chosen = recut(chosen, wishes.clips, source_ms=source.duration_ms)
    plan = EditPlan(
        source=source,
        renditions=(film,),
        params=params,
        remarks=remarks,
        removals=removals(unwanted, film.timeline),
        packaging=packed,
        transcript=said,
    )
    return Draft(plan, hearing, chosen, _looks(source, film.timeline, chosen, params))


def finished(draft: Draft, sights: Mapping[FrameSpan, Sight]) -> EditPlan:
    """The whole plan, once the stretches it asked for have been looked at."""
    plan = draft.plan
    stills = (
        thumbnails(
            tuple(sights.values()),
            plan.source.picture,
            count=_THUMBNAILS,
            name=lambda place: f"{safe_stem(plan.source.name)}_thumbnail_{place}.jpg",
        )
        if plan.params.generate_titles
        else ()
    )
    if not draft.clips or plan.transcript is None:
        return replace(plan, stills=stills)
    talked = Talked(plan.source, draft.hearing, plan.transcript, plan.main.timeline, plan.params)
    seen = [sights[span] for span in draft.looks]
    films = tuple(short(talked, clip, sight) for clip, sight in zip(draft.clips, seen, strict=True))
    covers = tuple(short_cover(talked, film, sight) for film, sight in zip(films, seen, strict=True))
    return replace(plan, renditions=(*plan.renditions, *films), clips=draft.clips, stills=(*stills, *covers))


def _spans(
    source: Source, heard: tuple[Stretch, ...], wanted: tuple[Word, ...], unwanted: tuple[Word, ...], params: Params
) -> tuple[FrameSpan, ...]:
    """What to keep; nothing where the film is to stay whole."""
    if not params.trim_silence and not unwanted:
        return ()
    pauses = (
        params.trim if params.trim_silence else replace(params.trim, longest_pause_ms=source.duration_ms)
    )  # none is too long
    return kept_spans(heard, source.picture, pauses, words=wanted, fillers=unwanted)


def _film(source: Source, hearing: Hearing, spans: tuple[FrameSpan, ...], params: Params) -> Rendition:
    picture = source.picture
    timeline = Timeline(source.id, picture.rate, spans or (FrameSpan(0, picture.frames),))
    return Rendition(
        name=f"processed_{safe_stem(source.name)}.mp4",
        timeline=timeline,
        width=picture.display_width,
        height=picture.display_height,
        gain_db=gain_db(hearing, timeline, params.level.target_lufs),
        ceiling_dbtp=params.level.ceiling_dbtp,
        encode=params.encode,
    )


def _captioned(film: Rendition, said: Transcript | None, params: Params, corrections: str | None) -> Rendition:
    """The film with its captions: a person's own, or else those its words make."""
    length = line_length(film.width, film.height, params.captions.longest_line)
    if not params.add_subtitles or not said:
        return film
    if corrections is None:
        shown = cues(said.words, film.timeline, longest_line=length, language=said.language)
    else:
        shown = corrected_cues(corrections, rate=film.timeline.rate, frames=film.timeline.frames, line_length=length)
    return replace(film, cues=shown, burn_in=bool(shown) and params.captions.burn_captions)


def _packed(
    source: Source, hearing: Hearing, said: Transcript | None, film: Timeline, params: Params
) -> tuple[tuple[Clip, ...], Packaging]:
    """The clips and all that goes with the film, as far as they are wished for and somebody speaks."""
    if not said or not said.words:
        return (), Packaging()
    told = talk(sentences(said.words), said.language)
    chosen = clips(told, hearing, film, params.clips, source_ms=source.duration_ms) if params.create_shorts else ()
    return chosen, packaging(told, film) if params.generate_titles else Packaging()


def _looks(source: Source, film: Timeline, chosen: tuple[Clip, ...], params: Params) -> tuple[FrameSpan, ...]:
    if chosen:
        return tuple(stretch(clip, film, source.picture.frames) for clip in chosen)
    if not params.generate_titles:
        return ()
    length = frame_at(_LOOK_MS, film.rate)
    firsts = sorted({film.source_frame(film.frames * percent // 100) for percent in _LOOKED_AT})
    return tuple(FrameSpan(first, min(source.picture.frames, first + length)) for first in firsts)


def _whole_because(hearing: Hearing) -> str:
    return _NO_SPEECH if hearing.levels_db else _NO_SOUND
