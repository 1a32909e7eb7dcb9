"""The edit plan of a video: what was observed and asked for, decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from video_automation.editing.captions.captioning import cues
from video_automation.editing.captions.correction import Corrected, corrected_cues
from video_automation.editing.captions.linebreaks import line_length
from video_automation.editing.captions.rewording import reworded
from video_automation.editing.framing.frame_selection import thumbnails
from video_automation.editing.highlights.choice import clips, no_clips_because
from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.editing.highlights.recutting import recut
from video_automation.editing.highlights.shorts import Talked, short, short_cover, stretch
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.publishing.publishing_text import packaging
from video_automation.editing.speech.fillers import fillers, removals
from video_automation.editing.speech.levelling import gain_db
from video_automation.editing.speech.sentences import sentences
from video_automation.editing.speech.silence_removal import kept_spans
from video_automation.editing.speech.utterances import utterances
from video_automation.editing.speech.word_alignment import settled
from video_automation.editing.time_range import Stretch
from video_automation.editing.tracks.break_remarks import break_remarks
from video_automation.plan.clip import Clip
from video_automation.plan.edit import EditPlan
from video_automation.plan.packaging import Packaging, Title
from video_automation.plan.params import Params
from video_automation.plan.recut import Recut
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline

_NO_SOUND = "The video has no sound, so it was left whole."
_NO_SPEECH = "No speech was found, so the video was left whole."
_RATE_ASSUMED = (
    "The file does not say how fast its pictures follow each other, so 25 a second were taken. If that is wrong, put it into "
    "MP4 at the right rate (ffmpeg -r RATE -i FILE -c copy NEW.mp4) and upload that."
)
_THUMBNAILS = 3
_LOOKED_AT = (15, 50, 85)
"""Where a video without clips is looked at for thumbnails: percent of its length,"""
_LOOK_MS = 2_000
"""and for how long."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a plan that needs no look at the picture."""

    plan: EditPlan
    """With the long video alone."""
    hearing: Hearing
    talk: Talk | None
    """None where nobody speaks."""
    clips: tuple[Clip, ...]
    decided: tuple[Clip, ...]
    """The clips before anybody wanted them otherwise: what thumbnails are chosen from."""
    captions: Transcript | None
    """What the captions of clips say."""


def draft(  # noqa: PLR0913  # what it is decided from, and who hears that it goes on
    source: Source,
    hearing: Hearing,
    transcript: Transcript | None,
    params: Params,
    *,
    corrections: str | None = None,
    remarks: tuple[str, ...] = (),
    moved: Callable[[], None] = lambda: None,
) -> Draft:
    """What will be made of a source: the long video `processed_<name>.mp4`, without its long pauses, captioned; clips of it.

    `corrections` are captions a person has put in place of ours, a caption file's text on the clock of the finished video;
    `remarks` is what is to be told of the transcript; `moved` is called after each part of the work.

    Raises:
        RequestError: the corrections cannot be read.
    """
    heard = utterances(hearing)
    said = transcript and replace(transcript, words=settled(transcript.words, heard))
    moved()
    unwanted = fillers(said, params.speech) if said else ()
    cut = frozenset(unwanted)
    wanted = tuple(word for word in said.words if word not in cut) if said else ()
    spans = _spans(source, heard, wanted, unwanted, params)
    moved()
    video, lost = _captioned(_video(source, hearing, spans, params), said, params, corrections)
    moved()
    remarks = (*break_remarks(source.breaks), *remarks, *lost, *((_RATE_ASSUMED,) if source.picture.rate_assumed else ()))
    if params.trim_silence and not spans:
        remarks = (*remarks, _whole_because(hearing))
    told = talk(sentences(replace(said, words=wanted)), said.language) if said and wanted else None
    moved()
    chosen = clips(told, hearing, video.timeline, params.clips, source_ms=source.duration_ms) if params.create_shorts else ()
    moved()
    if params.create_shorts and said and not chosen:
        remarks = (*remarks, no_clips_because(told, params.clips))
    plan = EditPlan(
        source=source,
        renditions=(video,),
        params=params,
        remarks=remarks,
        removals=removals(unwanted, video.timeline),
        packaging=packaging(told, video.timeline) if told and params.generate_titles else Packaging(),
        transcript=said,
    )
    moved()
    captions = reworded(said, video.cues, video.timeline) if said and corrections and video.cues else said
    return Draft(plan, hearing, told, chosen, chosen, captions)


def advised(draft: Draft, chosen: tuple[Clip, ...], titles: tuple[Title, ...], remarks: tuple[str, ...]) -> Draft:
    """The draft with clips and titles as somebody advises, and what that was."""
    packed = replace(draft.plan.packaging, titles=titles)
    return replace(
        draft, clips=chosen, decided=chosen, plan=replace(draft.plan, packaging=packed, remarks=(*draft.plan.remarks, *remarks))
    )


def recut_as(draft: Draft, wishes: Mapping[str, Recut]) -> Draft:
    """The draft with its clips as a person wants them. Raises RequestError where that cannot be."""
    return replace(draft, clips=recut(draft.clips, wishes, source_ms=draft.plan.source.duration_ms))


def looks(draft: Draft) -> tuple[FrameSpan, ...]:
    """The stretches of the source to look at: those of clips, or some for the thumbnails."""
    video, source = draft.plan.main.timeline, draft.plan.source
    if draft.clips:
        return tuple(dict.fromkeys(_stretches(draft, (*draft.decided, *draft.clips))))
    if not draft.plan.params.generate_titles:
        return ()
    length = frame_at(_LOOK_MS, video.rate)
    firsts = sorted({video.source_frame(video.frames * percent // 100) for percent in _LOOKED_AT})
    return tuple(FrameSpan(first, min(source.picture.frames, first + length)) for first in firsts)


def finished(draft: Draft, sights: Mapping[FrameSpan, Sight]) -> EditPlan:
    """The whole plan, once what `looks` names has been looked at."""
    plan = draft.plan
    stills = (
        thumbnails(
            tuple(sights[span] for span in dict.fromkeys(_stretches(draft, draft.decided) or looks(draft))),
            plan.source.picture,
            count=_THUMBNAILS,
            name=lambda place: f"{safe_stem(plan.source.name)}_thumbnail_{place}.jpg",
        )
        if plan.params.generate_titles
        else ()
    )
    if not draft.clips or draft.captions is None:
        return replace(plan, stills=stills)
    talked = Talked(plan.source, draft.hearing, draft.captions, plan.main.timeline, plan.params)
    seen = [sights[span] for span in _stretches(draft, draft.clips)]
    videos = tuple(short(talked, clip, sight) for clip, sight in zip(draft.clips, seen, strict=True))
    covers = tuple(short_cover(talked, video, sight) for video, sight in zip(videos, seen, strict=True))
    return replace(plan, renditions=(*plan.renditions, *videos), clips=draft.clips, stills=(*stills, *covers))


def _stretches(draft: Draft, clips: tuple[Clip, ...]) -> tuple[FrameSpan, ...]:
    return tuple(stretch(clip, draft.plan.main.timeline, draft.plan.source.picture.frames) for clip in clips)


def _spans(
    source: Source, heard: tuple[Stretch, ...], wanted: tuple[Word, ...], unwanted: tuple[Word, ...], params: Params
) -> tuple[FrameSpan, ...]:
    """What to keep; nothing where the video is to stay whole."""
    if not params.trim_silence and not unwanted:
        return ()
    pauses = (
        params.trim if params.trim_silence else replace(params.trim, longest_pause_ms=source.duration_ms)
    )  # none is too long
    return kept_spans(heard, source.picture, pauses, words=wanted, fillers=unwanted)


def _video(source: Source, hearing: Hearing, spans: tuple[FrameSpan, ...], params: Params) -> Rendition:
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


def _captioned(
    video: Rendition, said: Transcript | None, params: Params, corrections: str | None
) -> tuple[Rendition, tuple[str, ...]]:
    """The video with its captions: a person's own, or else those its words make; and what of a person's own is lost."""
    length = line_length(video.width, video.height, params.captions.longest_line)
    if not params.add_subtitles or not said:
        return video, ()
    if corrections is None:
        own = Corrected(cues(said, video.timeline, longest_line=length))
    else:
        rate, frames = video.timeline.rate, video.timeline.frames
        own = corrected_cues(corrections, rate=rate, frames=frames, line_length=length, language=said.language)
    burned = bool(own.cues) and params.captions.burn_captions
    return replace(video, cues=own.cues, language=said.language, burn_in=burned), own.remarks


def _whole_because(hearing: Hearing) -> str:
    return _NO_SPEECH if hearing.levels_db else _NO_SOUND
