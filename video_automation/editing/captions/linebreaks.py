"""Breaks the text of one caption into lines, and computes how long a line may be."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from video_automation.editing.captions.break_costs import break_costs
from video_automation.plan.cues import DASH
from video_automation.plan.text.legibility import clusters, columns
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of

RAGGED = 70
"""The cost of unequal lines, beside that of breaks: half of this times the square of their difference, as a share of a line."""
_FEWEST = 12
"""The least characters a line has room for, in any picture."""


def line_length(width_px: int, height_px: int, longest_line: int) -> int:
    """How many Latin letters fit a line of this picture, if `longest_line` fit a line at 16:9 or wider.

    Letters must be readable on a telephone, so they shrink less than the picture: of 42, 35 fit 4:3, 29 a square, 21 9:16.
    """
    narrowness = min(1.0, width_px / height_px / (16 / 9))
    return min(longest_line, max(_FEWEST, round(longest_line * math.pow(narrowness, 0.62))))


def split_word(text: str, longest: int) -> tuple[str, ...]:
    """A word in pieces that fit a line; mostly one. Each piece but the last fills its line, so that no other word joins it."""
    if columns(text) <= longest:
        return (text,)
    cut = [""]
    for letter in clusters(text):
        if cut[-1] and columns(cut[-1] + letter) > longest:
            cut.append("")
        cut[-1] += letter
    return tuple(cut)


def parts_by_speaker(rows: Iterable[str]) -> tuple[str, ...]:
    """The lines of a caption as one text for each speaker: a line that begins with a dash begins another one's."""
    parts: list[str] = []
    for row in rows:
        if parts and not row.startswith(DASH):
            parts[-1] = joined((parts[-1], row))
        else:
            parts.append(row)
    return tuple(parts)


def words_by_speaker(parts: Iterable[str], language: str) -> list[str]:
    """The words of these texts, for `lines`; a dash at the beginning of one belongs to its first word."""
    found: list[str] = []
    for part in parts:
        words = words_of(part.removeprefix(DASH), language)
        found += [f"{DASH}{words[0]}", *words[1:]] if words and part.startswith(DASH) else words
    return found


def lines(texts: Sequence[str], language: str, longest: int) -> tuple[str, ...]:
    """Words as lines of at most `longest` Latin letters: as few as possible, with the best breaks, and even.

    Each speaker begins a line.
    """
    changes = [at for at, text in enumerate(texts) if at and text.startswith(DASH)]
    if changes:
        borders = pairwise((0, *changes, len(texts)))
        return tuple(line for first, end in borders for line in lines(texts[first:end], language, longest))
    fitting = [piece for text in texts for piece in split_word(text, longest)]
    costs = break_costs(fitting, language)
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # for the first n words: lines, cost, start of the last line
    for end in range(1, len(fitting) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            wide = columns(joined(fitting[start:end]))
            if wide > longest:
                break
            count, cost, _ = best[start]
            options.append((count + 1, cost + costs[start] + int(RAGGED * wide * wide // longest**2), start))
        best.append(min(options))
    broken: list[str] = []
    end = len(fitting)
    while end:
        start = best[end][2]
        broken.insert(0, joined(fitting[start:end]).rstrip())
        end = start
    return tuple(broken)
