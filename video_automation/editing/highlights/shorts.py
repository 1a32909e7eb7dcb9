"""Turns a clip of a talk into a video: its frames, size, framing and word-by-word captions."""

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from math import ceil, floor

from video_automation.editing.captions.captioning import cues
from video_automation.editing.captions.linebreaks import line_length
from video_automation.editing.framing.caption_position import caption_place
from video_automation.editing.framing.frame_selection import cover, framed, loudest_frame
from video_automation.editing.framing.layout import framing
from video_automation.editing.publishing.keyphrases import SpokenPhrase
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.speech.levelling import gain_db
from video_automation.plan.brand.card_params import cards_of_clips
from video_automation.plan.brand.logo_params import placed
from video_automation.plan.choices import ASPECT_RATIOS, AspectRatio
from video_automation.plan.clip import Clip
from video_automation.plan.params import LookParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.still import Still, Thumbnail
from video_automation.plan.time import FrameSpan, frame_at, frame_shown
from video_automation.plan.timeline import Timeline

_MOST_ENLARGED = 3
"""A picture is enlarged by at most this: it would only seem sharper than it is."""


@dataclass(frozen=True, slots=True)
class Talked:
    """The material of clips: the source, its observations and transcript, the long video's timeline."""

    source: Source
    hearing: Hearing
    said: Transcript
    video: Timeline
    params: Params
    key_phrases: tuple[SpokenPhrase, ...] = ()
    """When key phrases are spoken, in order, on the source's clock."""


def clip_frames(clip: Clip, rate: Fraction, source_frames: int) -> FrameSpan:
    """The source frames of a clip, at least one; `rate` is in frames per second."""
    start = min(source_frames - 1, floor(clip.start_ms * rate / 1000))
    return FrameSpan(start, min(source_frames, max(start + 1, ceil(clip.end_ms * rate / 1000))))


def short(talked: Talked, clip: Clip, sight: Sight | None) -> Rendition:
    """A clip's video: the frames of its stretch that the long video keeps, or all of them if it keeps none.

    A drawn picture, of which there is no `sight`, is drawn in the clip's own shape.
    """
    params, picture = talked.params, talked.source.picture
    timeline = kept_within(talked.video, clip_frames(clip, picture.rate, picture.frames))
    aspect, layout = ASPECT_RATIOS[params.clips.aspect], clip.layout or params.clips.layout
    shape = framing(sight, timeline, picture, aspect=Fraction(aspect.width, aspect.height), layout=layout) if sight else None
    crops = [crop.width for span in shape.spans for crop in span.crops] if shape else []
    width, height = clip_size(aspect, min(crops, default=picture.display_width))
    longest = line_length(width, height, params.captions.longest_line)
    shown, look = cues(talked.said, timeline, longest_line=longest), look_of(clip, params)
    free = caption_place(sight, timeline, shape) if sight and shape and height > width else "low"
    return Rendition(
        name=f"{safe_stem(talked.source.name)}_{clip.name}.mp4",
        timeline=timeline,
        width=width,
        height=height,
        gain_db=gain_db(talked.hearing, timeline, params.level.target_lufs),
        ceiling_dbtp=params.level.ceiling_dbtp,
        encode=params.encode,
        kind="short",
        cues=shown,
        burn_in=bool(shown) and params.add_subtitles,
        framing=shape,
        style=clip.style or params.clips.clip_style,
        captions_at=next((place for place in (clip.captions_at, params.clips.caption_position) if place is not None), free),
        logo=placed(params.brand.logo, params.logo, width, height) if params.brand.logo and params.logo.logo_in_clips else None,
        cards=cards_of_clips(params.brand, params.cards, timeline.rate),
        title=clip.title if params.clips.clip_titles else "",
        language=talked.said.language,
        look=look,
        keywords=_seen(talked.key_phrases, timeline) if look.keyword_colour else (),
    )


def look_of(clip: Clip, params: Params) -> LookParams:
    """The changes to a clip's caption style: its own, over those of all clips."""
    own = clip.look or LookParams()
    changed = {one.name: value for one in fields(own) if (value := getattr(own, one.name)) is not None}
    return replace(params.look, **changed)


def _seen(passages: tuple[SpokenPhrase, ...], timeline: Timeline) -> tuple[FrameSpan, ...]:
    """The frames of these passages that a video shows, on its own clock."""
    frames = (
        FrameSpan(start := frame_at(one.start_ms, timeline.rate), max(start + 1, frame_at(one.end_ms, timeline.rate)))
        for one in passages
    )
    return tuple(seen for part in frames if (seen := timeline.within(part)))


def short_cover(talked: Talked, clip: Clip, video: Rendition, sight: Sight | None) -> Still:
    """The picture shown for a clip before it is played: the best frame, or one of the clip that a person has chosen."""
    wanted, timeline, picture = clip.thumbnail or Thumbnail(), video.timeline, talked.source.picture
    blank = Still(
        video.name.removesuffix(".mp4") + ".jpg",
        0,
        video.width,
        video.height,
        headline=wanted.headline,
        language=talked.said.language,
    )
    frame = None if wanted.at_ms is None else frame_shown(wanted.at_ms, picture.rate)
    part = clip_frames(clip, picture.rate, picture.frames)
    chosen = frame if frame is not None and part.start <= frame < part.end else None
    if sight is None or video.framing is None:
        return replace(blank, frame=loudest_frame(talked.hearing, timeline.spans, timeline.rate) if chosen is None else chosen)
    if chosen is None:
        return cover(sight, timeline, video.framing, picture, blank)
    return framed(chosen, timeline, video.framing, blank)


def kept_within(video: Timeline, part: FrameSpan) -> Timeline:
    """The frames of a stretch that a video keeps, or all of them if it keeps none."""
    shared = ((max(span.start, part.start), min(span.end, part.end)) for span in video.spans)
    kept = tuple(FrameSpan(start, end) for start, end in shared if start < end)
    return Timeline(video.source_id, video.rate, kept or (part,))


def clip_size(aspect: AspectRatio, shown_px: int) -> tuple[int, int]:
    """The largest size of an aspect to which a picture of this width may be enlarged."""
    width = min(aspect.width, _MOST_ENLARGED * shown_px)
    return 2 * (width // 2), 2 * (width * aspect.height // aspect.width // 2)
