"""Makes the sound of a rendition: decoded, cut, levelled, limited and encoded in one go."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from video_automation.media.command import Command, source_args
from video_automation.media.program import Tools
from video_automation.media.run import reading, writing
from video_automation.plan.edit import EditPlan
from video_automation.plan.source import Sound, Source
from video_automation.plan.time import SAMPLE_RATE, sample_at
from video_automation.render.sound_parts import Part, Tape, cut, integrated, join, kept_from, parts, put
from video_automation.render.splice import CHANNELS, Piece, pieces, splice
from video_automation.render.units import Unit

log = logging.getLogger(__name__)

_RAW = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS))
_TOLERANCE_LU = 0.5
_MOST_ENCODES = 3
_MOST_CORRECTION_DB = 12.0
_NO_CHANGE_DB = 0.05
_SILENT_LUFS = -69.0


_How = Literal["measured", "encoded"]


@dataclass(frozen=True, slots=True)
class _Trial:
    """How loud the limited sound is at a gain."""

    gain_db: float
    lufs: float


def make(plan: EditPlan, unit: Unit, path: Path, tools: Tools) -> Path:
    """Makes the file of a sound unit in `tools.folder`; gives its path.

    The planned gain would be right but for the limiter, which takes 0.3 to 1.5 LU from speech with high peaks: so that is
    measured first. The encoder listens too; what misses the target all the same is made again.

    Raises: as `media.run.run`.
    """
    rendition = unit.rendition
    length = sample_at(rendition.timeline.frames, rendition.timeline.rate)
    divided = parts(length)
    assert rendition.gain_db is not None
    target, planned = plan.params.level.target_lufs, rendition.gain_db
    trials = [_Trial(planned, _heard(plan, unit, path, tools, "measured", planned))]
    while True:
        gain_db = _next_gain(trials, target)
        trials.append(_Trial(gain_db, _heard(plan, unit, path, tools, "encoded", gain_db)))
        log.info("sound at %+.1f dB is at %.1f LUFS", gain_db, trials[-1].lufs)
        good = abs(trials[-1].lufs - target) <= _TOLERANCE_LU
        if good or len(trials) > _MOST_ENCODES or abs(_next_gain(trials, target) - gain_db) < _NO_CHANGE_DB:
            made = [tools.folder / _file(unit, "encoded", gain_db, part) for part in divided]
            whole = join(made, length, tools, unit.file_name)
            for file in tools.folder.glob(f"{unit.id}-*"):
                file.unlink()
            return whole


def _heard(plan: EditPlan, unit: Unit, path: Path, tools: Tools, how: _How, gain_db: float) -> float:
    """Integrated loudness of the kept sound in LUFS at a gain; it is measured, or encoded, part by part.

    A part that an earlier attempt has made is not made again.
    """
    source = plan.source
    assert source.sound is not None
    kept = pieces(unit.rendition.timeline, source.picture.frames)
    divided = parts(sum(piece.length for piece in kept))
    notes = {part: tools.folder / f"{_file(unit, how, gain_db, part)}.loudness" for part in divided}
    if missing := [part for part, note in notes.items() if not note.exists()]:
        rest, begins = kept_from(kept, missing[0].begin)
        with reading(tools, _decoder(source, source.sound, rest, path)) as raw:
            tape = Tape(splice(raw, rest), begins)
            for part in missing:
                _make_part(unit, tools, how, gain_db, part, tape)
    return integrated([lufs for note in notes.values() for lufs in map(float, note.read_text().split())])


def _make_part(unit: Unit, tools: Tools, how: _How, gain_db: float, part: Part, tape: Tape) -> None:
    """Makes the file of a part, if it is encoded, and then that of its loudness."""
    name = _file(unit, how, gain_db, part)
    begun, notes = f"{name}.begun", f"{name}.noting"
    command = _encoder(unit, gain_db, begun, notes) if how == "encoded" else _measurer(unit, gain_db, begun, notes)
    try:
        with writing(tools, command) as out:
            for block in tape.between(part.begin, part.finish):
                out.write(block.tobytes())
        if how == "encoded":
            cut(tools.folder / begun, part.packets, tools.folder / name)
        heard = _momentary_lufs(tools.folder / notes)[part.hops]
        put("\n".join(map(str, heard)).encode(), tools.folder / f"{name}.loudness")
    finally:
        for left in (begun, notes):
            (tools.folder / left).unlink(missing_ok=True)
    tools.saved()


def _file(unit: Unit, how: _How, gain_db: float, part: Part) -> str:
    """The name of a part's file."""
    return f"{unit.id}-{how}{gain_db:+.3f}-{part.number}"


def _decoder(source: Source, sound: Sound, kept: tuple[Piece, ...], path: Path) -> tuple[str, ...]:
    """Gives the source's sound from time zero on, gaps filled with silence, up to the last sample that is kept."""
    end = kept[-1].start + kept[-1].length
    filters = f"aresample={SAMPLE_RATE}:async=1:first_pts=0,aformat=flt:channel_layouts=stereo,atrim=end_sample={end}"
    return (
        *("-max_error_rate", "1", *source_args(path, start_us=source.start_us)),
        *("-map", f"0:{sound.stream}", "-vn", "-sn", "-dn", "-af", filters, *_RAW),
    )


def _measurer(unit: Unit, gain_db: float, name: str, notes: str) -> Command:
    """Notes how loud the sound becomes; its file is of no use. It limits the samples, not the peaks between them: 0.1 LU."""
    filters = (_volume(gain_db), _limiter(unit), _listener(notes))
    return Command((*_RAW, "-i", "pipe:0", "-af", ",".join(filters), "-f", "crc"), name)


def _encoder(unit: Unit, gain_db: float, name: str, notes: str) -> Command:
    """Levels, limits true peaks (found at twice the rate), notes the loudness, encodes.

    The fast AAC coder takes a quarter of the time of the default one and was, at 128 to 192 kbit/s, as near to the
    original.
    """
    resampled = (f"aresample={2 * SAMPLE_RATE}", _limiter(unit), f"aresample={SAMPLE_RATE}")
    filters = (_volume(gain_db), *resampled, _listener(notes))
    encoder = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{unit.rendition.encode.audio_kbps}k", "-threads", "1")
    return Command((*_RAW, "-i", "pipe:0", "-af", ",".join(filters), *encoder, "-f", "adts"), name)


def _volume(gain_db: float) -> str:
    return f"volume={gain_db:.3f}dB"


def _limiter(unit: Unit) -> str:
    return f"alimiter=limit={10 ** (unit.rendition.ceiling_dbtp / 20):.5f}:level=0:latency=1"


def _listener(notes: str) -> str:
    return f"ebur128=metadata=1:framelog=quiet,ametadata=print:key=lavfi.r128.M:file={notes}"


def _momentary_lufs(notes: Path) -> list[float]:
    """The loudness of each tenth of a second, over the 0.4 s before its end."""
    with notes.open() as lines:
        return [float(line.partition("=")[2]) for line in lines if line.startswith("lavfi.r128.M=")]


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
