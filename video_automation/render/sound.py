"""Makes the sound of a rendition: decoded, cut, levelled, limited and encoded in one go."""

import logging
import math
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from video_automation.media.command import Command
from video_automation.media.program import Tools
from video_automation.media.run import reading, writing
from video_automation.media.sound import RAW, samples
from video_automation.plan.edit import EditPlan
from video_automation.plan.time import SAMPLE_RATE
from video_automation.render.splice import pieces, splice
from video_automation.render.units import Unit

log = logging.getLogger(__name__)

_TOLERANCE_LU = 0.5
_MOST_DBTP = -1.3
"""What the encoded sound may reach between its samples, seen at twice its rate; of noise there is up to 0.2 dB more."""
_LOWERED_DB = 0.2
"""How much farther the ceiling is lowered than the encoder went over it."""
_MOST_ENCODES = 4
_MOST_CORRECTION_DB = 12.0
_BLOCK = 1 << 20
_NO_CHANGE_DB = 0.05
_SILENT_LUFS = -69.0


@dataclass(frozen=True, slots=True)
class _Trial:
    """How loud the limited sound is at a gain."""

    gain_db: float
    lufs: float


def make(plan: EditPlan, unit: Unit, path: Path, tools: Tools) -> Path:
    """Makes the file of a sound unit in `tools.folder`; gives its path.

    The planned gain would be right but for the limiter, which takes 0.3 to 1.5 LU from speech with high peaks: so that is
    measured first. The encoder listens too; what misses the target all the same is made again. So is what has become too
    high: AAC adds up to two decibels to the peaks it is given.

    Raises: as `media.run.run`.
    """
    rendition, made = unit.rendition, f"{unit.id}.unchecked"
    assert rendition.gain_db is not None
    target, planned, ceiling = plan.params.level.target_lufs, rendition.gain_db, rendition.ceiling_dbtp
    trials = [_Trial(planned, _heard(plan, unit, path, tools, _measurer(unit, planned)))]
    while True:
        gain_db = _next_gain(trials, target)
        trials.append(_Trial(gain_db, _heard(plan, unit, path, tools, _encoder(unit, gain_db, ceiling))))
        too_high = _peak_dbtp(tools, made) - _MOST_DBTP
        log.info("sound at %+.1f dB is at %.1f LUFS, %+.1f dB over its highest peak", gain_db, trials[-1].lufs, too_high)
        settled = abs(trials[-1].lufs - target) <= _TOLERANCE_LU or abs(_next_gain(trials, target) - gain_db) < _NO_CHANGE_DB
        if (settled and too_high <= 0) or len(trials) > _MOST_ENCODES:
            return (tools.folder / made).rename(tools.folder / unit.file_name)
        if too_high > 0:
            ceiling -= too_high + _LOWERED_DB


def _heard(plan: EditPlan, unit: Unit, path: Path, tools: Tools, command: Command) -> float:
    """Integrated loudness of the kept sound in LUFS as `command` notes it, after that has made its file of it."""
    source, notes = plan.source, tools.folder / _notes(unit)
    kept = pieces(unit.rendition.timeline, source.picture.frames)
    stretches = [(piece.start, piece.start + piece.length) for piece in kept]
    try:
        with samples(tools, path, source, stretches) as raw, writing(tools, command) as out:
            for block in splice(raw, kept):
                out.write(block.tobytes())
        return _integrated_lufs(notes)
    finally:
        notes.unlink(missing_ok=True)
        (tools.folder / f"{unit.id}.measured").unlink(missing_ok=True)


def _measurer(unit: Unit, gain_db: float) -> Command:
    """Notes how loud the sound becomes; its file is of no use. It limits the samples, not the peaks between them: 0.1 LU."""
    filters = (_volume(gain_db), _limiter(unit.rendition.ceiling_dbtp), _listener(unit))
    return Command((*RAW, "-i", "pipe:0", "-af", ",".join(filters), "-f", "crc"), f"{unit.id}.measured")


def _encoder(unit: Unit, gain_db: float, ceiling_dbtp: float) -> Command:
    """Levels, limits true peaks (found at twice the rate), notes the loudness, encodes.

    The fast AAC coder takes a quarter of the time of the default one and was, at 128 to 192 kbit/s, as near to the
    original.
    """
    resampled = (f"aresample={2 * SAMPLE_RATE}", _limiter(ceiling_dbtp), f"aresample={SAMPLE_RATE}")
    filters = (_volume(gain_db), *resampled, _listener(unit))
    encoder = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{unit.rendition.encode.audio_kbps}k", "-threads", "1")
    return Command((*RAW, "-i", "pipe:0", "-af", ",".join(filters), *encoder, "-f", "mp4"), f"{unit.id}.unchecked")


def _peak_dbtp(tools: Tools, name: str) -> float:
    """The highest peak of a finished sound file, seen at twice its rate."""
    highest = 0.0
    raised = ("-filter_threads", "1", "-i", f"file:{name}", "-af", f"aresample={2 * SAMPLE_RATE}", "-f", "f32le")
    with reading(tools, raised) as stream:
        while raw := stream.read(_BLOCK):
            block = np.frombuffer(raw, "<f4")
            highest = max(highest, float(block.max()), -float(block.min()))
    return 20 * math.log10(max(highest, 1e-6))


def _volume(gain_db: float) -> str:
    return f"volume={gain_db:.3f}dB"


def _limiter(ceiling_dbtp: float) -> str:
    return f"alimiter=limit={10 ** (ceiling_dbtp / 20):.5f}:level=0:latency=1"


def _listener(unit: Unit) -> str:
    return f"ebur128=metadata=1:framelog=quiet,ametadata=print:key=lavfi.r128.I:file={_notes(unit)}"


def _notes(unit: Unit) -> str:
    return f"{unit.id}.loudness"


def _integrated_lufs(notes: Path) -> float:
    """The last integrated loudness noted; -70, the gate of the measure, for less than 400 ms or silence."""
    last = -70.0
    with notes.open() as lines:
        for line in lines:
            name, _, value = line.partition("=")
            if name == "lavfi.r128.I":
                with suppress(ValueError):
                    last = float(value)
    return last


def _next_gain(trials: list[_Trial], target: float) -> float:
    """The gain to try next: along the line through the last two trials, for the limiter takes its share of each decibel."""
    first, last = trials[0], trials[-1]
    if last.lufs < _SILENT_LUFS:
        return last.gain_db
    slope = 0.85
    if len(trials) > 1 and last.gain_db != trials[-2].gain_db:
        slope = (last.lufs - trials[-2].lufs) / (last.gain_db - trials[-2].gain_db)
    gain_db = last.gain_db + (target - last.lufs) / min(1.0, max(0.25, slope))
    return min(max(gain_db, first.gain_db - _MOST_CORRECTION_DB), first.gain_db + _MOST_CORRECTION_DB)
