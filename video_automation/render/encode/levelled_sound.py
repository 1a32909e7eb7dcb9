"""Makes the sound of a rendition: cuts, levels, limits and encodes it in one go."""

import json
import logging
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from video_automation.media.atomic_files import write_atomically
from video_automation.media.audio.clean_sound import clean_samples
from video_automation.media.audio.sound import RAW
from video_automation.media.command import Command
from video_automation.media.ffmpeg import ffmpeg_output, writing
from video_automation.media.program import Tools
from video_automation.plan.loudness import integrated_lufs
from video_automation.plan.time import SAMPLE_RATE, sample_at
from video_automation.render.encode.segments import SoundSegment
from video_automation.render.encode.sound_parts import SoundPart, Tape, cut, join, kept_from, split_sound
from video_automation.render.encode.splice import kept_pieces, splice

log = logging.getLogger(__name__)

_TOLERANCE_LU = 0.5
_MOST_DBTP = -1.3
"""The highest true peak of the encoded sound, measured at twice its rate; noise reaches up to 0.2 dB more."""
_LOWERED_DB = 0.2
"""How much further than its excess the ceiling is lowered."""
_MOST_ENCODES = 4
_MOST_CORRECTION_DB = 12.0
_BLOCK = 1 << 20
_NO_CHANGE_DB = 0.05
_SILENCE_LUFS = -70.0
_NEAR_END = 5
"""Noise is found in whole tenths of a second: what is cleaned up to the last fifth of a second is cleaned to the end."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How sound is made: with a gain, a ceiling for peaks, and encoded or only measured."""

    gain_db: float
    ceiling_dbtp: float
    encoded: bool

    def file(self, segment: SoundSegment, part: SoundPart) -> str:
        """The file name of a part."""
        return (
            f"{segment.id}-{'encoded' if self.encoded else 'measured'}{self.gain_db:+.3f}{self.ceiling_dbtp:+.3f}-{part.number}"
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """The loudness of the limited sound at a gain."""

    gain_db: float
    lufs: float


def make_sound(segment: SoundSegment, path: Path, tools: Tools) -> Path:
    """Makes the file of a sound segment in `tools.folder`; returns its path.

    The planned gain would be right without the limiter, which takes 0.3 to 1.5 LU from speech with high peaks: so the limited
    loudness is measured first. It is measured again during encoding; sound that still misses the target is made again, and so
    is sound with too high peaks: AAC adds up to two decibels to the peaks it is given.

    Raises: as `media.ffmpeg.run`.
    """
    length = sample_at(segment.before + segment.timeline.frames + segment.after, segment.timeline.rate)
    target, planned, ceiling = segment.target_lufs, segment.gain_db, segment.ceiling_dbtp
    lufs, _ = _heard(segment, path, tools, _Way(planned, ceiling, encoded=False))
    trials = [_Trial(planned, lufs)]
    while True:
        way = _Way(_next_gain(trials, target), ceiling, encoded=True)
        lufs, peak_dbtp = _heard(segment, path, tools, way)
        trials.append(_Trial(way.gain_db, lufs))
        too_high = peak_dbtp - _MOST_DBTP
        log.info("sound at %+.1f dB is at %.1f LUFS, %+.1f dB over its highest peak", way.gain_db, lufs, too_high)
        settled = abs(lufs - target) <= _TOLERANCE_LU or abs(_next_gain(trials, target) - way.gain_db) < _NO_CHANGE_DB
        if (settled and too_high <= 0) or len(trials) > _MOST_ENCODES:
            whole = join(
                [tools.folder / way.file(segment, part) for part in split_sound(length)], length, tools, segment.file_name
            )
            for file in tools.folder.glob(f"{segment.id}-*"):
                file.unlink()
            return whole
        if too_high > 0:
            ceiling -= too_high + _LOWERED_DB


def _heard(segment: SoundSegment, path: Path, tools: Tools, way: _Way) -> tuple[float, float]:
    """Integrated loudness of the kept sound in LUFS and its highest peak in dBTP; it is measured, or encoded, part by part.

    Parts that an earlier attempt has made are reused. The peak is measured only on encoded sound.
    """
    frames = segment.source.picture.frames
    kept = kept_pieces(segment.timeline, frames, before=segment.before, after=segment.after)
    divided = split_sound(sum(piece.length for piece in kept))
    notes = {part: tools.folder / f"{way.file(segment, part)}.json" for part in divided}
    if missing := [part for part, note in notes.items() if not note.exists()]:
        rest, begins = kept_from(kept, missing[0].begin)
        stretches = [(piece.start, piece.start + piece.length) for piece in rest if piece.start is not None]
        with clean_samples(tools, path, segment.source, stretches, _cleaned(segment)) as raw:
            tape = Tape(splice(raw, rest), begins)
            for part in missing:
                _make_part(segment, tools, way, part, tape)
    told = [json.loads(note.read_bytes()) for note in notes.values()]
    lufs = integrated_lufs(lufs for one in told for lufs in one["momentary_lufs"])
    return _SILENCE_LUFS if lufs is None else lufs, max(one["peak_dbtp"] for one in told)


def _cleaned(segment: SoundSegment) -> list[tuple[int, int]]:
    """The samples whose noise is turned down; what reaches to the recording's end does not fade out before it."""
    rate, frames = segment.timeline.rate, segment.source.picture.frames
    ends = (span.end if span.end < frames - rate // _NEAR_END else frames + math.ceil(rate) for span in segment.cleaned)
    return [(sample_at(span.start, rate), sample_at(end, rate)) for span, end in zip(segment.cleaned, ends, strict=True)]


def _make_part(segment: SoundSegment, tools: Tools, way: _Way, part: SoundPart, tape: Tape) -> None:
    """Makes the file of a part, if it is encoded, and then the file with its loudness and peak."""
    name, peak_dbtp = way.file(segment, part), -math.inf
    begun, notes = f"{name}.begun", f"{name}.noting"
    command = _encoder(segment, way, begun, notes) if way.encoded else _measurer(way, begun, notes)
    try:
        with writing(tools, command) as out:
            for block in tape.between(part.begin, part.finish):
                out.write(block.tobytes())
        if way.encoded:
            peak_dbtp = _peak_dbtp(tools, begun)
            cut(tools.folder / begun, part.packets, tools.folder / name)
        heard = {"momentary_lufs": _momentary_lufs(tools.folder / notes)[part.hops], "peak_dbtp": peak_dbtp}
        write_atomically(json.dumps(heard).encode(), tools.folder / f"{name}.json")
    finally:
        for left in (begun, notes):
            (tools.folder / left).unlink(missing_ok=True)
    tools.saved()


def _measurer(way: _Way, name: str, notes: str) -> Command:
    """Measures the loudness; its output file is unused. It limits the samples, not the peaks between them: 0.1 LU."""
    filters = (_volume(way.gain_db), _limiter(way.ceiling_dbtp), _listener(notes))
    return Command((*RAW, "-i", "pipe:0", "-af", ",".join(filters), "-f", "crc"), name)


def _encoder(segment: SoundSegment, way: _Way, name: str, notes: str) -> Command:
    """Levels, limits true peaks (found at twice the rate), measures the loudness, encodes.

    The fast AAC coder takes a quarter of the time of the default one and was, at 128 to 192 kbit/s, as near to the original.
    """
    resampled = (f"aresample={2 * SAMPLE_RATE}", _limiter(way.ceiling_dbtp), f"aresample={SAMPLE_RATE}")
    filters = (_volume(way.gain_db), *resampled, _listener(notes))
    encoder = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{segment.audio_kbps}k", "-threads", "1")
    return Command((*RAW, "-i", "pipe:0", "-af", ",".join(filters), *encoder, "-f", "adts"), name)


def _peak_dbtp(tools: Tools, name: str) -> float:
    """The highest peak of an encoded sound file, measured at twice its rate."""
    highest = 0.0
    raised = ("-filter_threads", "1", "-f", "aac", "-i", f"file:{name}", "-af", f"aresample={2 * SAMPLE_RATE}", "-f", "f32le")
    with ffmpeg_output(tools, raised) as stream:
        while raw := stream.read(_BLOCK):
            block = np.frombuffer(raw, "<f4")
            highest = max(highest, float(block.max()), -float(block.min()))
    return 20 * math.log10(max(highest, 1e-6))


def _volume(gain_db: float) -> str:
    return f"volume={gain_db:.3f}dB"


def _limiter(ceiling_dbtp: float) -> str:
    return f"alimiter=limit={10 ** (ceiling_dbtp / 20):.5f}:level=0:latency=1"


def _listener(notes: str) -> str:
    return f"ebur128=metadata=1:framelog=quiet,ametadata=print:key=lavfi.r128.M:file={notes}"


def _momentary_lufs(notes: Path) -> list[float]:
    """The loudness of each tenth of a second, over the 0.4 s before its end."""
    with notes.open() as lines:
        return [float(line.partition("=")[2]) for line in lines if line.startswith("lavfi.r128.M=")]


def _next_gain(trials: list[_Trial], target: float) -> float:
    """The gain to try next: on the line through the last two trials, since the limiter takes its share of each decibel."""
    first, last = trials[0], trials[-1]
    if last.lufs <= _SILENCE_LUFS:
        return last.gain_db
    slope = 0.85
    if len(trials) > 1 and last.gain_db != trials[-2].gain_db:
        slope = (last.lufs - trials[-2].lufs) / (last.gain_db - trials[-2].gain_db)
    gain_db = last.gain_db + (target - last.lufs) / min(1.0, max(0.25, slope))
    return min(max(gain_db, first.gain_db - _MOST_CORRECTION_DB), first.gain_db + _MOST_CORRECTION_DB)
