"""Probes a video as a job does, and gives the code of its refusal."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from video_automation.errors import InputError
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source


def probed(path: Path, limits: MediaLimits | None = None) -> Source:
    folder = path.parent / "probing"
    folder.mkdir(exist_ok=True)
    return probe(Tools(folder, ()), path, name=path.name, limits=limits or MediaLimits())


def refusal(path: Path, limits: MediaLimits | None = None) -> str:
    """The code that a file is refused with; checks that the sentence is one for a person."""
    with pytest.raises(InputError) as caught:
        probed(path, limits)
    assert caught.value.sentence[0].isupper()
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def ffmpeg(*args: str | Path) -> None:
    subprocess.run(
        (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, args)), check=True, stdin=subprocess.DEVNULL
    )
