"""Turns a document into the plan to render: renditions, captions, stills. It decides nothing itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from video_automation.editing.captions.captioning import cues
from video_automation.editing.captions.linebreaks import line_length
from video_automation.editing.captions.placing import corrected_transcript, on_video
from video_automation.editing.captions.rewording import reworded
from video_automation.editing.framing.frame_selection import loudest_frame, thumbnails
from video_automation.editing.highlights.shorts import Talked, clip_frames, look_of, short, short_cover
from video_automation.editing.publishing.keyphrases import spoken_key_phrases
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.publishing.publishing_text import with_chapters
from video_automation.editing.speech.levelling import gain_db
from video_automation.editing.speech.sentences import sentences
from video_automation.plan.brand.logo_params import placed
from video_automation.plan.clip import Clip
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan, Removal
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.still import Still
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.time import FrameSpan, frame_shown

_THUMBNAILS = 3


def looks(document: Document) -> tuple[FrameSpan, ...]:
    """The stretches to look at before a document can be flattened: those of its clips, or some for thumbnails.

    Nothing is to be seen in a picture that is drawn.
    """
    if document.source.picture.drawn:
        return ()
    return tuple(dict.fromkeys((*_for_thumbnails(document), *_stretches(document, document.clips))))


def flatten(document: Document, hearing: Hearing, sights: Mapping[FrameSpan, Sight]) -> EditPlan:
    """The plan of a document, given the observations of all stretches in `looks`."""
    said = corrected_transcript(document)
    video = main_video(document, hearing, said)
    plan = EditPlan(
        source=document.source,
        renditions=(video,),
        params=document.params,
        remarks=(*document.remarks, *document.caption_remarks),
        removals=tuple(_removals(document)),
        packaging=with_chapters(document),
        transcript=said,
        cleaned=document.cleaned,
        stills=_thumbnails(document, hearing, sights),
    )
    if not document.clips or said is None:
        return plan
    talked = clip_material(document, hearing, said)
    drawn = document.source.picture.drawn
    seen = [None if drawn else sights[span] for span in _stretches(document, document.clips)]
    videos = tuple(short(talked, clip, sight) for clip, sight in zip(document.clips, seen, strict=True))
    covers = tuple(short_cover(talked, *one) for one in zip(document.clips, videos, seen, strict=True))
    return replace(plan, renditions=(video, *videos), clips=document.clips, stills=(*plan.stills, *covers))


def clip_material(document: Document, hearing: Hearing, said: Transcript) -> Talked:
    """What the videos of a document's clips are made of; `said` is its transcript, corrected."""
    timeline, params = document.timeline, document.params
    written = on_video(document.captions, timeline) if document.captions is not None and params.add_subtitles else ()
    captions = replace(reworded(said, written, timeline) if written else said, turns=())  # a dash would be one of its words
    coloured = any(look_of(clip, params).keyword_colour for clip in document.clips)
    spoken = spoken_key_phrases(sentences(captions)) if coloured else ()
    return Talked(document.source, hearing, captions, timeline, params, spoken)


def main_video(document: Document, hearing: Hearing, said: Transcript | None) -> Rendition:
    """The long video `processed_<name>.mp4`, levelled and captioned."""
    picture, params, timeline = document.source.picture, document.params, document.timeline
    video = Rendition(
        name=f"processed_{safe_stem(document.source.name)}.mp4",
        timeline=timeline,
        width=picture.display_width,
        height=picture.display_height,
        gain_db=gain_db(hearing, timeline, params.level.target_lufs),
        ceiling_dbtp=params.level.ceiling_dbtp,
        encode=params.encode,
        cards=document.cards,
    )
    if params.brand.logo and params.logo.logo_in_video:
        video = replace(video, logo=placed(params.brand.logo, params.logo, video.width, video.height))
    if not params.add_subtitles or not said:
        return video
    if document.captions is not None:
        shown = on_video(document.captions, timeline)
    else:
        longest = line_length(video.width, video.height, params.captions.longest_line)
        shown = cues(said, timeline, longest_line=longest)
    return replace(video, cues=shown, language=said.language, burn_in=bool(shown) and params.captions.burn_captions)


def _removals(document: Document) -> list[Removal]:
    """What was cut for another reason than a pause."""
    why = {"filler": "The filler word “{}”.", "asked": "Cut by hand."}
    return [Removal(cut.span, why[cut.reason].format(cut.word)) for cut in document.cuts if cut.reason in why]


def _thumbnails(document: Document, hearing: Hearing, sights: Mapping[FrameSpan, Sight]) -> tuple[Still, ...]:
    """The thumbnails of the video; the first one as a person wants it, if that is known."""
    best = _best_thumbnails(document, hearing, sights)
    wanted, picture = document.thumbnail, document.source.picture
    if wanted is None:
        return best
    frame = best[0].frame if best else 0
    if wanted.at_ms is not None:
        frame = min(frame_shown(wanted.at_ms, picture.rate), picture.frames - 1)
    language = document.transcript.language if document.transcript else UNKNOWN_LANGUAGE
    size = (picture.display_width, picture.display_height)
    first = Still(_thumbnail_name(document, 1), frame, *size, headline=wanted.headline, language=language)
    return (first, *best[1:])


def _thumbnail_name(document: Document, place: int) -> str:
    return f"{safe_stem(document.source.name)}_thumbnail_{place}.jpg"


def _best_thumbnails(document: Document, hearing: Hearing, sights: Mapping[FrameSpan, Sight]) -> tuple[Still, ...]:
    if not document.params.generate_titles:
        return ()
    picture, stretches, name = document.source.picture, _for_thumbnails(document), partial(_thumbnail_name, document)
    if not picture.drawn:
        return thumbnails(tuple(sights[span] for span in stretches), picture, count=_THUMBNAILS, name=name)
    frames = dict.fromkeys(loudest_frame(hearing, (span,), picture.rate) for span in stretches[:_THUMBNAILS])
    size = (picture.display_width, picture.display_height)
    return tuple(Still(name(place), frame, *size) for place, frame in enumerate(frames, 1))


def _for_thumbnails(document: Document) -> tuple[FrameSpan, ...]:
    """The stretches thumbnails are chosen from: the clips first decided, or else `looked_at`."""
    if not document.params.generate_titles:
        return ()
    if document.decided:
        return tuple(dict.fromkeys(_stretches(document, document.decided)))
    return document.looked_at


def _stretches(document: Document, clips: tuple[Clip, ...]) -> tuple[FrameSpan, ...]:
    picture = document.source.picture
    return tuple(clip_frames(clip, picture.rate, picture.frames) for clip in clips)
