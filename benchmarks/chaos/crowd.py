"""Uploads many small videos, each of another colour, by many clients at once, while the worker is killed again and again."""

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from threading import Thread

import imageio_ffmpeg
import requests

from benchmarks.chaos.rows import Row, Trial, all_of, none_of, note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import ended, result, upload

_CLIENTS, _KILLS, _WITHIN_S = 20, 5, 120
_PLAIN = {"trim_silence": "false", "add_subtitles": "false", "create_shorts": "false", "generate_titles": "false"}
_SHADES = (20, 60, 100, 140, 180, 220)
"""Values of red, green and blue, far enough apart to be told from each other after two encodes."""
_PATIENCE_S = 900
Colour = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """The outcome of one video."""

    task: str
    colour: Colour
    state: str
    shown: Colour | None


def crowd(trial: Trial) -> Iterator[Row]:
    """Uploads the videos within two minutes."""
    colours = [colour for colour, _ in zip(product(_SHADES, repeat=3), range(trial.count), strict=False)]
    videos = [_video(trial.folder, colour) for colour in colours]
    with Service(trial.folder / "crowd", VIDEO_AUTOMATION__LIMITS__MAX_QUEUE=str(2 * trial.count)) as service:
        starts = sorted(trial.chance.random() * _WITHIN_S * trial.count / 200 for _ in videos)
        killer = Thread(target=_kill, args=(service, starts[-1] / _KILLS))
        killer.start()
        began = time.monotonic()
        with ThreadPoolExecutor(_CLIENTS) as pool:
            tasks = list(pool.map(lambda video, start_s: _uploaded(service, video, began + start_s), videos, starts))
        note(f"{len(tasks)} uploads took {time.monotonic() - began:.0f} s")
        killer.join()
        came = [_came(service, task, colour) for task, colour in zip(tasks, colours, strict=True)]
        listed = requests.get(f"{service.address}/tasks?count=1", timeout=10).json()["total"]
        note(f"all ended {time.monotonic() - began:.0f} s after the first upload")
    yield all_of("ended in SUCCESS", sum(one.state == "SUCCESS" for one in came), len(came))
    yield none_of("lost", tuple(one.task for one in came if one.state != "SUCCESS"))
    doubled = tuple(task for task, times in Counter(tasks).items() if times > 1)
    yield none_of("doubled", doubled if listed == len(tasks) else (*doubled, f"{listed} tasks are listed"))
    yield none_of("mixed up", tuple(one.task for one in came if one.state == "SUCCESS" and one.shown != one.colour))


def _uploaded(service: Service, video: Path, at: float) -> str:
    time.sleep(max(0.0, at - time.monotonic()))
    return upload(service.address, video, **_PLAIN)


def _kill(service: Service, every_s: float) -> None:
    for _ in range(_KILLS):
        time.sleep(every_s)
        for process in service.workers():
            process.kill()


def _came(service: Service, task: str, colour: Colour) -> Came:
    state = ended(service.address, task, within_s=_PATIENCE_S)["state"]
    if state != "SUCCESS":
        return Came(task, colour, state, None)
    (video,) = (file for file in result(service.address, task)["artifacts"] if file["kind"] == "video")
    return Came(task, colour, state, _colour(requests.get(service.address + video["href"], timeout=60).content))


def _video(folder: Path, colour: Colour) -> Path:
    name = "".join(f"{shade:02x}" for shade in colour)
    video = folder / f"{name}.mp4"
    picture = ("-f", "lavfi", "-i", f"color=c=0x{name}:size=160x90:rate=25:duration=2")
    sound = ("-f", "lavfi", "-i", "sine=frequency=300:duration=2")
    subprocess.run((imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *picture, *sound, str(video)), check=True)
    return video


def _colour(video: bytes) -> Colour:
    """The uploaded colour that is nearest to the colour of a video."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", "pipe:0", "-vf", "scale=1:1", "-frames:v", "1")
    ran = subprocess.run((*argv, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"), input=video, capture_output=True, check=True)
    return tuple(min(_SHADES, key=lambda shade: abs(shade - seen)) for seen in ran.stdout[:3])
