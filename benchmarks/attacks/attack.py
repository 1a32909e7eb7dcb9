"""An attack: a hostile file, and how it must end."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import imageio_ffmpeg

_PCM_48K = ("-ar", "48000", "-c:a", "pcm_s16le")
"""The options for sound as cameras write it."""
Wanted = Literal["refused", "answered"]
"""How an attack must end: the file is refused, or there is a response of any kind."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A hostile file, and how it must end."""

    file: Path
    wanted: Wanted = "answered"


def ffmpeg(*words: str | Path) -> None:
    """Runs ffmpeg without restrictions, to make a video."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, words))
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)


def video(path: Path, *output: str, seconds: float = 1, size: str = "160x90", rate: str = "25", sound: bool = True) -> Path:
    """A small valid video with a moving picture and a tone; the name of the file decides the container."""
    inputs = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]
    if sound:
        inputs += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=44100:duration={seconds}"]
    ffmpeg(*inputs, "-pix_fmt", "yuv420p", *output, path)
    return path


def seeds(folder: Path) -> tuple[Path, ...]:
    """A small valid video in each container that we accept."""
    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10")
    kinds: dict[str, tuple[str, ...]] = {
        "moov-last.mp4": x264,
        "moov-first.mp4": (*x264, "-movflags", "+faststart"),
        "pieces.mp4": (*x264, "-movflags", "+frag_keyframe+empty_moov"),
        "prores.mov": ("-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s16le"),
        "alac.mov": ("-c:v", "mpeg4", "-c:a", "alac"),
        "h264.mkv": x264,
        "flac.mkv": ("-c:v", "ffv1", "-c:a", "flac"),
        "vp8.webm": ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"),
        "vp9.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
        "xvid.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
        "mjpeg.avi": ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"),
        "h264.ts": x264,
        "mpeg2.mpg": ("-c:v", "mpeg2video", "-c:a", "mp2"),
        "flash.flv": ("-c:v", "flv", "-c:a", "libmp3lame"),
        "windows.wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
        "theora.ogv": ("-c:v", "libtheora", "-c:a", "libvorbis"),
        "xdcam.mxf": ("-c:v", "mpeg2video", "-pix_fmt", "yuv422p", *_PCM_48K),
        "dnxhr.mxf": ("-c:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p", "-s", "256x144", *_PCM_48K),
        "cineform.mov": ("-c:v", "cfhd", "-pix_fmt", "yuv422p10le"),
        "jpeg2000.mxf": ("-c:v", "jpeg2000", "-pix_fmt", "yuv422p10le", *_PCM_48K),
        "camera.dv": ("-c:v", "dvvideo", "-s", "720x576", *_PCM_48K, "-ac", "2"),
        "vp9.ivf": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-an"),
        "av1.obu": ("-c:v", "libaom-av1", "-cpu-used", "8", "-an"),
        "bare.h264": (*x264, "-an"),
        "bare.hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-an"),
        "zmbv.avi": ("-c:v", "zmbv", "-pix_fmt", "bgr0", "-c:a", "adpcm_ms"),
        "utvideo.avi": ("-c:v", "utvideo", "-c:a", "adpcm_yamaha"),
        "magicyuv.avi": ("-c:v", "magicyuv", "-c:a", "pcm_s24le"),
        "rle.avi": ("-c:v", "msrle", "-pix_fmt", "pal8", "-c:a", "pcm_u8"),
        "video1.avi": ("-c:v", "msvideo1", "-pix_fmt", "rgb555le", "-s", "160x88", "-c:a", "pcm_mulaw"),
        "zlib.avi": ("-c:v", "zlib", "-pix_fmt", "bgr24", "-c:a", "pcm_alaw"),
        "flash-screen.flv": ("-c:v", "flashsv2", "-pix_fmt", "bgr24", "-c:a", "libmp3lame"),
        "truehd.mkv": ("-c:v", "v210", "-pix_fmt", "yuv422p10le", "-ac", "2", "-c:a", "truehd", "-strict", "-2"),
        "wavpack.mkv": (*x264, "-c:a", "wavpack"),
        "s302m.ts": (*x264, "-ar", "48000", "-ac", "2", "-c:a", "s302m", "-strict", "-2"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(video(folder / name, *output) for name, output in kinds.items())
