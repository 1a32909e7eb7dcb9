"""Makes videos with known content: every frame shows its number, and the sound has clicks at known times.

    path = make_film(tmp_path / "a.mp4", frames=90, rate=Fraction(30000, 1001), sound=clicks([0.5, 2.0], 3.0))
    read_numbers(path)                      # [0, 1, ..., 89]: which frames a video shows, in order
    read_times(path)                        # [0.0, 0.0334, ...]: when it shows them, on the video's own clock
    click_times(read_sound(path))           # [0.5, 2.0]: to a fraction of a millisecond

    make_film(path, times=[0, 0.1, 0.15, 1.2], ...)    a variable rate: one frame at each of these seconds
    make_film(path, rotation=90, ...)                  a player turns it 90 degrees clockwise: the frames read upright then
    make_film(path, pixel_aspect=Fraction(4, 3), ...)  anamorphic
    make_film(path, sound=None) / sound_delay=0.4 / picture_delay=0.4 / sound_rate=8000 / codec=("-c:v", "mpeg4", ...)
    sound=np.repeat(clicks([1], 3), 6, axis=1)         5.1: sound is an array of shape (samples, channels); `clicks` is mono

The number (below 32768) is drawn as 8 x 4 blocks: 15 bits and a zero in the upper half, the same bits inverted and in reverse
order in the lower half, so that a rotated picture or a blend of two frames is noticed. It survives scaling to 64 x 36.
"""

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import IO

import av
import imageio_ffmpeg
import numpy as np

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", "-g", "60")
_COLUMNS, _ROWS, _BITS = 8, 4, 16
_LIGHT, _DARK = 235, 16
_CLICK_S = 0.010


def make_video(
    path: Path,
    *,
    frames: int = 60,
    rate: Fraction = Fraction(30),
    times: Sequence[float | Fraction] | None = None,
    size: tuple[int, int] = (320, 180),
    rotation: int = 0,
    pixel_aspect: Fraction = Fraction(1),
    sound: np.ndarray | None = None,
    sound_rate: int = 48_000,
    sound_delay: float = 0,
    picture_delay: float = 0,
    codec: Sequence[str] = H264,
    sound_codec: Sequence[str] = ("-c:a", "aac", "-b:a", "128k"),
    options: Sequence[str] = (),
) -> Path:
    """A video of `frames` numbered frames at a constant `rate`, or one frame at each of `times` (seconds, rising).

    `size` is the stored width and height. The file's name decides the container; `options` are more output arguments.
    """
    clock = Fraction(1, 90_000) if times is not None else 1 / rate
    ticks = [round(Fraction(time) / clock) for time in times] if times is not None else range(frames)
    with tempfile.TemporaryDirectory() as folder:
        inputs = ["-itsoffset", str(picture_delay), "-f", "nut", "-i", "pipe:0"]
        if sound is not None:
            raw = Path(folder) / "sound.f32"
            raw.write_bytes(sound.astype("<f4").tobytes())
            form = ("-f", "f32le", "-ar", str(sound_rate), "-ac", str(sound.shape[1]))
            inputs += [
                *form,
                "-i",
                str(raw),
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-af",
                f"asetpts=PTS+{sound_delay}/TB",
                *sound_codec,
            ]
        aspect = [] if pixel_aspect == 1 else ["-vf", f"setsar={pixel_aspect}"]
        encoded = Path(folder) / f"turn{path.suffix}" if rotation else path
        output = [*aspect, *codec, "-fps_mode", "passthrough", "-enc_time_base:v", f"{clock}", *options, str(encoded)]
        argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-v", "error", "-y", *inputs, *output]
        with subprocess.Popen(argv, stdin=subprocess.PIPE) as program:
            assert program.stdin is not None
            _write_pictures(program.stdin, ticks, clock, size, rotation)
            program.stdin.close()
        assert program.returncode == 0, argv
        if rotation:
            _mark_rotated(encoded, path, rotation)
    return path


def number_picture(number: int, size: tuple[int, int]) -> np.ndarray:
    """The upright picture that shows a number: uint8 of shape (height, width)."""
    width, height = size
    bits = [(number >> i) & 1 for i in range(_BITS)]
    blocks = np.array([*bits, *(1 - bit for bit in reversed(bits))]).reshape(_ROWS, _COLUMNS)
    rows = np.arange(height) * _ROWS // height
    columns = np.arange(width) * _COLUMNS // width
    return np.where(blocks[rows][:, columns], _LIGHT, _DARK).astype(np.uint8)


def number_in(picture: np.ndarray) -> int:
    """The number that a picture (luma, shape (height, width)) shows. Raises AssertionError if it shows none upright."""
    height, width = picture.shape
    rows = ((np.arange(_ROWS) + 0.5) * height / _ROWS).astype(int)
    columns = ((np.arange(_COLUMNS) + 0.5) * width / _COLUMNS).astype(int)
    reach_y, reach_x = max(1, height // _ROWS // 6), max(1, width // _COLUMNS // 6)
    levels = np.array([[picture[y - reach_y : y + reach_y, x - reach_x : x + reach_x].mean() for x in columns] for y in rows])
    assert (abs(levels - 128) > 40).all(), f"blended or no numbered picture: {levels.round().tolist()}"
    upper, lower = (levels > 128).astype(int).reshape(2, _BITS)
    assert not upper[-1], f"turned by 180 degrees: {levels.round().tolist()}"
    assert (upper + lower[::-1] == 1).all(), f"turned, torn or no numbered picture: {levels.round().tolist()}"
    return int(sum(bit << i for i, bit in enumerate(upper.tolist())))


def read_numbers(path: Path) -> list[int]:
    """The number in each frame of a video, in the order they are shown; a rotation mark is ignored."""
    with av.open(str(path)) as video:
        return [number_in(_luma(frame)) for frame in video.decode(video=0)]


def read_times(path: Path) -> list[float]:
    """The time of each frame of a video, in seconds on the container's clock."""
    with av.open(str(path)) as video:
        return [float(frame.time) for frame in video.decode(video=0)]


def read_sound(path: Path, rate: int = 48_000) -> np.ndarray:
    """The sound of a video: float32 of shape (samples, channels). Sample 0 is time 0; a late start is filled with zeros."""
    with av.open(str(path)) as video:
        resampler = av.AudioResampler(format="fltp", rate=rate)
        blocks: list[np.ndarray] = []
        start: float | None = None
        for frame in video.decode(audio=0):
            if start is None:
                start = float(frame.time or 0)
            blocks += [block.to_ndarray().T for block in resampler.resample(frame)]
        blocks += [block.to_ndarray().T for block in resampler.resample(None)]
    sound = np.concatenate(blocks)
    early = round((start or 0) * rate)
    return np.pad(sound, ((early, 0), (0, 0))) if early >= 0 else sound[-early:]


def clicks(times: Iterable[float], length: float, rate: int = 48_000) -> np.ndarray:
    """`length` seconds of near silence with a 10 ms click centred on each of `times`: shape (samples, 1)."""
    sound = np.random.default_rng(1).normal(0, 1e-4, round(length * rate))
    count = round(_CLICK_S * rate)
    burst = 0.8 * np.hanning(count) * np.sin(2 * np.pi * 2000 * (np.arange(count) - count / 2) / rate)
    for time in times:
        first = round(time * rate) - count // 2
        where = slice(max(0, first), min(len(sound), first + count))
        sound[where] += burst[where.start - first : where.stop - first]
    return sound[:, None].astype(np.float32)


def tone(
    spans: Iterable[tuple[float, float]], length: float, *, hz: float = 440, level: float = 0.25, rate: int = 48_000
) -> np.ndarray:
    """`length` seconds of silence with a sine between each start and end in seconds: shape (samples, 1)."""
    clock = np.arange(round(length * rate)) / rate
    on = np.zeros(len(clock), bool)
    for start, end in spans:
        on |= (clock >= start) & (clock < end)
    return (level * on * np.sin(2 * np.pi * hz * clock))[:, None].astype(np.float32)


def click_times(sound: np.ndarray, rate: int = 48_000) -> list[float]:
    """The centres of the clicks in a sound, in seconds."""
    energy = (sound.astype(np.float64) ** 2).mean(axis=1)
    if not len(energy) or energy.max() < 1e-3:
        return []
    loud = np.flatnonzero(energy > 0.01 * energy.max())
    groups = np.split(loud, np.flatnonzero(np.diff(loud) > 2 * _CLICK_S * rate) + 1)
    return [float((energy[group] * group).sum() / energy[group].sum() / rate) for group in groups]


class _Pipe:
    """A pipe with only `write`, so that PyAV does not try to seek in it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.write = stream.write


def _write_pictures(stream: IO[bytes], ticks: Iterable[int], clock: Fraction, size: tuple[int, int], rotation: int) -> None:
    upright = size[::-1] if rotation in (90, 270) else size
    with av.open(_Pipe(stream), "w", format="nut") as container:
        video = container.add_stream("rawvideo", rate=1 / clock)
        video.width, video.height, video.pix_fmt = *size, "gray"
        video.codec_context.time_base = clock
        for number, tick in enumerate(ticks):
            stored = np.rot90(
                number_picture(number, upright), rotation // 90
            )  # rotated counter-clockwise; a player turns it back
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(stored), format="gray")
            frame.pts, frame.time_base = tick, clock
            container.mux(video.encode(frame))
        container.mux(video.encode(None))


def _mark_rotated(encoded: Path, path: Path, rotation: int) -> None:
    """Copies a video, with a display matrix that makes players turn it clockwise (ffmpeg's option is counter-clockwise)."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-display_rotation", str(-rotation), "-i", str(encoded))
    subprocess.run([*argv, "-c", "copy", str(path)], check=True, stdin=subprocess.DEVNULL)


def _luma(frame: av.VideoFrame) -> np.ndarray:
    return frame.to_ndarray(format="gray")
