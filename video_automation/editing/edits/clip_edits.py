"""Applies edits to clips: adding, changing, removing, resetting."""

from dataclasses import replace
from typing import Any

from video_automation.editing.captions.placing import corrected_transcript
from video_automation.editing.highlights.choice import clip_name, title_of
from video_automation.editing.highlights.discourse import talk
from video_automation.editing.highlights.rescoring import rescored
from video_automation.editing.speech.sentences import sentences
from video_automation.plan.clip import LONGEST_CLIP_MS, SHORTEST_CLIP_MS, Clip, clip_id
from video_automation.plan.document import Document
from video_automation.plan.edits import ClipAdd, ClipDrop, ClipReset, ClipSet, OwnChoice, wrong
from video_automation.plan.params import LookParams

_MOST = 100
_CHOSEN = 100
"""The score of a clip that a person has chosen."""


def add_clip(document: Document, edit: ClipAdd) -> Document:
    """Adds a clip: the candidate at its place if there is one, else one scored now. Raises RequestError if it is impossible."""
    if len(document.clips) >= _MOST:
        raise wrong(f"a video has {_MOST} clips at most.")
    if document.transcript is None:
        raise wrong("this video was asked for without clips; ask for them first (`create_shorts`).")
    taken = {clip.id for clip in (*document.clips, *document.decided)}
    made = _candidate(document, edit) or Clip("", edit.start_ms, edit.end_ms, "", _CHOSEN)
    title = edit.title if edit.title is not None else clip_title(document, edit)
    new = replace(made, id=clip_id(edit.start_ms, edit.end_ms, taken), name=clip_name(_number(document)), title=title)
    _check(document, new)
    if not made.id:
        new = rescored(document, new)
    left = tuple(one for one in document.candidates if one.id != made.id)
    return replace(document, clips=(*document.clips, new), candidates=left)


def clip_title(document: Document, edit: ClipAdd) -> str:
    """The title of a new clip that was given none: that of the candidate at its place, or one made of what is said there."""
    candidate, said = _candidate(document, edit), corrected_transcript(document)
    if candidate and candidate.title:
        return candidate.title
    if said is None or not said.words:
        return ""
    return title_of(talk(sentences(said), said.language), edit.start_ms, edit.end_ms)


def change_clip(document: Document, edit: ClipSet) -> Document:
    """Changes a clip's stretch or look; another stretch is scored anew.

    Raises:
        RequestError: it does not exist, or the change is impossible.
    """
    clip = clip_named(document, edit.clip)
    changed = replace(
        clip,
        start_ms=clip.start_ms if edit.start_ms is None else edit.start_ms,
        end_ms=clip.end_ms if edit.end_ms is None else edit.end_ms,
        title=clip.title if edit.title is None else edit.title,
        style=_chosen("style", clip.style, edit),
        layout=_chosen("layout", clip.layout, edit),
        captions_at=_chosen("caption_position", clip.captions_at, edit),
        look=None if edit.look == LookParams() else _chosen("look", clip.look, edit),
    )
    _check(document, changed)
    if (changed.start_ms, changed.end_ms) != (clip.start_ms, clip.end_ms):
        changed = rescored(document, changed)
    return with_clip(document, changed)


def _chosen(name: OwnChoice, before: Any, edit: ClipSet) -> Any:
    """A clip's own choice after an edit; None if it is that of all clips."""
    wanted = getattr(edit, name)
    return None if name in edit.unset else before if wanted is None else wanted


def drop_clip(document: Document, edit: ClipDrop) -> Document:
    """Removes a clip. Raises RequestError if it does not exist."""
    dropped = clip_named(document, edit.clip)
    return replace(document, clips=tuple(clip for clip in document.clips if clip != dropped))


def reset_clip(document: Document, edit: ClipReset) -> Document:
    """Resets a clip to its first version, even if it was removed. Raises RequestError if there was no such clip."""
    decided = next((clip for clip in document.decided if clip.id == edit.clip), None)
    if decided is None:
        raise wrong(f"no clip {edit.clip[:40]!r} was decided.")
    if document.clip(edit.clip):
        return with_clip(document, decided)
    order = [clip.id for clip in document.decided]
    place = sum(clip.id in order[: order.index(decided.id)] for clip in document.clips)
    return replace(document, clips=(*document.clips[:place], decided, *document.clips[place:]))


def _candidate(document: Document, edit: ClipAdd) -> Clip | None:
    stretch = edit.start_ms, edit.end_ms
    return next((one for one in document.candidates if (one.start_ms, one.end_ms) == stretch), None)


def clip_named(document: Document, clip: str) -> Clip:
    """The clip with this id. Raises RequestError if there is none."""
    found = document.clip(clip)
    if found is None:
        raise wrong(f"there is no clip {clip[:40]!r}.")
    return found


def with_clip(document: Document, changed: Clip) -> Document:
    """The document with a clip of its own changed."""
    return replace(document, clips=tuple(changed if clip.id == changed.id else clip for clip in document.clips))


def _number(document: Document) -> int:
    """A number unused by the document's clips and by those first decided."""
    return 1 + max((int(clip.name.rpartition("_")[2]) for clip in (*document.clips, *document.decided)), default=0)


def _check(document: Document, clip: Clip) -> None:
    if not 0 <= clip.start_ms < clip.end_ms <= document.source.duration_ms:
        seconds = document.source.duration_ms / 1000
        raise wrong(f"A clip starts before it ends, and lies within the recording's {seconds:.1f} seconds.")
    if clip.end_ms - clip.start_ms < min(SHORTEST_CLIP_MS, document.source.duration_ms // 2):
        raise wrong("A clip lasts at least one second.")
    if clip.end_ms - clip.start_ms > LONGEST_CLIP_MS:
        raise wrong("A clip lasts ten minutes at most.")
