"""Unrolls captions whose lines stand in several captions, as in YouTube and television, so that each is shown once."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from video_automation.editing.caption_files.written import Caption, CaptionFile

_TOUCHING_MS = 100
_MOST_LINES = 4
"""The most lines of a rolling caption."""
_EVIDENCE = 3
"""A file rolls if this many captions repeat the line before them and add one; a single one is enough if words have times."""
ROLLED = "These are rolling captions, in which each line stands several times. Each is shown once."


def unrolled(file: CaptionFile) -> CaptionFile:
    """The same captions, each rolling line only once: from its appearance up to the next one."""
    captions = [caption for caption in file.captions if caption.rows]
    if not _rolls(captions):
        return file
    found: list[Caption] = captions[:1]
    for before, after in pairwise(captions):
        repeated = _repeated(before, after)
        fresh = after.rows[repeated:]
        if not fresh:
            found[-1] = replace(found[-1], end_ms=max(found[-1].end_ms, after.end_ms))
        elif _grows(before, after):
            found[-1] = replace(found[-1], end_ms=after.end_ms, rows=(*found[-1].rows[:-1], after.rows[len(before.rows) - 1]))
            if rest := after.rows[len(before.rows) :]:
                found.append(replace(after, rows=rest))
        else:
            found.append(replace(after, rows=fresh))
    return CaptionFile(tuple(found), (*file.remarks, ROLLED))


def _rolls(captions: Sequence[Caption]) -> bool:
    rolled = repeated = 0
    for before, after in pairwise(captions):
        lines = _repeated(before, after)
        if lines == len(after.rows):
            repeated += 1
        elif (lines and after.texts[lines] != after.texts[lines - 1]) or _grows(before, after):
            rolled += 1
    enough = 1 if any(row.words for caption in captions for row in caption.rows) else _EVIDENCE
    return rolled >= enough and 2 * (rolled + repeated) >= len(captions) - 1


def _repeated(before: Caption, after: Caption) -> int:
    """How many of the first lines repeat the last lines of the caption before, which lasts until this one begins."""
    if after.start_ms - before.end_ms > _TOUCHING_MS:
        return 0
    above, below = before.texts[-_MOST_LINES:], after.texts
    most = min(len(above), len(below))
    return next((count for count in range(most, 0, -1) if above[-count:] == below[:count]), 0)


def _grows(before: Caption, after: Caption) -> bool:
    """Whether the last line of the caption before continues here with more words."""
    last = len(before.rows) - 1
    return (
        after.start_ms - before.end_ms <= _TOUCHING_MS
        and len(after.rows) > last
        and before.texts[:last] == after.texts[:last]
        and after.texts[last].startswith(f"{before.texts[last]} ")
    )
