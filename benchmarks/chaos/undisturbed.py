"""Short talks, and what a service makes of them that nobody disturbs."""

import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from benchmarks.chaos.rows import note
from benchmarks.chaos.service import Service
from benchmarks.chaos.tasks import Prints, ended, prints, result, upload
from benchmarks.films import talk

OPTIONS = {"shortest_s": "3", "target_from_s": "4", "target_to_s": "8", "longest_s": "10", "preset": "slower"}
"""Every step is on: clips may be as short as the films, and the slower encoder gives the chance to die in it."""
_FILMS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A film, and what is made of it."""

    film: Path
    prints: Prints


@cache
def undisturbed(folder: Path) -> tuple[Known, ...]:
    """Films of two sentences, each with what it comes to."""
    with Service(folder / "undisturbed") as service:
        return tuple(_known(service, film) for film in _films(folder))


def _known(service: Service, film: Path) -> Known:
    task = upload(service.address, film, **OPTIONS)
    began = time.monotonic()
    if ended(service.address, task)["state"] != "SUCCESS":
        raise SystemExit(f"undisturbed, {film.name} did not succeed")
    note(f"undisturbed, {film.name} takes {time.monotonic() - began:.1f} s")
    return Known(film, prints(service.address, result(service.address, task)["artifacts"]))


def _films(folder: Path) -> tuple[Path, ...]:
    """Pieces of one talk, each with a pause before what is said."""
    whole, films = talk(folder, minutes=1, size="320x180"), list[Path]()
    for number in range(_FILMS):
        start_s, end_s = whole.pauses[2 * number][0], whole.sentences[2 * number + 1][1]
        film = folder / f"piece-{number}.mp4"
        cut = ("-ss", f"{start_s}", "-t", f"{end_s + 0.3 - start_s}", "-i", str(whole.film), "-c:v", "libx264", "-c:a", "aac")
        subprocess.run((imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *cut, str(film)), check=True)
        films.append(film)
    return tuple(films)
