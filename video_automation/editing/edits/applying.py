"""Applies an edit to a document, which gives the next document. Pure: equal inputs give an equal document."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from video_automation.editing.edits.clip_edits import add_clip, change_clip, clip_title, drop_clip, reset_clip
from video_automation.editing.edits.cut_edits import cut_out, keep, span_named
from video_automation.editing.edits.speaker_edits import change_speaker
from video_automation.editing.edits.text_edits import set_texts
from video_automation.editing.edits.thumbnail_edits import set_thumbnail
from video_automation.editing.edits.word_edits import correct_words, put_captions, read_captions, replace_text
from video_automation.errors import RequestError
from video_automation.plan.document import Document
from video_automation.plan.edits import (
    Captions,
    ChangeSpeaker,
    ClipAdd,
    ClipDrop,
    ClipReset,
    ClipSet,
    Correct,
    CutOut,
    Edit,
    Keep,
    OtherOptions,
    Replace,
    Texts,
    ThumbnailSet,
    wrong,
)

_APPLIED: dict[type, Callable[[Document, Any], Document]] = {
    CutOut: cut_out,
    Keep: keep,
    Correct: correct_words,
    Replace: replace_text,
    Captions: put_captions,
    ClipAdd: add_clip,
    ClipSet: change_clip,
    ClipDrop: drop_clip,
    ClipReset: reset_clip,
    Texts: set_texts,
    ThumbnailSet: set_thumbnail,
    ChangeSpeaker: change_speaker,
}
"""The function for each kind of edit; options have none: they decide the document anew, under the other edits."""


def applied(document: Document, edit: Edit) -> Document:
    """The document after an edit, which has to be `resolved`.

    Raises:
        RequestError: the edit cannot be applied; the sentence says why.
    """
    if isinstance(edit, OtherOptions):
        return document
    return _APPLIED[type(edit)](document, edit)


def resolved(document: Document, edit: Edit) -> Edit:
    """The edit in terms valid for every document of the recording: times for words, captions on the recording's clock.

    A new clip gets its title here, once: of hours of talk it takes seconds to find one.

    Raises:
        RequestError: the edit names something that does not exist.
    """
    match edit:
        case CutOut() | Keep():
            start_ms, end_ms = span_named(document, edit)
            return replace(edit, start_ms=start_ms, end_ms=end_ms, words=None)
        case Correct() | ChangeSpeaker():
            return replace(edit, words_key=document.words_key)
        case Captions():
            return read_captions(document, edit)
        case ClipAdd(title=None):
            return replace(edit, title=clip_title(document, edit))
        case _:
            return edit


def all_applied(document: Document, edits: Iterable[Edit]) -> tuple[Document, tuple[Edit, ...]]:
    """The document after edits as they were sent, and the edits in the form that is stored.

    Raises:
        RequestError: an edit cannot be applied; the sentence says which, and why.
    """
    kept: list[Edit] = []
    for number, edit in enumerate(edits, 1):
        try:
            kept.append(resolved(document, edit))
            document = applied(document, kept[-1])
        except RequestError as error:
            raise wrong(f"Edit {number}: {error.sentence}") from None
    return document, tuple(kept)


def replayed(document: Document, edits: Iterable[Edit]) -> Document:
    """The document after edits made on it or on another version of it: edits that no longer fit are left out, with a remark."""
    lost = 0
    for edit in edits:
        try:
            document = applied(document, edit)
        except RequestError:
            lost += 1
    if not lost:
        return document
    told = "One of your changes does" if lost == 1 else f"{lost} of your changes do"
    return replace(document, remarks=(*document.remarks, f"{told} not fit what was decided anew, and had to be left out."))
