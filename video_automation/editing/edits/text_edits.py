"""Applies edits to the texts a video is published with: titles, description, chapters."""

from dataclasses import replace

from video_automation.plan.document import Document
from video_automation.plan.edits import Texts, wrong
from video_automation.plan.packaging import Chapter, Title

_OWN = 100
"""Percent: a person's own title ranks highest."""


def set_texts(document: Document, edit: Texts) -> Document:
    """Replaces our texts by a person's. Raises RequestError if chapters are not in order."""
    packed = document.packaging
    if edit.titles is not None:
        known = {title.text: title for title in packed.titles}
        titles = (known.get(text) or Title(text, _OWN, "Your own.") for text in dict.fromkeys(edit.titles) if text)
        packed = replace(packed, titles=tuple(titles))
    if edit.chapters is not None:
        starts = [chapter.start_ms for chapter in edit.chapters]
        if starts != sorted(set(starts)) or (starts and starts[-1] >= document.source.duration_ms):
            raise wrong("chapters begin one after the other, within the recording.")
        packed = replace(packed, chapters=tuple(Chapter(one.start_ms, one.title) for one in edit.chapters))
    description = document.description if edit.description is None else edit.description
    return replace(document, packaging=packed, description=description)
