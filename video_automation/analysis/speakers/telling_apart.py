"""Tells the speakers of a recording apart by their voices, and finds how many there are."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from video_automation.analysis import hearing
from video_automation.analysis.notes import Notes, notes_in
from video_automation.analysis.observer import Given, Observer
from video_automation.analysis.speakers.turn_taking import turns_taken
from video_automation.analysis.speakers.voice_groups import voices_heard
from video_automation.analysis.speakers.voice_vectors import VECTOR_RATE, VECTOR_SIZE, Vectors, voice_vectors
from video_automation.analysis.speech.windows import Window, windows
from video_automation.media.audio.sound import RAW, samples
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.program import Tools
from video_automation.plan.source.heard import SPEECH_HOP_MS, Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.source.speakers import Voices
from video_automation.plan.time import SAMPLE_RATE

VERSION = 1
"""Raise this when the same sound gives other turns."""
_VECTORS_VERSION = 1
"""Raise this when the same sound gives other vectors, or other pieces of it are taken."""
_LIKELY = 50
"""Percent of voice probability at which somebody speaks."""
_GAP_MS, _SHORTEST_MS = 200, 250
"""Speech goes on over shorter pauses than this; shorter speech tells nothing of a voice."""
_LONGEST_MS, _HOP_MS = 1_600, 700
"""How long a piece of speech is at most, and how far it is from one to the next."""
_SPEECH = (
    *("-filter_threads", "1", *RAW, "-i", "pipe:0"),
    *("-af", f"aresample={VECTOR_RATE},aformat=channel_layouts=mono:sample_fmts=s16", "-f", "s16le"),
)
_PER_MS = VECTOR_RATE // 1000

Piece = tuple[int, int]
"""The speech from one millisecond up to another."""


def tell_apart(tools: Tools, path: Path, source: Source, heard: Hearing, *, on_progress: Callable[[float], None]) -> Voices:
    """Who speaks when in a source; `on_progress` receives the share done, 0 to 1.

    The vectors of each window are saved in `tools.folder`: an interrupted run continues after the last one.

    Raises: as `media.ffmpeg.ffmpeg_output`.
    """
    spoken = [(window, pieces) for window in windows(heard.speech) if (pieces := speech_pieces(window, heard.speech))]
    if source.sound is None or not spoken:
        return Voices()
    key = (source.id, repr(source.sound), hearing.VERSION, _VECTORS_VERSION)
    file = tools.folder / f"voices-{sha256(repr(key).encode()).hexdigest()[:16]}.jsonl"
    with notes_in(file) as notes:
        vectors = _vectors(tools, path, source, spoken, notes, on_progress)
    every = [piece for _, pieces in spoken for piece in pieces]
    voices = voices_heard(vectors, [end - start for start, end in every])
    found = turns_taken(every, vectors, voices, heard.levels_db)
    file.unlink()
    return Voices(found)


def speech_pieces(window: Window, speech: Sequence[int]) -> tuple[Piece, ...]:
    """The pieces of speech in a window, in order; those of one stretch overlap."""
    hops = range(window.start_ms // SPEECH_HOP_MS, window.end_ms // SPEECH_HOP_MS)
    stretches: list[Piece] = []
    for start_ms in (hop * SPEECH_HOP_MS for hop in hops if speech[hop] >= _LIKELY):
        if stretches and start_ms - stretches[-1][1] <= _GAP_MS:
            stretches[-1] = (stretches[-1][0], start_ms + SPEECH_HOP_MS)
        else:
            stretches.append((start_ms, start_ms + SPEECH_HOP_MS))
    return tuple(piece for stretch in stretches for piece in _pieces(*stretch))


def _pieces(start_ms: int, end_ms: int) -> Iterator[Piece]:
    """Pieces all over a stretch of speech, evenly."""
    length = end_ms - start_ms
    if length < _SHORTEST_MS:
        return
    count = 1 + max(0, -(-(length - _LONGEST_MS) // _HOP_MS))
    for number in range(count):
        begin = start_ms + (length - _LONGEST_MS) * number // max(1, count - 1)
        yield (begin, begin + _LONGEST_MS) if count > 1 else (start_ms, min(end_ms, start_ms + _LONGEST_MS))


def _vectors(
    tools: Tools,
    path: Path,
    source: Source,
    spoken: Sequence[tuple[Window, tuple[Piece, ...]]],
    notes: Notes,
    on_progress: Callable[[float], None],
) -> Vectors:
    """The vectors of all pieces; those of the first windows may be noted already."""
    known = [np.frombuffer(bytes.fromhex(row), "<f2").astype(np.float32).reshape(-1, VECTOR_SIZE) for row in notes]
    stretches = [(one.start_ms * SAMPLE_RATE // 1000, one.end_ms * SAMPLE_RATE // 1000) for one, _ in spoken[len(known) :]]
    if stretches:
        with samples(tools, path, source, stretches) as sound, ffmpeg_output(tools, _SPEECH, given=sound) as stream:
            for window, pieces in spoken[len(known) :]:
                tools.stop.check()
                raw = np.frombuffer(stream.read(2 * window.length_ms * _PER_MS), "<i2")
                heard = raw.astype(np.float32) / np.float32(32768)
                starts = [((start - window.start_ms) * _PER_MS, (end - window.start_ms) * _PER_MS) for start, end in pieces]
                found = voice_vectors([heard[start:end] for start, end in starts])
                notes.add(found.astype("<f2").tobytes().hex())
                tools.saved()
                known.append(found)
                on_progress(len(known) / len(spoken))
    return np.concatenate(known)


def _observe(given: Given, on_share: Callable[[float], None]) -> Voices:
    return tell_apart(given.tools, given.path, given.source, given.before[Hearing], on_progress=on_share)


OBSERVER = Observer(
    Voices, VERSION, _observe, inputs=lambda _: (hearing.VERSION, _VECTORS_VERSION), wanted=lambda params: params.needs_words
)
