"""The captions of a video as they would be drawn into it: ASS scripts for a preview, made of the newest document."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from video_automation.editing.captions.placing import corrected_transcript
from video_automation.editing.edits.clip_edits import change_clip
from video_automation.editing.flattening import clip_material, main_video
from video_automation.editing.highlights.shorts import clip_frames, short
from video_automation.errors import UnknownTaskError
from video_automation.jobs.run.step_cache import all_kept
from video_automation.jobs.workspace import Workspace
from video_automation.plan.choices import ASPECT_RATIOS
from video_automation.plan.document import Document
from video_automation.plan.edits import ClipSet, ThumbnailSet
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.seen import Sight
from video_automation.plan.still import Still
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.ass_events import whole_script
from video_automation.render.captions.headlines import headline_script
from video_automation.render.captions.typefaces import OF_FONTS, Typefaces, with_uploaded

_UNHEARD = Hearing()
"""Captions do not depend on how loud a recording is."""
_REMEMBERED = 4
"""Scripts of long videos at hand: setting the captions of an hour of talk takes two seconds."""


@lru_cache(_REMEMBERED)
def video_script(document: Document) -> str:
    """The ASS script of the long video, on its own clock; it tells the size of the picture, also where nothing is drawn."""
    video = main_video(document, _UNHEARD, corrected_transcript(document))
    return _drawn(video, before=video.cards.before)


def clip_script(workspace: Workspace, document: Document, choices: ClipSet, brand_file: Callable[[str], Path] = Path) -> str:
    """The ASS script of a clip, or of a candidate, changed by these choices; on the clip's own clock, without its cards.

    `brand_file` gives the fonts of the document's brand, by the hashes of their content.

    Where captions hide the least of a face is known of what has been looked at for an earlier result; elsewhere they are low.

    Raises:
        UnknownTaskError: there is no such clip.
        RequestError: the clip cannot be changed so.
    """
    found = next((clip for clip in (*document.clips, *document.candidates) if clip.id == choices.clip), None)
    said = corrected_transcript(document)
    if found is None or said is None:
        raise UnknownTaskError("This task has no such clip.", code="unknown_clip")
    clip = change_clip(replace(document, clips=(found,)), choices).clips[0]
    picture = document.source.picture
    sight = None if picture.drawn else _seen(workspace, clip_frames(clip, picture.rate, picture.frames))
    video = short(clip_material(document, _UNHEARD, said), clip, sight)
    named = [font for font in document.params.brand.fonts if font.family == video.look.font]
    return _drawn(video, with_uploaded(named, brand_file))


def _drawn(video: Rendition, fonts: Mapping[str, Typefaces] = OF_FONTS, *, before: int = 0) -> str:
    drawn = script(video, FrameSpan(0, video.timeline.frames), fonts, before=before)
    return drawn or whole_script(video.width, video.height, {}, ())


def thumbnail_script(document: Document, wanted: ThumbnailSet) -> str:
    """The ASS script of a headline, in the shape of the video or of clips.

    Raises:
        UnknownTaskError: there is no such clip.
    """
    picture, language = document.source.picture, document.transcript.language if document.transcript else UNKNOWN_LANGUAGE
    width, height = picture.display_width, picture.display_height
    if wanted.clip is not None:
        if document.clip(wanted.clip) is None:
            raise UnknownTaskError("This task has no such clip.", code="unknown_clip")
        aspect = ASPECT_RATIOS[document.params.clips.aspect]
        width, height = aspect.width, aspect.height
    return headline_script(Still("", 0, width, height, headline=wanted.headline, language=language))


def _seen(workspace: Workspace, span: FrameSpan) -> Sight:
    """What is known of the picture in a stretch of the recording."""
    kept = all_kept(workspace.work, Sight)
    exact = next((sight for sight in kept if sight.span == span), None)
    if exact:
        return exact
    cuts = {cut for sight in kept for cut in sight.cuts if span.start <= cut < span.end}
    samples = {one.frame: one for sight in kept for one in sight.samples if span.start <= one.frame < span.end}
    return Sight(span, tuple(sorted(cuts)), tuple(samples[frame] for frame in sorted(samples)))
