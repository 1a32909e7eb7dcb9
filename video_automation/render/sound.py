"""Makes the sound of a rendition: decoded, cut, levelled, limited and encoded in one go."""

import logging
from contextlib import suppress
from pathlib import Path

from video_automation.media.command import Command, source_args
from video_automation.media.run import Tools, reading, writing
from video_automation.plan.edit import EditPlan
from video_automation.plan.source import Source
from video_automation.plan.time import SAMPLE_RATE
from video_automation.render.splice import CHANNELS, Piece, pieces, splice
from video_automation.render.units import Unit

log = logging.getLogger(__name__)

_RAW = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS))
_TOLERANCE_LU = 0.5
_MOST_ROUNDS = 4
_MOST_CORRECTION_DB = 12.0


def make(plan: EditPlan, unit: Unit, path: Path, tools: Tools) -> Path:
    """Makes the file of a sound unit in `tools.folder`; gives its path.

    The planned gain is right unless the limiter takes loudness away, as it does from speech with high peaks. What comes
    out is therefore measured while it is encoded, and made again with more gain where it misses the target.

    Raises: as `media.run.run`.
    """
    rendition, sound = unit.rendition, plan.source.sound
    assert sound is not None
    assert rendition.gain_db is not None
    kept = pieces(rendition.timeline, plan.source.picture.frames)
    target = plan.params.level.target_lufs
    notes, made = tools.folder / f"{unit.id}.loudness", tools.folder / f"{unit.id}.unchecked"
    gains, heard = [rendition.gain_db], list[float]()
    while True:
        try:
            with (
                reading(tools, _decoder(plan.source, sound.stream, kept, path)) as raw,
                writing(tools, _encoder(unit, gains[-1], notes.name, made.name)) as out,
            ):
                for block in splice(raw, kept):
                    out.write(block.tobytes())
            heard.append(_integrated_lufs(notes))
        finally:
            notes.unlink(missing_ok=True)
        log.info("sound at %+.1f dB is at %.1f LUFS", gains[-1], heard[-1])
        gain = _next_gain(gains, heard, target)
        if gain is None:
            return made.rename(tools.folder / unit.file_name)
        gains.append(gain)


def _decoder(source: Source, stream: int, kept: tuple[Piece, ...], path: Path) -> tuple[str, ...]:
    """Gives the source's sound from time zero on, gaps filled with silence, up to the last sample that is kept."""
    end = kept[-1].start + kept[-1].length
    filters = f"aresample={SAMPLE_RATE}:async=1:first_pts=0,aformat=flt:channel_layouts=stereo,atrim=end_sample={end}"
    return (
        *("-max_error_rate", "1", *source_args(path, start_us=source.start_us)),
        *("-map", f"0:{stream}", "-vn", "-sn", "-dn", "-af", filters, *_RAW),
    )


def _encoder(unit: Unit, gain_db: float, notes: str, output: str) -> Command:
    """Levels, limits true peaks (found at twice the rate), notes the loudness, encodes.

    The fast AAC coder takes a quarter of the time of the default one and was, at 128 to 192 kbit/s, as near to the
    original.
    """
    rendition = unit.rendition
    filters = (
        f"volume={gain_db:.3f}dB",
        f"aresample={2 * SAMPLE_RATE}",
        f"alimiter=limit={10 ** (rendition.ceiling_dbtp / 20):.5f}:level=0:latency=1",
        f"aresample={SAMPLE_RATE}",
        f"ebur128=metadata=1:framelog=quiet,ametadata=print:key=lavfi.r128.I:file={notes}",
    )
    encoder = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", f"{rendition.encode.audio_kbps}k", "-threads", "1")
    return Command((*_RAW, "-i", "pipe:0", "-af", ",".join(filters), *encoder, "-f", "mp4"), output)


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


def _next_gain(gains: list[float], heard: list[float], target: float) -> float | None:
    """The gain to try next, or None where the last one is good or no better one can be found."""
    miss = target - heard[-1]
    if abs(miss) <= _TOLERANCE_LU or len(gains) == _MOST_ROUNDS or heard[-1] <= -69:
        return None
    slope = 1.0
    if len(gains) > 1 and gains[-1] != gains[-2]:
        slope = min(1.0, max(0.25, (heard[-1] - heard[-2]) / (gains[-1] - gains[-2])))
    gain = gains[-1] + miss / slope
    bounded = min(max(gain, gains[0] - _MOST_CORRECTION_DB), gains[0] + _MOST_CORRECTION_DB)
    return None if abs(bounded - gains[-1]) < 0.05 else bounded
