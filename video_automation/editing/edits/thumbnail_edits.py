"""Applies edits to thumbnails: of the video, and of its clips."""

from dataclasses import replace

from video_automation.editing.edits.clip_edits import clip_named, with_clip
from video_automation.plan.document import Document
from video_automation.plan.edits import ThumbnailSet, wrong
from video_automation.plan.still import Thumbnail


def set_thumbnail(document: Document, edit: ThumbnailSet) -> Document:
    """Sets a thumbnail anew. Raises RequestError if there is no such clip, or no such frame in it."""
    wanted = Thumbnail(edit.at_ms, edit.headline)
    thumbnail = None if wanted == Thumbnail() else wanted
    if edit.clip is None:
        if edit.at_ms is not None and edit.at_ms > document.source.duration_ms:
            raise wrong(f"the recording has no frame there: it ends after {document.source.duration_ms} ms.")
        return replace(document, thumbnail=thumbnail)
    clip = clip_named(document, edit.clip)
    if edit.at_ms is not None and not clip.start_ms <= edit.at_ms < clip.end_ms:
        raise wrong(f"the clip has no frame there: it goes from {clip.start_ms} to {clip.end_ms} ms.")
    return with_clip(document, replace(clip, thumbnail=thumbnail))
