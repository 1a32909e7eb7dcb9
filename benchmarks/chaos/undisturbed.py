"""Short talks, and the results that an undisturbed service makes of them."""

import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from benchmarks.chaos.rows import note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import Prints, ended, prints, result, upload
from benchmarks.talks import talk

OPTIONS = {"shortest_s": "3", "target_from_s": "4", "target_to_s": "8", "longest_s": "10", "preset": "slower"}
"""Options with every step on: clips may be as short as the videos, and slow encoding leaves time for a kill."""
_VIDEOS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A video and its right result."""

    video: Path
    prints: Prints


@cache
def undisturbed(folder: Path) -> tuple[Known, ...]:
    """Videos of two sentences, each with its right result."""
    with Service(folder / "undisturbed") as service:
        return tuple(_known(service, video) for video in _videos(folder))


def _known(service: Service, video: Path) -> Known:
    task = upload(service.address, video, **OPTIONS)
    began = time.monotonic()
    if ended(service.address, task)["state"] != "SUCCESS":
        raise SystemExit(f"undisturbed, {video.name} did not succeed")
    note(f"undisturbed, {video.name} takes {time.monotonic() - began:.1f} s")
    return Known(video, prints(service.address, result(service.address, task)["artifacts"]))


def _videos(folder: Path) -> tuple[Path, ...]:
    """Pieces of one talk, each with a pause at its beginning."""
    whole, videos = talk(folder, minutes=1, size="320x180"), list[Path]()
    for number in range(_VIDEOS):
        start_s, end_s = whole.pauses[2 * number][0], whole.sentences[2 * number + 1][1]
        video = folder / f"piece-{number}.mp4"
        cut = ("-ss", f"{start_s}", "-t", f"{end_s + 0.3 - start_s}", "-i", str(whole.video), "-c:v", "libx264", "-c:a", "aac")
        subprocess.run((imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *cut, str(video)), check=True)
        videos.append(video)
    return tuple(videos)
