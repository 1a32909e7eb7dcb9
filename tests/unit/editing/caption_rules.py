"""Checks captions against the usual rules of subtitling."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from video_automation.plan.cues import Cue
from video_automation.plan.text.legibility import columns, reading_time
from video_automation.plan.timeline import Timeline

HARD = ("over length", "more than two lines", "empty", "overlapping", "over a shot without its words", "words outside")
"""Rules that no cue may break."""


def rules_broken(cues: Sequence[Cue], timeline: Timeline, longest_line: int) -> tuple[str, ...]:
    """One sentence for each broken rule; it begins with the name of the rule."""
    found = [(rule, cue) for cue in cues for rule in _alone(cue, timeline.rate, longest_line)]
    found += [(rule, after) for before, after in pairwise(cues) for rule in _apart(before, after)]
    found += [("over a shot without its words", cue) for cue in cues if _over_another_shot(cue, timeline)]
    return tuple(f"{rule}: {cue.span.start}-{cue.span.end} {cue.text}" for rule, cue in found)


def speed(cue: Cue, rate: Fraction) -> float:
    """The reading speed of a cue in characters a second."""
    return float(reading_time(cue.text) * rate / cue.span.length)


def _alone(cue: Cue, rate: Fraction, longest_line: int) -> list[str]:
    edges = [edge for word in cue.words for edge in (word.span.start, word.span.end)]
    rules = {
        "over length": any(columns(line) > longest_line for line in cue.lines),
        "more than two lines": len(cue.lines) > 2,
        "empty": not cue.lines or not all(line.strip() for line in cue.lines),
        "too fast": speed(cue, rate) > 20,
        "too short": cue.span.length < Fraction(5, 6) * rate,
        "too long": cue.span.length > 7 * rate,
        "words outside": [cue.span.start, *edges, cue.span.end] != sorted([cue.span.start, *edges, cue.span.end]),
    }
    return [rule for rule, broken in rules.items() if broken]


def _apart(before: Cue, after: Cue) -> list[str]:
    gap = after.span.start - before.span.end
    return ["overlapping"] if gap < 0 else ["touching"] if gap < 2 else []


def _over_another_shot(cue: Cue, timeline: Timeline) -> bool:
    """Whether a cut lies between the cue's beginning and its first word, or between its last word and its end."""
    cuts = list(accumulate(span.length for span in timeline.spans[:-1]))
    first, last = cue.words[0].span, cue.words[-1].span
    return any(cue.span.start < cut <= first.start or last.end <= cut < cue.span.end for cut in cuts)
