"""Applies edits to words: corrections, replacements everywhere, a whole caption file."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from video_automation.editing.caption_files.written import captions_error
from video_automation.editing.captions.correction import corrected_cues
from video_automation.editing.captions.linebreaks import line_length, lines, parts_by_speaker, words_by_speaker
from video_automation.editing.captions.placing import between_cards, on_source
from video_automation.editing.edits.cut_edits import words_named
from video_automation.plan.cues import Cue
from video_automation.plan.document import Correction, Document
from video_automation.plan.edits import Captions, Correct, Replace, wrong
from video_automation.plan.still import Thumbnail
from video_automation.plan.text.script import is_unspaced, joined
from video_automation.plan.time import FrameSpan, frame_at


@dataclass(frozen=True, slots=True)
class _Group:
    """Words `first` to `last` and their text: one word as heard, or some corrected words."""

    first: int
    last: int
    text: str


def correct_words(document: Document, edit: Correct) -> Document:
    """Corrects some words. Raises RequestError if they do not exist, or are part of another correction."""
    if edit.words_key != document.words_key:
        raise wrong("what is said was written down anew since.")
    words_named(document, edit.words)
    first, last = edit.words
    groups = list(_groups(document, first, last))
    if groups[0].first < first or last < groups[-1].last:
        raise wrong(f"words {groups[0].first} to {groups[-1].last} were corrected together: correct all of them.")
    return _corrected(document, Correction(first, last, edit.text), joined(group.text for group in groups))


def replace_text(document: Document, edit: Replace) -> Document:
    """Replaces a text wherever it stands as whole words. Raises RequestError if it occurs nowhere."""
    pattern = _pattern(edit.find)

    def put(text: str) -> str:
        return pattern.sub(lambda _: edit.by, text)

    changed = document
    for correction, before in _found(document, pattern, edit.by):
        changed = _corrected(changed, correction, before, strictly=False)
    packed = changed.packaging
    changed = replace(
        changed,
        packaging=replace(
            packed,
            titles=tuple(replace(title, text=put(title.text)) for title in packed.titles),
            description=put(packed.description),
            chapters=tuple(replace(chapter, title=put(chapter.title)) for chapter in packed.chapters),
        ),
        description=None if changed.description is None else put(changed.description),
        thumbnail=_headlined(changed.thumbnail, put),
        clips=tuple(replace(clip, title=put(clip.title), thumbnail=_headlined(clip.thumbnail, put)) for clip in changed.clips),
        candidates=tuple(replace(clip, title=put(clip.title)) for clip in changed.candidates),
        captions=None if changed.captions is None else tuple(_written(changed, cue, put) for cue in changed.captions),
    )
    if changed == document:
        raise wrong(f"“{edit.find}” is nowhere in the texts of this video.")
    return changed


def _headlined(thumbnail: Thumbnail | None, put: Callable[[str], str]) -> Thumbnail | None:
    return thumbnail and replace(thumbnail, headline=put(thumbnail.headline))


def read_captions(document: Document, edit: Captions) -> Captions:
    """The edit with its captions parsed, in frames of the recording.

    Raises:
        RequestError: the file is no caption file, or none of its captions lies in the video.
    """
    if not document.params.add_subtitles or document.transcript is None:
        raise wrong("this video was asked for without captions.")
    if edit.vtt is None:  # no captions, or already parsed
        return replace(edit, words_key=document.words_key)
    video, longest = document.timeline, _longest(document)
    language = document.transcript.language
    cards = document.cards
    frames = cards.before + video.frames + cards.after
    own = corrected_cues(edit.vtt, rate=video.rate, frames=frames, line_length=longest, language=language)
    shown = between_cards(own.cues, cards, video)
    if not shown:
        raise captions_error("all of its captions are over the opening or the closing card")
    over = len(own.cues) - len(shown)
    remarks = (*own.remarks, *((f"Captions over the opening or the closing card were left out: {over}.",) if over else ()))
    return replace(edit, vtt=None, cues=on_source(shown, video), remarks=remarks, words_key=document.words_key)


def put_captions(document: Document, edit: Captions) -> Document:
    """Replaces our captions by a person's, or restores ours, without any correction."""
    if edit.words_key != document.words_key:
        raise wrong("what is said was written down anew since.")
    corrections = document.corrections if edit.cues is not None else ()
    return replace(document, captions=edit.cues, caption_remarks=edit.remarks, corrections=corrections)


def _corrected(document: Document, new: Correction, before: str, *, strictly: bool = True) -> Document:
    """The document with a correction; the same change is made to a person's own captions, where they say `before`."""
    others = (one for one in document.corrections if one.last < new.first or new.last < one.first)
    corrections = tuple(sorted((*others, new), key=lambda one: one.first))
    captions = document.captions
    if captions is not None and strictly:
        captions = _in_captions(document, captions, new, before)
    return replace(document, corrections=corrections, captions=captions)


def _in_captions(document: Document, captions: Sequence[Cue], new: Correction, before: str) -> tuple[Cue, ...]:
    assert document.transcript
    heard, rate = document.transcript.words[new.first : new.last + 1], document.source.picture.rate
    shown = FrameSpan(
        frame_at(heard[0].start_ms, rate), max(frame_at(heard[-1].end_ms, rate), frame_at(heard[0].start_ms, rate) + 1)
    )
    near = [i for i, cue in enumerate(captions) if cue.span.start < shown.end and shown.start < cue.span.end]
    pattern = _pattern(before)
    saying = [i for i in near if any(map(pattern.search, parts_by_speaker(captions[i].lines)))]
    if not near:
        return tuple(captions)
    if len(saying) != 1:
        raise wrong(f"the captions there are your own, and none of them alone says “{before}”: change them in the file.")
    left = 1

    def put(text: str) -> str:
        nonlocal left
        text, found = pattern.subn(lambda _: new.text, text, count=left)
        left -= found
        return text

    changed = _written(document, captions[saying[0]], put)
    return (*captions[: saying[0]], changed, *captions[saying[0] + 1 :])


def _written(document: Document, cue: Cue, put: Callable[[str], str]) -> Cue:
    """A person's caption with what `put` makes of each speaker's text; unchanged if that is the same, or nothing."""
    before = parts_by_speaker(cue.lines)
    parts = tuple(map(put, before))
    language = document.transcript.language_at(0) if document.transcript else "und"
    words = words_by_speaker(parts, language)
    if parts == before or not words:
        return cue
    return Cue(cue.span, lines(words, language, _longest(document)))


def _longest(document: Document) -> int:
    picture = document.source.picture
    return line_length(picture.display_width, picture.display_height, document.params.captions.longest_line)


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern that finds a text as whole words, if its script separates words by spaces."""
    start = "" if not text or is_unspaced(text[0]) or not text[0].isalnum() else r"(?<!\w)"
    end = "" if not text or is_unspaced(text[-1]) or not text[-1].isalnum() else r"(?!\w)"
    return re.compile(start + re.escape(text) + end)


def _groups(document: Document, first: int, last: int) -> Iterator[_Group]:
    """The groups that contain these words, in order."""
    at = first
    for one in document.corrections:
        if one.last < first or last < one.first:
            continue
        yield from _heard(document, at, one.first)
        yield _Group(one.first, one.last, one.text)
        at = one.last + 1
    yield from _heard(document, at, last + 1)


def _heard(document: Document, start: int, end: int) -> Iterator[_Group]:
    assert document.transcript
    for i in range(start, end):
        yield _Group(i, i, document.transcript.words[i].text)


def _found(document: Document, pattern: re.Pattern[str], by: str) -> list[tuple[Correction, str]]:
    """The corrections that replace a text wherever it is said, each with its former text."""
    if document.transcript is None:
        return []
    groups = [group for group in _groups(document, 0, len(document.transcript.words) - 1) if group.text]
    ends = list(_ends(groups))
    text = joined(group.text for group in groups)
    runs: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        first, last = bisect_right(ends, match.start()), bisect_left(ends, match.end())
        if runs and first <= runs[-1][1]:
            first = runs.pop()[0]
        runs.append((first, last))
    found = []
    for first, last in runs:
        said = text[ends[first] - len(groups[first].text) : ends[last]]
        found.append((Correction(groups[first].first, groups[last].last, pattern.sub(lambda _: by, said)), said))
    return found


def _ends(groups: Iterable[_Group]) -> Iterator[int]:
    """The end of each text once all are joined."""
    text = ""
    length = 0
    for group in groups:
        together = joined((text, group.text)) if text else group.text
        length += len(together) - len(text)
        text = group.text[-1:]
        yield length
