"""Decides which language is spoken where, window by window, by the probabilities of the model."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.analysis.speech.speech_process import Likely, Model, WindowSound
from video_automation.analysis.speech.windows import Window, halves
from video_automation.plan.source.transcript import LanguageSpan
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE

_CLEAR, _CLEAR_PART, _BOTH = 0.975, 0.9, 0.93
"""Readings in one language mostly had 0.98 and more. With 3 s of another language before 20 s of it, its probability was 0.97
and less; with half of each, 0.8 and less, and both together had 0.95. Noise and sound that is no language give less to the
likeliest two."""
SURE = 0.7
"""A stretch counts as being in another language than the rest from this probability on."""
_WORTH_HALVING_MS = 6_000
"""Languages are detected well from 3 s on."""
_LEAST = 0.5
"""A recording is in the language that has this share of the probability; in none if no language has it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The probable languages of a window, the likeliest first."""

    window: Window
    likely: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class IdentifiedSound:
    """A piece of sound in one language, with its probable languages."""

    piece: WindowSound
    likely: tuple[Likely, ...]

    @property
    def heard(self) -> Heard:
        """The probable languages, without the sound."""
        return Heard(self.piece.window, self.likely)

    @property
    def language(self) -> str:
        """The likeliest language."""
        return self.likely[0].language

    @property
    def certainty(self) -> float:
        """Its probability, 0 to 1."""
        return self.likely[0].probability


def stretches(model: Model, pieces: Sequence[WindowSound], speech: Sequence[int]) -> tuple[IdentifiedSound, ...]:
    """The pieces, each in one language: a piece with two languages is cut between them, in a pause."""
    heard = zip(pieces, model.likely(pieces), strict=True)
    return tuple(part for piece, likely in heard for part in _parted(model, IdentifiedSound(piece, likely), speech, _CLEAR))


def _parted(model: Model, whole: IdentifiedSound, speech: Sequence[int], clear: float) -> list[IdentifiedSound]:
    """A stretch, or if its halves are in two languages, one stretch for each of them."""
    window = whole.piece.window
    if window.length_ms < _WORTH_HALVING_MS or not _may_be_two(whole.likely, clear):
        return [whole]
    pieces = [whole.piece.cut(half) for half in halves(window, speech)]
    parts = [
        part
        for piece, likely in zip(pieces, model.likely(pieces), strict=True)
        for part in _parted(model, IdentifiedSound(piece, likely), speech, _CLEAR_PART)
    ]
    sure = {part.language for part in parts if part.certainty >= SURE}
    return _merged(whole.piece, parts) if sure - {whole.language} else [whole]


def _may_be_two(likely: Sequence[Likely], clear: float) -> bool:
    return likely[0].probability < clear and sum(one.probability for one in likely[:2]) >= _BOTH


def _merged(piece: WindowSound, parts: Sequence[IdentifiedSound]) -> list[IdentifiedSound]:
    """Joins neighbours in one language; a doubtful part joins the one before it, or else the one after it."""
    result: list[IdentifiedSound] = []
    for part in parts:
        before = result[-1] if result else None
        if before and (part.language == before.language or min(part.certainty, before.certainty) < SURE):
            surer = max(before, part, key=lambda one: one.certainty)
            window = Window(before.piece.window.start_ms, part.piece.window.end_ms)
            result[-1] = IdentifiedSound(piece.cut(window), surer.likely)
        else:
            result.append(part)
    return result


def main_language(heard: Iterable[Heard]) -> str:
    """The language of most of this; "und" if that is uncertain."""
    weights: dict[str, float] = defaultdict(float)
    for part in heard:
        for one in part.likely:
            weights[one.language] += one.probability**2 * part.window.length_ms  # doubtful parts count little
    if not weights:
        return UNKNOWN_LANGUAGE
    language = max(weights, key=weights.__getitem__)
    return language if weights[language] >= _LEAST * sum(weights.values()) else UNKNOWN_LANGUAGE


def language_to_write(stretch: IdentifiedSound, main: str) -> Likely:
    """The language to transcribe a stretch in: its own if that is certain, else that of the rest."""
    if stretch.language == main or stretch.certainty >= SURE or main == UNKNOWN_LANGUAGE:
        return stretch.likely[0]
    return next((one for one in stretch.likely if one.language == main), Likely(main, 0.0))


def spans(written: Sequence[tuple[Window, Likely]]) -> tuple[LanguageSpan, ...]:
    """Which language is spoken where, from windows in order; empty if all are in one language."""
    joined: list[list[tuple[Window, Likely]]] = []
    for window, likely in written:
        if joined and joined[-1][-1][1].language == likely.language:
            joined[-1].append((window, likely))
        else:
            joined.append([(window, likely)])
    if len(joined) < 2:
        return ()
    edges = [0, *((a[-1][0].end_ms + b[0][0].start_ms) // 2 for a, b in pairwise(joined)), joined[-1][-1][0].end_ms]
    return tuple(
        LanguageSpan(start, end, part[0][1].language, certainty(part))
        for part, (start, end) in zip(joined, pairwise(edges), strict=True)
    )


def certainty(written: Sequence[tuple[Window, Likely]]) -> int:
    """The certainty of a language over some windows, in percent: the mean, weighted by length."""
    length_ms = sum(window.length_ms for window, _ in written)
    return round(100 * sum(likely.probability * window.length_ms for window, likely in written) / max(1, length_ms))
